"""The chain of the journal: each link is the SHA-256 of the link before and of its entry, so that no row can be
changed, removed or put in between without breaking it. The trigger in the migration makes it; this reads it.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction

# One statement is one moment: what is committed meanwhile is in it with its link or not at all.
ROWS = """
SELECT link.number, link.entry_id, link.digest,
    entry.id, entry.at, entry.actor, entry.actor_role, entry.subject, entry.category, entry.kind, entry.why
FROM accounts_journallink AS link FULL JOIN accounts_journalentry AS entry ON entry.id = link.entry_id
ORDER BY link.number, entry.id
"""
CHUNK = 2000  # rows that are in memory at a time


class Row(NamedTuple):
    """A link beside its entry; either can be missing, and that is what is looked for."""

    number: int | None
    entry_id: int | None
    digest: bytes | None
    id: int | None
    at: datetime | None
    actor: UUID | None
    actor_role: str | None
    subject: UUID | None
    category: str | None
    kind: str | None
    why: str | None

    def canonical(self) -> bytes:
        """Return the text of the entry that its digest is made from, as the trigger writes it."""
        at = self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")
        fields = (
            self.id,
            at,
            self.actor or "",
            self.actor_role,
            self.subject or "",
            self.category,
            self.kind,
            self.why,
        )
        return "|".join(str(value) for value in fields).encode()


def digest(previous: bytes, row: Row) -> bytes:
    """Return the digest of a link that follows the one with the digest `previous`."""
    return hashlib.sha256(previous + row.canonical()).digest()


class Check:
    """One reading of the whole chain against heads that were noted outside the database."""

    def __init__(self, heads: Iterable[tuple[int, str]] = ()):
        self.expected: dict[int, set[str]] = defaultdict(set)
        for number, digest in heads:
            self.expected[number].add(digest.lower())
        self.last, self.digest = 0, b""  # the head, once everything is read

    def problems(self) -> Iterator[str]:
        """Yield what is wrong, in words; read to the end it has seen every row."""
        for row in _rows():
            if row.number is None:
                yield f"entry {row.id} of {row.at:%Y-%m-%d %H:%M} has no link: it was added past the chain"
            else:
                yield from self._of_link(row)
        for number in sorted(self.expected):
            yield f"head {number} was noted, but the chain ends at {self.last}: entries at its end were removed"

    def _of_link(self, row: Row) -> Iterator[str]:
        whole = row.number == self.last + 1
        if not whole:
            yield f"links {self.last + 1} to {row.number - 1} are missing; entry {row.entry_id} cannot be checked"
        if row.id is None:
            yield f"link {row.number}: entry {row.entry_id} was removed"
        elif whole and digest(self.digest, row) != row.digest:
            yield f"link {row.number}: entry {row.id} of {row.at:%Y-%m-%d %H:%M} was changed"
        self.last, self.digest = row.number, bytes(row.digest)
        for noted in self.expected.pop(row.number, ()):
            if noted != row.digest.hex():
                yield f"link {row.number} is not the head that was noted: the chain was made anew"


def _rows() -> Iterator[Row]:
    """Read link by link with a cursor of the server, in memory that does not grow."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(ROWS)
        while rows := cursor.fetchmany(CHUNK):
            yield from map(Row._make, rows)
