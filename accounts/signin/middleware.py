"""Presence: signs out whoever did nothing for too long, and notes what somebody does."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, SESSION_KEY, get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from accounts.signin import devices, idle, services

CLEAR = '"cache", "storage"'


class PresenceMiddleware:
    """Asks who it is only when somebody wants to know, so that public pages stand without the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(lambda: self._user_of(request))
        response = self.get_response(request)
        self._note(request)
        devices.send_cookie(request, response)
        if why := getattr(request, "timed_out", ""):
            self._say_so(response, why)
        if getattr(request, "ended_on_shared_computer", False):
            response.headers["Clear-Site-Data"] = CLEAR
        return response

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> None:
        asked_itself = request.headers.get("X-Background") == "yes"  # static/js/trusted.js; all it can do is count less
        request.in_background = asked_itself or getattr(view, "background", False)

    @staticmethod
    def _user_of(request: HttpRequest) -> User | AnonymousUser:
        user = get_user(request)
        if not user.is_authenticated:
            return user
        left = idle.left(request.session, user)
        if left <= 0 or PresenceMiddleware._is_too_old(request, user):
            request.timed_out = "idle" if left <= 0 else "age"
            services.sign_out_here(request, user, timed_out=request.timed_out)
            request.session.flush()
            return AnonymousUser()
        request.present = True
        user.shared_computer = bool(request.session.get(idle.SHARED))
        user.seconds_left = left if getattr(request, "in_background", False) else idle.limit(user, user.shared_computer)
        return user

    @staticmethod
    def _is_too_old(request: HttpRequest, user: User) -> bool:
        """Say whether to sign in anew: at the next page at once, with something written on the way a little later."""
        writing = request.method not in {"GET", "HEAD"} or getattr(request, "in_background", False)
        return idle.is_too_old(request.session, user, grace=idle.GRACE if writing else 0)

    @staticmethod
    def _note(request: HttpRequest) -> None:
        if not getattr(request, "present", False) or SESSION_KEY not in request.session:
            return
        services.keep_up(request)
        if not getattr(request, "in_background", False):
            services.seen(request)

    @staticmethod
    def _say_so(response: HttpResponse, why: str) -> None:
        """Let the page for signing in say why it came."""
        place = response.headers.get("Location", "")
        if place.startswith(f"{resolve_url(settings.LOGIN_URL)}?{REDIRECT_FIELD_NAME}="):
            response.headers["Location"] = f"{place}&ended={why}"
