"""Accounts that lack a consent, their own or somebody's: closed but for a few pages, on HTTP and on WebSockets.

Public pages stay open, among them urgent help: help in danger never waits for a consent.
"""

from collections.abc import Callable

from channels.db import database_sync_to_async
from channels.middleware import BaseMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.consents import access as consents
from accounts.factors import middleware as factors
from accounts.kin import access, services
from accounts.models import User

# Pages of the account itself that keep nothing new about anybody; a view of ours says `open_while_waiting` instead.
OPEN = {"account_logout", "account_change_password", "account_reauthenticate"}
OPEN |= {"recovery_codes", "renew_recovery_codes", "second_factor", "send_factor_code"}
OPEN |= factors.OPEN[factors.Step.ENROL] | {"spare_codes"}  # the second factor, if one is needed, comes before
OPEN |= {"presence"}  # the pages that are open ask how long the sign-in lasts still
REFUSED = 4403  # code with which a WebSocket is closed


def open_while_waiting(view: Callable) -> Callable:
    """Mark a view that is open also while the account lacks a consent."""
    view.open_while_waiting = True
    return view


def page_that_asks(user: User) -> str | None:
    """Return the page on which a missing consent is asked for; nothing when all are there, which costs no query."""
    if user.sixteen_from is not None:
        if access.waits_for_guardian(user):
            return "guardian_wait"
        if access.waits_for_own_consent(user):
            return "own_consent"
    return None if consents.is_current(user) else "consent_again"


def page_for(request: HttpRequest) -> str | None:
    """Return the page that asks the person of this request for a consent; looked up once a request."""
    if not hasattr(request, "page_that_asks"):
        request.page_that_asks = page_that_asks(request.user)
    return request.page_that_asks


class ConsentMiddleware:
    """Lead whoever lacks a consent to the page that asks for it; deny by default."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        if not getattr(view, "login_required", True) or getattr(view, "open_while_waiting", False):
            return None
        user = request.user
        if not user.is_authenticated or request.resolver_match.view_name in OPEN:
            return None
        page = page_for(request)
        if page == "consent_again" and user.agreed_version and request.method == "POST":
            return None  # what somebody wrote while the text changed is kept; their next page asks
        if page:
            return _lead(request, page)
        services.forget_age(user=user)
        return None


def _lead(request: HttpRequest, page: str) -> HttpResponse:
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"wrong": [_("This is not open yet: a consent is missing.")]}, status=403)
    return redirect(page)


def _may_connect(user: User | AnonymousUser) -> bool:
    return not user.is_authenticated or page_that_asks(user) is None


class ConsentGate(BaseMiddleware):
    """Refuse every WebSocket of an account that lacks a consent; stands inside the session's middleware."""

    async def __call__(self, scope: dict, receive: Callable, send: Callable) -> object:
        if await database_sync_to_async(_may_connect)(scope["user"]):
            return await self.inner(scope, receive, send)
        await receive()
        return await send({"type": "websocket.close", "code": REFUSED})
