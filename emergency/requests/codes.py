"""The code by which somebody without an account comes back: twelve letters, of which only a keyed hash is kept."""

import uuid

from django.conf import settings
from django.utils.crypto import salted_hmac

from accounts.models.training import CODE_LENGTH, CODE_LETTERS, new_code
from accounts.training.access import read_code

GROUP = 4


def new() -> str:
    """Return a code that nobody can guess: 60 random bits."""
    return new_code()


def of_form(key: uuid.UUID) -> str:
    """Return the code of the request that a form opens: the same for both when it is sent twice at once."""
    number = int.from_bytes(salted_hmac("emergency.requests.form", str(key), algorithm="sha256").digest())
    letters = []
    for _place in range(CODE_LENGTH):
        number, letter = divmod(number, len(CODE_LETTERS))
        letters.append(CODE_LETTERS[letter])
    return "".join(letters)


def written(code: str) -> str:
    """Return a code as people read it."""
    return "-".join(code[i : i + GROUP] for i in range(0, CODE_LENGTH, GROUP))


def digest(code: str) -> str:
    """Return what is kept of a code."""
    return _hash(code, settings.SECRET_KEY)


def digests(typed: str) -> list[str]:
    """Return what may be kept of a code as somebody typed it, with each secret in use; empty when it cannot be one."""
    code = read_code(typed)
    return [_hash(code, secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)] if code else []


def _hash(code: str, secret: str) -> str:
    return salted_hmac("emergency.requests.code", code, secret=secret, algorithm="sha256").hexdigest()
