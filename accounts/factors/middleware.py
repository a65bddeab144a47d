"""No page before the second factor, for whoever has one or must have one."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import urlencode

from accounts.factors import sessions
from accounts.factors.access import Step

# What stays open, besides every page that needs no sign-in, and where each step begins.
OPEN = {
    Step.VERIFY: {"second_factor", "send_factor_code", "account_logout", "presence"},
    Step.ENROL: {
        "factors",
        "add_authenticator",
        "add_email_factor",
        "add_passkey",
        "passkey_options",
        "save_passkey",
        "account_reauthenticate",
        "account_logout",
        "presence",
    },
}
# What keeps an account safe: a session from before the first factor changes it only after showing that factor.
SAFETY = {
    "add_authenticator",
    "add_email_factor",
    "add_passkey",
    "passkey_options",
    "save_passkey",
    "spare_codes",
    "remove_factor",
    "account_email",
    "account_change_password",
    "account_set_password",
    "renew_recovery_codes",
    "my_export",
    "export_file",
    "erase_account",
    "change_nickname",
}
BEGINNING = {Step.VERIFY: "second_factor", Step.ENROL: "factors"}


class FactorMiddleware:
    """Send a signed-in person to the second factor first; scripts take the redirection for "signed out"."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: Any, kwargs: Any) -> HttpResponse | None:
        if not getattr(view, "login_required", True):
            return None
        user = request.user
        if not user.is_authenticated or user.is_verified():
            return None
        name = request.resolver_match.view_name
        step = sessions.step_before(user, request.session, look=name in SAFETY)
        if step == Step.NONE or name in OPEN[step]:
            return None
        target = resolve_url(BEGINNING[step])
        if request.method in {"GET", "HEAD"} and step == Step.VERIFY:
            target = f"{target}?{urlencode({'next': request.get_full_path()})}"
        return redirect(target)
