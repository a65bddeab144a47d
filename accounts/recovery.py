"""Recovery codes: ten printed lines that open an account again when the password is lost and there is no e-mail.

A code holds 80 random bits, so a plain digest resists guessing; codes are shown once and never stored.
"""

import base64
import hashlib
import secrets

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import RecoveryCode, User

CODE_BYTES = 10
CODE_LENGTH = 16
GROUP = 4
# Base32 has no 0, 1, 8: whoever typed one meant the letter; so did whoever typed what they saw in Cyrillic.
LOOKALIKES = str.maketrans("018АВЕКМНОРСТУХІҮ", "OIBABEKMHOPCTYXIY")


def normalise(code: str) -> str:
    """Return a code as it was printed, however it was typed."""
    return "".join(c for c in code.upper().translate(LOOKALIKES) if c.isalnum())


def _digest(user: User, code: str) -> bytes:
    return hashlib.sha256(f"{user.public_id}:{normalise(code)}".encode()).digest()


def new_code(length: int = CODE_LENGTH) -> str:
    """Return this many random letters and digits, five bits each, in groups."""
    letters = base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode()[:length]
    return "-".join(letters[i : i + GROUP] for i in range(0, len(letters), GROUP))


@transaction.atomic
def renew(*, user: User) -> list[str]:
    """Replace the person's codes by new ones and return them; they cannot be read again."""
    codes = [new_code() for _ in range(settings.RECOVERY_CODE_COUNT)]
    user.recovery_codes.all().delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=_digest(user, code)) for code in codes)
    return codes


def remaining(user: User) -> int:
    """Return how many codes are still unused."""
    return user.recovery_codes.filter(used_at__isnull=True).count()


def use(*, user: User, code: str) -> bool:
    """Use a code up; return whether it was one of the person's unused codes. Two at once cannot both succeed."""
    unused = user.recovery_codes.filter(digest=_digest(user, code), used_at__isnull=True)
    return unused.update(used_at=timezone.now()) == 1
