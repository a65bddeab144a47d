"""What a browser says of itself when it subscribes: nothing of it is believed before it was looked at."""

import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from emocare import push_services
from notifications.push import keys

LONGEST = 8 * 1024  # bytes of a whole request; a real one has about 500
BROKEN = _("Your browser sent something that we do not understand. Please load the page again.")
FOREIGN = _(
    "Your browser gets its notifications from a service that Emocare does not know. So this device cannot be added."
)


def given(body: bytes) -> dict[str, Any]:
    """Return the fields of a request's JSON, as a browser writes a subscription; nothing where it is none."""
    try:
        sent = json.loads(body) if len(body) <= LONGEST else None
    except (ValueError, RecursionError):
        return {}
    if not isinstance(sent, dict):
        return {}
    own = sent.get("keys") if isinstance(sent.get("keys"), dict) else {}
    found = {"endpoint": sent.get("endpoint"), "replaces": sent.get("replaces"), **own}
    return {name: value for name, value in found.items() if isinstance(value, str)}


class SubscriptionForm(forms.Form):
    """A subscription of a browser; `replaces` is the address that it had before, where it changed by itself."""

    default_error_messages = {"required": BROKEN, "max_length": BROKEN}
    endpoint = forms.CharField(strip=False, max_length=push_services.LONGEST, error_messages=default_error_messages)
    p256dh = forms.CharField(strip=False, max_length=100, error_messages=default_error_messages)
    auth = forms.CharField(strip=False, max_length=40, error_messages=default_error_messages)
    replaces = forms.CharField(required=False, max_length=push_services.LONGEST, error_messages=default_error_messages)

    def clean_endpoint(self) -> str:
        """Take addresses of push services alone: the server will send to it."""
        address = self.cleaned_data["endpoint"]
        if not push_services.is_one(address, settings.PUSH_SERVICES):
            raise ValidationError(FOREIGN)
        return address

    def clean_p256dh(self) -> str:
        """Take a point of the curve P-256."""
        try:
            ec.EllipticCurvePublicKey.from_encoded_point(keys.CURVE, _uncompressed(self.cleaned_data["p256dh"]))
        except ValueError as error:
            raise ValidationError(BROKEN) from error
        return self.cleaned_data["p256dh"]

    def clean_auth(self) -> str:
        """Take 16 bytes."""
        try:
            if len(keys.to_bytes(self.cleaned_data["auth"])) == 16:
                return self.cleaned_data["auth"]
        except ValueError:
            pass
        raise ValidationError(BROKEN)

    @property
    def said(self) -> str:
        """Return what is wrong, in one sentence."""
        return next(iter(self.errors.values()))[0]


def _uncompressed(text: str) -> bytes:
    raw = keys.to_bytes(text)
    if len(raw) != 65 or raw[0] != 4:
        raise ValueError("not an uncompressed point")
    return raw
