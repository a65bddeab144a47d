"""Addresses of letters: whether one is fit to be written to, and what is kept of it."""

from django.core.exceptions import ValidationError
from django.core.mail.message import sanitize_address
from django.core.validators import validate_email
from django.utils.crypto import salted_hmac


def of_envelope(address: str) -> str:
    """Return an address as mail servers take it, its domain in ASCII; ValueError when nothing can be sent there.

    As at sign-up, the part before the at sign is ASCII: few servers take another, and guessing would write to somebody
    else.
    """
    try:
        validate_email(address)
    except ValidationError as error:
        raise ValueError("no address") from error
    name, domain = address.rsplit("@", 1)
    if not name.isascii():
        raise ValueError("an address that few mail servers take")
    return sanitize_address(("", f"{name}@{domain}"), "utf-8")


def digest(address: str) -> bytes:
    """Return what is kept of an address that was written to: enough to know it again."""
    return salted_hmac("notifications.mail", address.lower(), algorithm="sha256").digest()
