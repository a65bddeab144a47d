"""The statements that write messages: in two steps in one transaction, many conversations at a time.

The first takes the locks, in one order for everybody; the second then sees all that was committed before it got them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils import timezone

from chat.models import Conversation

LOCK = "SELECT id FROM chat_conversation WHERE id = ANY(%s::bigint[]) ORDER BY id FOR NO KEY UPDATE"

_WRITE = """
WITH given AS (
    SELECT * FROM unnest(%s::uuid[], %s::bigint[], %s::uuid[], %s::bigint[], %s::bool[], %s::bytea[], %s::int[])
    WITH ORDINALITY AS row(public_id, conversation_id, client_id, author_id, by_owner, text, reply_to, place)
), known AS (
    SELECT given.place, m.public_id, m.number, m.author_id, m.text, m.written_at, m.edited_at, m.deleted_at
    FROM given JOIN chat_message m ON m.conversation_id = given.conversation_id AND m.client_id = given.client_id
), fresh AS (
    SELECT DISTINCT ON (conversation_id, client_id) given.* FROM given
    WHERE place NOT IN (SELECT place FROM known) AND conversation_id IN ({allowed})
    ORDER BY conversation_id, client_id, place
), numbered AS (
    SELECT fresh.*, c.last_number + row_number() OVER (PARTITION BY c.id ORDER BY place) AS number
    FROM fresh JOIN chat_conversation c ON c.id = fresh.conversation_id
), counted AS (
    UPDATE chat_conversation c SET last_number = newest.number, written_at = %s
    FROM (SELECT conversation_id, max(number) AS number FROM numbered GROUP BY conversation_id) newest
    WHERE c.id = newest.conversation_id
), written AS (
    INSERT INTO chat_message (
        public_id, conversation_id, number, client_id, author_id, by_owner, is_bot, text, reply_to, written_at,
        risk_kind
    )
    SELECT public_id, conversation_id, number, client_id, author_id, by_owner, false, text, reply_to, %s, ''
    FROM numbered
)
SELECT given.place, numbered.number, known.number, known.public_id, known.author_id, known.text,
    known.written_at, known.edited_at, known.deleted_at
FROM given LEFT JOIN numbered USING (place) LEFT JOIN known USING (place) ORDER BY given.place
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A message on its way into the database; `sealed` is its text, encrypted for its `public_id`."""

    public_id: UUID
    conversation_id: int
    client_id: UUID
    author_id: int
    by_owner: bool
    sealed: bytes
    reply_to: int | None


@dataclass(frozen=True, slots=True)
class Known:
    """The message that was there already with the same client id."""

    number: int
    public_id: UUID
    author_id: int | None
    sealed: bytes
    written_at: datetime
    was_changed: bool


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a row: a number, or the message that was there already, or neither: nobody can write there now.

    The second of two rows with the same client id in one go has neither, too.
    """

    number: int | None
    known: Known | None


def write(rows: Sequence[Row], now: datetime) -> tuple[str, list[Any]]:
    """Return the statement that writes these rows, and what it takes."""
    allowed, of_allowed = _allowed(timezone.localdate())
    columns = [
        [row.public_id for row in rows],
        [row.conversation_id for row in rows],
        [row.client_id for row in rows],
        [row.author_id for row in rows],
        [row.by_owner for row in rows],
        [row.sealed for row in rows],
        [row.reply_to for row in rows],
    ]
    return _WRITE.format(allowed=allowed), [*columns, *of_allowed, now, now]


def written(found: Sequence[tuple[Any, ...]]) -> list[Written]:
    """Return what the statement said, for each row in its order."""
    out = []
    for _place, number, known, public_id, author_id, text, written_at, edited_at, deleted_at in found:
        before = None
        if known is not None:
            before = Known(known, public_id, author_id, bytes(text), written_at, bool(edited_at or deleted_at))
        out.append(Written(number, before))
    return out


@lru_cache(maxsize=2)
def _allowed(today: date) -> tuple[str, tuple[Any, ...]]:
    """Return the query for where somebody can write; what it takes changes with the day alone."""
    there = Conversation.objects.in_force().filter(blocked_at__isnull=True)
    return there.values("pk").query.sql_with_params()
