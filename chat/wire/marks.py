"""Up to where each side got and read: kept for a moment, then written for all at once."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from functools import lru_cache

from django.utils import timezone
from psycopg import Error
from psycopg_pool import AsyncConnectionPool

from chat.models import Conversation

logger = logging.getLogger("emocare.chat")
EVERY = 0.2  # seconds
# Only forward, never past the last message, and for those alone who may read there.
_STORE = """
UPDATE chat_side side SET
    delivered = GREATEST(side.delivered, LEAST(given.delivered, c.last_number)),
    read = GREATEST(side.read, LEAST(given.read, c.last_number))
FROM unnest(%s::bigint[], %s::bigint[], %s::int[], %s::int[]) AS given(conversation_id, person_id, delivered, read)
JOIN chat_conversation c ON c.id = given.conversation_id
WHERE side.conversation_id = given.conversation_id AND side.person_id = given.person_id
    AND (given.delivered > side.delivered OR given.read > side.read)
    AND (c.owner_id = given.person_id OR (c.helper_id = given.person_id AND c.id IN ({in_force})))
RETURNING side.conversation_id, side.person_id = c.owner_id, side.delivered, side.read
"""


class Marks:
    """Writes for one loop; `done` gets what changed: conversation, side, got, read."""

    def __init__(self, connections: AsyncConnectionPool, done: Callable[[Iterable[tuple[int, bool, int, int]]], None]):
        self._connections, self._done = connections, done
        self._waiting: dict[tuple[int, int], tuple[int, int]] = {}
        self._task: asyncio.Task[None] | None = None

    def note(self, conversation: int, person: int, got: int, read: int) -> None:
        """Take the newest marks of a side."""
        self._waiting[conversation, person] = (got, read)
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._go_on())

    async def _go_on(self) -> None:
        try:
            while self._waiting:
                await asyncio.sleep(EVERY)
                some, self._waiting = self._waiting, {}
                try:
                    self._done(await self._store(some))
                except Error as error:  # away, or two processes wrote for the same people
                    logger.warning("Marks wait: %s", type(error).__name__)
                    self._waiting = some | self._waiting
                    await asyncio.sleep(1)
        finally:
            self._task = None

    async def _store(self, some: dict[tuple[int, int], tuple[int, int]]) -> list[tuple[int, bool, int, int]]:
        rows = sorted((*whose, *marks) for whose, marks in some.items())
        in_force, of_rule = _in_force(timezone.localdate())
        values = [list(column) for column in zip(*rows, strict=True)]
        async with self._connections.connection() as connection:
            cursor = await connection.execute(_STORE.format(in_force=in_force), [*values, *of_rule])
            return await cursor.fetchall()


@lru_cache(maxsize=2)
def _in_force(_today: object) -> tuple[str, tuple]:
    return Conversation.objects.in_force().values("pk").query.sql_with_params()
