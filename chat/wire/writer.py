"""Messages into the database, many at a time: what comes while a commit runs goes together into the next one.

Nothing is said of a message before its commit. What was being written when PostgreSQL went away is written again:
the ids of the pages keep it from being there twice.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from psycopg import Error, InterfaceError, OperationalError
from psycopg_pool import AsyncConnectionPool

from accounts.helping.steps import Refused
from chat.live import frame
from chat.wire import after
from chat.wire.lines import Line
from chat.wire.rooms import Room, Said
from chat.writing import statements
from chat.writing.services import CLOSED, Sent, outcome
from chat.writing.statements import Row, Written

logger = logging.getLogger("emocare.chat")
MOST_TOGETHER = 250
MOST_WAITING = 5_000  # then a process takes no more for a moment
PATIENCE = 10.0  # seconds for which a message is tried
AGAIN = _("This message could not be stored just now. Please send it again in a moment.")


@dataclass(slots=True)
class Letter:
    """A message on its way: from which socket, into which conversation."""

    row: Row
    text: str
    room: Room
    line: Line
    key: UUID


class Writer:
    """Writes for one loop; `done` gets what is committed, in its order, `suspect` a room where nobody may write."""

    def __init__(
        self,
        connections: AsyncConnectionPool,
        done: Callable[[Iterable[tuple[Letter, Said, dict[str, Any]]]], None],
        suspect: Callable[[Room], None],
    ):
        self._connections, self._done, self._suspect = connections, done, suspect
        self._waiting: list[Letter] = []
        self._task: asyncio.Task[None] | None = None

    def put(self, letter: Letter) -> None:
        """Take a message; its socket hears what becomes of it."""
        if len(self._waiting) >= MOST_WAITING:
            letter.line.wrong("again", AGAIN, str(letter.key))
            return
        self._waiting.append(letter)
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._go_on())

    async def _go_on(self) -> None:
        try:
            while self._waiting:
                some, self._waiting = _take(self._waiting)
                await self._write(some)
        finally:
            self._task = None

    async def _write(self, letters: list[Letter]) -> None:
        until = time.monotonic() + PATIENCE
        pause = 0.05
        while True:
            now = timezone.now()
            try:
                found = await self._commit([letter.row for letter in letters], now)
            except (OperationalError, InterfaceError):
                if time.monotonic() > until:
                    logger.warning("PostgreSQL is away: messages were given back")
                    return _give_back(letters)
                await asyncio.sleep(pause)
                pause = min(1.0, pause * 2)
            except Error as error:
                if len(letters) == 1:
                    logger.error("A message could not be written", exc_info=error)
                    return _give_back(letters)
                for letter in letters:  # one of them breaks a rule; the others are none the worse for it
                    await self._write([letter])
                return None
            else:
                return self._tell(letters, found, now)

    async def _commit(self, rows: list[Row], now: datetime) -> list[Written]:
        """Run both statements; between two syncs of a pipeline they are one transaction, which ends with the second."""
        async with self._connections.connection() as connection, connection.cursor() as locks:
            cursor = connection.cursor()
            async with connection.pipeline():
                await locks.execute(statements.LOCK, [sorted({row.conversation_id for row in rows})])
                await cursor.execute(*statements.write(rows, now))
            return statements.written(await cursor.fetchall())

    def _tell(self, letters: list[Letter], found: list[Written], now: datetime) -> None:
        at, new = now.isoformat(), []
        for letter, written in zip(letters, found, strict=True):
            try:
                sent = outcome(letter.row, letter.text, written, now)
            except Refused as refused:
                closed = refused.words is CLOSED
                letter.line.wrong("closed" if closed else "other_words", refused.words, str(letter.key))
                if closed:
                    self._suspect(letter.room)
                continue
            then = at if sent.is_new else sent.written_at.astimezone(now.tzinfo).isoformat()
            # Ours and yet known: it was committed, and PostgreSQL went away before it could say so.
            if sent.is_new or sent.public_id == letter.row.public_id:
                new.append((letter, _said(letter, sent, then), frame(letter.row, sent.number, then)))
            else:
                letter.line.tell(type="sent", id=str(letter.key), number=sent.number, at=then)
        self._done(new)
        for letter, _one, _facts in new:
            after.tell(_stored(letter))


def _take(waiting: list[Letter]) -> tuple[list[Letter], list[Letter]]:
    """Return what is written now and what later: of the same id twice, the second."""
    now, later, ids = [], waiting[MOST_TOGETHER:], set()
    twice = []
    for letter in waiting[:MOST_TOGETHER]:
        name = letter.row.conversation_id, letter.key
        (twice if name in ids else now).append(letter)
        ids.add(name)
    return now, twice + later


def _said(letter: Letter, sent: Sent, at: str) -> Said:
    row = letter.row
    return Said(
        sent.number,
        row.by_owner,
        public_id=row.public_id,
        text=letter.text,
        at=at,
        reply=row.reply_to,
        to=letter.line,
        key=letter.key,
    )


def _stored(letter: Letter) -> after.Stored:
    row, room = letter.row, letter.room

    def reply(facts: dict[str, Any]) -> None:
        room.tell_other(not row.by_owner, **facts)

    return after.Stored(UUID(room.public_id), row.public_id, row.author_id, row.by_owner, letter.text, reply)


def _give_back(letters: Iterable[Letter]) -> None:
    for letter in letters:
        letter.line.wrong("again", AGAIN, str(letter.key))
