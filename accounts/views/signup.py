"""Signing up without an e-mail address, and coming back with a recovery code."""

from typing import Any

from allauth.core import ratelimit
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_lockout_response
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import recovery, services
from accounts.choices import SignInWay
from accounts.factors import sessions
from accounts.forms import AnonymousSignupForm, RecoveryForm
from accounts.signin import forms as signin
from accounts.signin import lockout, step_up
from emocare import display
from emocare.limits import limited

BACKEND = settings.AUTHENTICATION_BACKENDS[-1]


def _show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    return render(request, "accounts/recovery_codes.html", {"codes": codes})


@sensitive_post_parameters()
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up_anonymously(request: HttpRequest) -> HttpResponse:
    """Make an account of a nickname and a password, and show its recovery codes, this once."""
    if request.user.is_authenticated:
        return redirect("dashboard")
    form = AnonymousSignupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        limited = ratelimit.consume_or_429(request, action="signup")
        if limited:
            return limited
        try:
            signin.check_sign_up(request, form.cleaned_data)
            user, codes = services.sign_up_anonymously(
                nickname=form.cleaned_data["nickname"],
                password=form.cleaned_data["password"],
                language=get_language(),
                display=display.from_request(request),
                sixteen_from=form.cleaned_data["sixteen_from"],
            )
        except IntegrityError:  # somebody took the nickname a moment ago
            form.full_clean()
        except ValidationError as slow:
            form.add_error(None, slow)
        else:
            request.signed_in_by = SignInWay.SIGN_UP
            signin.mark_shared(request, form.cleaned_data["shared"])
            login(request, user, backend=BACKEND)
            sessions.note_sign_in(request, user)
            signin.end_with_browser(request)
            response = _show_codes(request, codes)
            display.remember_language(response, user.language, secure=request.is_secure())
            return response
    return render(request, "accounts/sign_up_anonymous.html", {"form": form})


@never_cache
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Say how many codes are left."""
    return render(request, "accounts/recovery_codes.html", {"remaining": recovery.remaining(request.user)})


@step_up.required(gettext_lazy("You want new recovery codes."), allow_get=True)
@never_cache
@limited("new_codes", "POST")
def renew_recovery_codes(request: HttpRequest) -> HttpResponse:
    """Replace the codes by ten new ones, after the password was asked again, and show them, this once."""
    if request.method != "POST":  # the page of the codes, reloaded
        return redirect("recovery_codes")
    return _show_codes(request, recovery.renew(user=request.user))


def _recover(form: RecoveryForm) -> bool:
    answers: dict[str, Any] = form.cleaned_data
    return form.person is not None and services.reset_password_with_code(
        user=form.person, code=answers["code"], password=answers["password"]
    )


@sensitive_post_parameters()
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def recover(request: HttpRequest) -> HttpResponse:
    """Let a printed code set a new password."""
    form = RecoveryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        limited = ratelimit.consume_or_429(request, action="recovery")
        if limited:
            return limited
        request.lockout_kind = lockout.RECOVERY
        account = {"username": form.cleaned_data["login"]}
        if not AxesProxyHandler.is_allowed(request, account):
            return get_lockout_response(request, None, account)
        if _recover(form):
            messages.success(request, _("Your new password is set. You can sign in with it now."))
            return redirect("account_login")
        AxesProxyHandler.user_login_failed(__name__, account, request)
        form.refuse()
    return render(request, "accounts/recover.html", {"form": form})
