"""What the forms for signing up and in share: the proof of work and the shared computer."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.signin import idle, lockout, proof

SLOW_SIGN_IN = 30  # seconds between two attempts without a proof
SLOW_SIGN_UPS = 3  # an hour, from one address, without a proof


class ProofInput(forms.HiddenInput):
    template_name = "accounts/proof.html"


def proof_field() -> forms.CharField:
    return forms.CharField(required=False, widget=ProofInput)


def shared_field() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("This is a shared computer"),
        required=False,
        help_text=_("You are signed out when the browser closes, or after a few quiet minutes. Nothing is kept here."),
    )


class SharedForm(forms.Form):
    """The same question beside the button for a passkey, where the page has explained it already."""

    shared = shared_field()

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["shared"].help_text = ""


def mark_shared(request: HttpRequest, shared: bool) -> None:
    """Keep in the session whether others use this computer too; call it before signing in."""
    if shared:
        request.session[idle.SHARED] = True
    else:
        request.session.pop(idle.SHARED, None)


def end_with_browser(request: HttpRequest) -> None:
    """Let the session of a shared computer end with its browser; call it after signing in."""
    if request.session.get(idle.SHARED):
        request.session.set_expiry(0)


def wants_proof(request: HttpRequest, login: str) -> bool:
    """Say whether the form for signing in must bring a proof."""
    return proof.is_wanted(request, lockout.account_name(request, {"username": login}))


def check_sign_in(request: HttpRequest, login: str, solution: str) -> None:
    """Raise ValidationError when attempts come too fast for a browser without a proof."""
    account = lockout.account_name(request, {"username": login})
    if not proof.is_wanted(request, account) or lockout.closed_until(request, account):  # a page of its own says that
        return
    if not proof.allowed(request, solution, f"sign-in {account}", 1, SLOW_SIGN_IN):
        told = _("There were several wrong attempts. Wait half a minute, then type your password and try again.")
        raise ValidationError(told, code="slow")


def check_sign_up(request: HttpRequest, cleaned: dict[str, Any]) -> None:
    """Raise ValidationError when too many accounts come from one address without a proof."""
    if not proof.allowed(request, cleaned.get(proof.FIELD, ""), "sign-up", SLOW_SIGN_UPS, 3600):
        told = _(
            "Too many accounts were made from your network without JavaScript. Wait an hour, or switch JavaScript on."
        )
        raise ValidationError(told, code="slow")
