"""Passkeys: the pages' scripts carry questions to the browser and its answers back."""

from allauth.account.adapter import get_adapter
from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.choices import SignInWay
from accounts.factors import passkeys, sessions
from accounts.factors.forms import PasskeyForm
from accounts.factors.views.factors import after_adding, confirmed
from accounts.factors.views.verification import next_page, usual_page
from accounts.models import User
from accounts.signin import lockout
from accounts.signin.forms import end_with_browser, mark_shared

REFUSED = {"error": "not accepted"}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@confirmed
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Explain passkeys, and offer to make one; without scripts, which make it, the page comes again."""
    return render(request, "accounts/factors/passkey.html", {"form": PasskeyForm(request.POST or None)})


@require_POST
@never_cache
@confirmed
def options(request: HttpRequest) -> JsonResponse:
    """Return what the browser needs to make a passkey."""
    return JsonResponse(passkeys.begin_adding(request))


@require_POST
@never_cache
@confirmed
def save(request: HttpRequest) -> JsonResponse:
    """Add the passkey that the browser made; say which page comes next."""
    try:
        device = passkeys.finish_adding(request)
    except passkeys.NotAccepted:
        return JsonResponse(REFUSED, status=400)
    return JsonResponse({"url": after_adding(request, device).url})


def _known(request: HttpRequest) -> User | None:
    """Return who is signed in and shows a second factor; nobody means: a passkey is the whole sign-in."""
    return request.user if request.user.is_authenticated else None


@require_POST
@never_cache
@login_not_required
def question(request: HttpRequest) -> HttpResponse:
    """Return what the browser needs to ask for a passkey."""
    limited = ratelimit.consume_or_429(request, action="passkey")
    return limited or JsonResponse(passkeys.begin_asking(request, _known(request)))


@require_POST
@never_cache
@login_not_required
def answer(request: HttpRequest) -> HttpResponse:
    """Check a passkey: as second factor of whoever is signed in, else as the whole sign-in."""
    if limited := ratelimit.consume_or_429(request, action="passkey_answer"):
        return limited
    user = _known(request)
    try:
        device = passkeys.finish_asking(request, user)
    except passkeys.NotAccepted:
        return JsonResponse(REFUSED, status=400)
    if user:
        sessions.mark_verified(request, device)
        return JsonResponse({"url": next_page(request) or usual_page(request)})
    return _sign_in(request, device)


def _sign_in(request: HttpRequest, device) -> HttpResponse:
    """Sign in as after a password, so that all that follows a sign-in happens; the session is verified at once."""
    user = device.user
    user.otp_device = device  # django-otp takes it over when the session begins
    lockout.lift(user)
    request.signed_in_by = SignInWay.PASSKEY
    sessions.record_step(request, user)
    mark_shared(request, passkeys.on_shared_computer(request))
    response = perform_login(
        request,
        user,
        email_verification=EmailVerificationMethod.NONE if user.is_anonymous_account else None,
        redirect_url=next_page(request) or None,
    )
    end_with_browser(request)
    # The answer is for a script, which goes there itself; the settings of the account that come as cookies stay.
    reply = JsonResponse({"url": getattr(response, "url", None) or get_adapter().get_login_redirect_url(request)})
    reply.cookies = response.cookies
    return reply
