"""What `manage.py check` says of the settings of web push."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from py_vapid import VapidException

from notifications.push import keys

NEW_KEY = "`manage.py new_vapid_key` prints one. Without VAPID_PRIVATE_KEY there is no web push."


def web_push(**kwargs: Any) -> Iterable[CheckMessage]:
    """Find a key that is none, a contact that push services would refuse, and services without TLS."""
    try:
        key = keys.private()
    except keys.Malformed:
        return [Error("VAPID_PRIVATE_KEY is not a private key of P-256 as base64url", hint=NEW_KEY, id="emocare.E101")]
    if key is None:
        return []
    hint = "Set it to mailto:ADDRESS or https://HOST: it is how a push service reaches you when something is wrong."
    if not settings.VAPID_CONTACT:
        return [Warning("Web push is off: there is a key, but no VAPID_CONTACT", hint=hint, id="emocare.W101")]
    found: list[CheckMessage] = []
    try:
        keys.signed_for("https://push.example", 0)
    except VapidException:
        found.append(Error("VAPID_CONTACT is neither mailto: nor https:", hint=hint, id="emocare.E102"))
    if settings.PRODUCTION and any("://" in entry or "." not in entry.strip("*.") for entry in settings.PUSH_SERVICES):
        hint = "Name hosts: push.example.org, or *.push.example.org for every name below it."
        found.append(Error("PUSH_SERVICES holds what is not a host", hint=hint, id="emocare.E103"))
    return found
