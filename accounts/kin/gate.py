"""Accounts that wait for somebody's consent: closed but for a few pages, on HTTP and on WebSockets.

Public pages stay open, among them urgent help: help in danger never waits for a consent.
"""

from collections.abc import Callable

from channels.db import database_sync_to_async
from channels.middleware import BaseMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.kin import access, services
from accounts.models import User

# Pages of the account itself that keep nothing new about anybody; a view of ours says `open_while_waiting` instead.
OPEN = {"account_logout", "account_change_password", "account_reauthenticate"}
OPEN |= {"recovery_codes", "renew_recovery_codes", "second_factor", "send_factor_code"}
OPEN |= {"presence"}  # the pages that are open ask how long the sign-in lasts still
REFUSED = 4403  # code with which a WebSocket is closed


def open_while_waiting(view: Callable) -> Callable:
    """Mark a view that is open also while the account waits for a consent."""
    view.open_while_waiting = True
    return view


class ConsentMiddleware:
    """Lead whoever waits for a consent to the page that says so; deny by default."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        if not getattr(view, "login_required", True) or getattr(view, "open_while_waiting", False):
            return None
        user = request.user
        if not user.is_authenticated or user.sixteen_from is None or request.resolver_match.view_name in OPEN:
            return None
        if access.waits_for_guardian(user):
            return _lead(request, "guardian_wait")
        if access.waits_for_own_consent(user):
            return _lead(request, "own_consent")
        services.forget_age(user=user)
        return None


def _lead(request: HttpRequest, page: str) -> HttpResponse:
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"wrong": [_("This is not open yet: a consent is missing.")]}, status=403)
    return redirect(page)


def _may_connect(user: User | AnonymousUser) -> bool:
    return not user.is_authenticated or not access.is_waiting(user)


class ConsentGate(BaseMiddleware):
    """Refuse every WebSocket of an account that waits for a consent; stands inside the session's middleware."""

    async def __call__(self, scope: dict, receive: Callable, send: Callable) -> object:
        if await database_sync_to_async(_may_connect)(scope["user"]):
            return await self.inner(scope, receive, send)
        await receive()
        return await send({"type": "websocket.close", "code": REFUSED})
