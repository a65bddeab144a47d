"""What is kept of the journal outside the database: heads of its chain, and the keys of accounts that were erased.

Whoever can rewrite the database can rewrite the chain too; not the heads that lie elsewhere. And a backup that is
restored knows nothing of the accounts erased since then. One line each: time, kind, values. Nothing of it is secret.
"""

import os
from collections.abc import Iterator
from uuid import UUID

from django.conf import settings
from django.utils import timezone

HEAD, ERASED, RESTORED = "head", "erased", "restored"


def append(kind: str, *values: object) -> None:
    """Add a line and see it on the disk; many processes may do so at once."""
    line = " ".join([timezone.now().isoformat(timespec="seconds"), kind, *(str(value) for value in values)])
    settings.JOURNAL_LEDGER.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(settings.JOURNAL_LEDGER, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        os.write(file, f"{line}\n".encode())
        os.fsync(file)
    finally:
        os.close(file)


def heads() -> list[tuple[int, str]]:
    """Return number and digest of every head that the chain must hold, oldest first.

    Where an older backup was restored, the chain goes on from its head: those that were noted later are of days that
    are lost, and count no more.
    """
    found: list[tuple[int, str]] = []
    for kind, number, digest in _lines(2, HEAD, RESTORED):
        if kind == RESTORED:
            found = [head for head in found if head[0] <= int(number)]
        found.append((int(number), digest))
    return found


def note_erased(key: UUID) -> None:
    """Note that the account with this key was erased, for the day on which an older backup is restored."""
    append(ERASED, key)


def erased_keys() -> set[UUID]:
    """Return the keys of all accounts that were erased."""
    return {UUID(key) for _kind, key in _lines(1, ERASED)}


def _lines(values: int, *kinds: str) -> Iterator[list[str]]:
    """Yield kind and values of each line of these kinds; one that is cut short or torn is an error with its number."""
    if not settings.JOURNAL_LEDGER.exists():
        return
    with settings.JOURNAL_LEDGER.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            _at, found, *rest = line.split() if len(line.split()) > 1 else ["", ""]
            if found not in {HEAD, ERASED, RESTORED} or (found in kinds and len(rest) != values):
                raise ValueError(f"{settings.JOURNAL_LEDGER}: line {number} cannot be read")
            if found in kinds:
                yield [found, *rest]
