"""The key by which push services know this site (VAPID, RFC 8292); without one there is no web push."""

import base64
import binascii
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from py_vapid import Vapid02

CURVE = ec.SECP256R1()
LIFETIME = 12 * 3600  # seconds for which a signature is good; services take at most a day


class Malformed(ValueError):
    """The setting is no private key; nothing of it is said."""


def to_text(raw: bytes) -> str:
    """Write bytes as base64url without padding, as browsers and push services do."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def to_bytes(text: str) -> bytes:
    """Read base64url with or without padding; ValueError for anything else."""
    try:
        return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError("not base64url") from error


def new() -> tuple[str, str]:
    """Return a new private key and its public half."""
    key = ec.generate_private_key(CURVE)
    return to_text(key.private_numbers().private_value.to_bytes(32, "big")), _public(key)


@lru_cache(maxsize=4)
def _read(text: str) -> ec.EllipticCurvePrivateKey:
    try:
        raw = to_bytes(text)
        if len(raw) != 32:
            raise Malformed
        return ec.derive_private_key(int.from_bytes(raw, "big"), CURVE)
    except ValueError:
        raise Malformed from None


def _public(key: ec.EllipticCurvePrivateKey) -> str:
    return to_text(key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def private() -> ec.EllipticCurvePrivateKey | None:
    """Return the site's key, None where it has none; raise Malformed."""
    return _read(settings.VAPID_PRIVATE_KEY) if settings.VAPID_PRIVATE_KEY else None


def is_on() -> bool:
    """Say whether this site can send to browsers."""
    try:
        return bool(private() and settings.VAPID_CONTACT)
    except Malformed:  # notifications.push.checks says so
        return False


def public() -> str:
    """Return the public half, which browsers subscribe with; empty where push is off."""
    return _public(private()) if is_on() else ""


def signed_for(origin: str, now: int) -> dict[str, str]:
    """Return the headers that tell the push service at `origin` who sends; `now` is in seconds."""
    return Vapid02(private()).sign({"aud": origin, "sub": settings.VAPID_CONTACT, "exp": now + LIFETIME})
