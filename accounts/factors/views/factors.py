"""The page of a person's second factors: what there is, adding and removing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe
from django_otp.models import Device
from django_otp.util import random_hex

from accounts.factors import access, services, sessions
from accounts.factors.authenticators import Invitation
from accounts.factors.forms import AuthenticatorForm, EmailForm
from accounts.factors.kinds import OF_THEIR_OWN, Kind
from accounts.signin import step_up
from emocare.limits import limited

KEY = "authenticator_being_added"
confirmed = step_up.required(
    gettext_lazy("You want to change how you sign in."),
    enabled=lambda request: not sessions.confirmed_just_now(request),
)


def after_adding(request: HttpRequest, device: Device) -> HttpResponse:
    """Go on with this session verified: to the spare codes as long as there are none, else to the list."""
    sessions.mark_verified(request, device)
    messages.success(request, _("Your second factor is added."))
    return redirect("factors" if services.codes_left(request.user) else "spare_codes")


@require_safe
@never_cache
def factors(request: HttpRequest) -> HttpResponse:
    """Show what a person signs in with besides the password."""
    user = request.user
    own = access.factors_of(user, *OF_THEIR_OWN)
    context = {
        "factors": own,
        "required": access.must_have(user),
        "codes_left": services.codes_left(user),
        "address": access.confirmed_address(user),
        "has_email": any(factor.kind == Kind.EMAIL for factor in own),
    }
    return render(request, "accounts/factors/factors.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@never_cache
@confirmed
def add_authenticator(request: HttpRequest) -> HttpResponse:
    """Show a key for an authenticator, and add it when it shows the right code."""
    key = request.session.setdefault(KEY, random_hex(20))
    form = AuthenticatorForm(request.POST or None, user=request.user, key=key)
    if request.method == "POST" and form.is_valid():
        del request.session[KEY]
        return after_adding(request, form.device)
    context = {"form": form, "invitation": Invitation(request.user, key)}
    return render(request, "accounts/factors/authenticator.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@never_cache
@confirmed
def add_email(request: HttpRequest) -> HttpResponse:
    """Send a first code to the confirmed address, and add the factor when it comes back."""
    address = access.confirmed_address(request.user)
    if address is None or access.factors_of(request.user, Kind.EMAIL):
        return redirect("factors")
    if "send" in request.POST:
        return _send_first_code(request)
    form = EmailForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        return after_adding(request, form.device)
    return render(request, "accounts/factors/email.html", {"form": form, "address": address})


@limited("code_letter")
def _send_first_code(request: HttpRequest) -> HttpResponse:
    say_sent(request, services.send_code(user=request.user, device=services.begin_email(user=request.user)))
    return redirect("add_email_factor")


def say_sent(request: HttpRequest, wait_until: object) -> None:
    """Say that a letter is on its way, or was sent a moment ago."""
    if wait_until is None:
        messages.success(request, _("We sent you a letter with a code."))
    else:
        messages.info(request, _("A letter is on its way already. A new one can be sent a minute later."))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@confirmed
@limited("new_codes", "POST")
def spare_codes(request: HttpRequest) -> HttpResponse:
    """Say how many spare codes are left, or make ten new ones and show them, this once."""
    if not access.factors_of(request.user, *OF_THEIR_OWN):
        return redirect("factors")
    codes = services.renew_codes(user=request.user) if request.method == "POST" else None
    context = {"codes": codes, "remaining": services.codes_left(request.user)}
    return render(request, "accounts/factors/codes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@confirmed
def remove_factor(request: HttpRequest, key: str) -> HttpResponse:
    """Ask whether a factor shall go, and remove it."""
    factor = access.get_factor_for(request.user, key)
    allowed = access.may_remove(request.user, factor)
    if request.method == "POST" and allowed:
        allowed = services.remove(user=request.user, factor=factor)
        if allowed:
            messages.success(request, _("The second factor is removed."))
            return redirect("factors")
    return render(request, "accounts/factors/remove.html", {"factor": factor, "allowed": allowed})
