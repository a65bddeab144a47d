"""Whether those who hear may still hear: looked at when somebody says that it ended, and now and then for all."""

import asyncio
import time
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from channels.db import database_sync_to_async
from channels.layers import get_channel_layer
from redis.exceptions import RedisError

from accounts import live
from accounts.signin.sockets import ENDED
from chat.wire import seats
from chat.wire.lines import CLOSED, NOT_HERE, SIGNED_OUT, Line
from chat.wire.rooms import Room

if TYPE_CHECKING:
    from chat.wire.hub import Hub

EVERY = 0.5  # seconds between two looks
LASTS = 5.0  # seconds for which a look at one socket counts, unless there are too many of them
MOST_TOGETHER = 250
# Seconds that the channel layer may take. While Valkey comes back, two tasks open its connection at once, and one of
# them may wait for an answer that the other took: neither a socket that opens nor the looks may wait behind it.
SECONDS = 2.0
AWAY = (RedisError, OSError, RuntimeError)


class Looks:
    """Closes the sockets of those who may not hear any more."""

    def __init__(self, hub: "Hub"):
        self._hub = hub
        self._lines: dict[Line, None] = {}  # the one that was looked at longest ago comes first
        self._by_person: dict[str, set[Line]] = {}
        self._mailbox = ""
        self._due: deque[tuple[str, bool]] = deque()
        self._joining = asyncio.Lock()

    def add(self, line: Line) -> None:
        """Watch over a socket that was just looked at."""
        line.looked_at = time.monotonic()
        self._lines[line] = None
        name = live.group(line.seat.person)
        mine = self._by_person.setdefault(name, set())
        if not mine:
            self._due.append((name, True))
        mine.add(line)

    def drop(self, line: Line) -> None:
        """Watch no more."""
        self._lines.pop(line, None)
        name = live.group(line.seat.person)
        mine = self._by_person.get(name, set())
        mine.discard(line)
        if not mine and name in self._by_person:
            del self._by_person[name]
            self._due.append((name, False))

    async def at(self, lines: Iterable[Line]) -> None:
        """Look at some sockets, in two questions for all of them."""
        lines = [line for line in lines if line.code is None]
        if not lines:
            return
        for line in lines:
            if line in self._lines:
                self._lines[line] = self._lines.pop(line)
            line.looked_at = time.monotonic()
        signed_in, sitting = await _ask(lines)
        for line in lines:
            if line.sign_in not in signed_in:
                line.over(SIGNED_OUT, "signed_out")
            elif (line.seat.conversation.pk, line.seat.person.pk) not in sitting:
                line.over(NOT_HERE, "ended")
        for (conversation, _person), newest in sitting.items():
            self._hub.stands(conversation, newest)

    async def over(self, room: Room, why: str) -> None:
        """Close the sockets of a conversation: whoever may still read there comes back and finds it closed."""
        room.can_write = False
        for line in room.everybody():
            line.over(CLOSED, why)

    async def go_on(self) -> None:
        """Look until cancelled."""
        await asyncio.gather(self._look_now_and_then(), self._listen())

    async def _look_now_and_then(self) -> None:
        while True:
            await asyncio.sleep(EVERY)
            due, before = [], time.monotonic() - LASTS
            for line in self._lines:
                if line.looked_at > before or len(due) == MOST_TOGETHER:
                    break
                due.append(line)
            await self._hub.asked(self.at(due))
            await self.listening()

    # What accounts say of a person, over the channel layer: one channel for the whole process

    async def _listen(self) -> None:
        layer = get_channel_layer()
        while True:
            try:
                self._mailbox = self._mailbox or await layer.new_channel()
                event = await layer.receive(self._mailbox)
            except AWAY:
                await asyncio.sleep(1)
                continue
            said: dict[str, Any] = event.get("said", {})
            if said.get("type") == ENDED and (lines := self._by_person.get(f"live.{event.get('whose')}")):
                self._hub.do(self._hub.asked(self.at(lines)))

    async def listening(self) -> None:
        """Join the groups of those who came and leave those of others; what does not work now is done later."""
        layer = get_channel_layer()
        with suppress(*AWAY):
            async with asyncio.timeout(SECONDS), self._joining:
                self._mailbox = self._mailbox or await layer.new_channel()
                while self._due:
                    name, comes = self._due[0]
                    await (layer.group_add if comes else layer.group_discard)(name, self._mailbox)
                    self._due.popleft()


@database_sync_to_async
def _ask(lines: list[Line]) -> tuple[set[str], dict[tuple[int, int], int]]:
    return (
        seats.still_signed_in(line.sign_in for line in lines),
        seats.still_sitting((line.seat.conversation.pk, line.seat.person.pk) for line in lines),
    )
