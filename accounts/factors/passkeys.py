"""Passkeys: what a browser is asked and how its answers are checked, through django-otp-webauthn."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import IntegrityError
from django.http import HttpRequest, RawPostDataException
from django.http.request import split_domain_port
from django_otp_webauthn.exceptions import OTPWebAuthnApiError
from django_otp_webauthn.helpers import WebAuthnHelper
from django_otp_webauthn.models import WebAuthnCredential
from django_otp_webauthn.utils import rewrite_exceptions
from webauthn.helpers.structs import UserVerificationRequirement

from accounts.factors import services
from accounts.factors.forms import PasskeyForm
from accounts.models import User

REGISTERING, SIGNING_IN = "passkey_being_added", "passkey_being_asked"


class NotAccepted(Exception):
    """A passkey, or what a browser sent about it, is not right."""


class Helper(WebAuthnHelper):
    """A passkey always checks its person, so that it can be the whole sign-in."""

    def get_allowed_origins(self) -> list[str]:
        """Add, outside production, this machine's own name at whatever port the site has."""
        origins = list(super().get_allowed_origins())
        host = self.request.get_host()
        if not settings.PRODUCTION and split_domain_port(host)[0] == "localhost":
            origins.append(f"{self.request.scheme}://{host}")
        return origins

    def get_credential_name(self, user: User) -> str:
        return user.email or user.username

    def get_credential_display_name(self, user: User) -> str:
        return str(user)

    def get_generate_registration_options_kwargs(self, *, user: User) -> dict[str, Any]:
        options = super().get_generate_registration_options_kwargs(user=user)
        options["authenticator_selection"].user_verification = UserVerificationRequirement.REQUIRED
        return options


@contextmanager
def _checked() -> Iterator[None]:
    try:
        with rewrite_exceptions():
            yield
    except (OTPWebAuthnApiError, ValueError, TypeError, KeyError, AttributeError, IntegrityError) as error:
        # The library reads what a browser sends without looking at its types, and a passkey is added once.
        raise NotAccepted from error


def _answer(request: HttpRequest) -> dict[str, Any]:
    try:
        answer = json.loads(request.body)
    except (ValueError, RecursionError, RawPostDataException) as error:  # the last one: what came was a form
        raise NotAccepted from error
    if not isinstance(answer, dict) or "\\u0000" in request.body.decode(errors="replace"):
        raise NotAccepted
    return answer


def _take(request: HttpRequest, name: str) -> dict[str, Any]:
    """Return what was asked and forget it: each question is answered once."""
    state = request.session.pop(name, None)
    if state is None:
        raise NotAccepted
    request.session.save()
    return state


def begin_adding(request: HttpRequest) -> dict[str, Any]:
    """Return what the browser needs to make a passkey."""
    options, request.session[REGISTERING] = Helper(request).register_begin(user=request.user)
    return options


def finish_adding(request: HttpRequest) -> WebAuthnCredential:
    """Add the passkey that the browser made.

    Raises NotAccepted when the answer does not belong to the question or is not a passkey.
    """
    state, answer = _take(request, REGISTERING), _answer(request)
    form = PasskeyForm({"name": answer.pop("name", "")})
    name = form.cleaned_data["name"] if form.is_valid() else ""

    def register() -> WebAuthnCredential:
        return Helper(request).register_complete(user=request.user, state=state, data=answer)

    with _checked():
        return services.add_passkey(user=request.user, name=name, register=register)


def begin_asking(request: HttpRequest, user: User | None) -> dict[str, Any]:
    """Return what the browser needs to ask for a passkey: of this person, or of whoever sits there."""
    options, request.session[SIGNING_IN] = Helper(request).authenticate_begin(user=user, require_user_verification=True)
    return options


def on_shared_computer(request: HttpRequest) -> bool:
    """Say whether the person ticked, beside the button for the passkey, that others use this computer too."""
    return _answer(request).get("shared") is True


def finish_asking(request: HttpRequest, user: User | None) -> WebAuthnCredential:
    """Return the passkey that answered.

    Raises NotAccepted when it is unknown, somebody else's, or does not answer the question.
    """
    state, answer = _take(request, SIGNING_IN), _answer(request)
    with _checked():
        device = Helper(request).authenticate_complete(user=user, state=state, data=answer)
    if not (device.confirmed and device.user.is_active):
        raise NotAccepted
    return device
