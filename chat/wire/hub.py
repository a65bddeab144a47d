"""All sockets of conversations that one process holds, and the way of a message from one to the others.

There is one for each loop; a process that serves has one loop.
"""

import asyncio
import logging
from collections.abc import Awaitable, Iterable
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from channels.db import database_sync_to_async
from django.db import Error, InterfaceError, OperationalError

from chat.choices import Wish
from chat.wire import limits, seats
from chat.wire.lines import Line
from chat.wire.looking import Looks
from chat.wire.marks import Marks
from chat.wire.pool import Pool
from chat.wire.rooms import Room, Said
from chat.wire.valkey import Valkey
from chat.wire.writer import Letter, Writer
from chat.writing.services import binding
from emocare import crypto

logger = logging.getLogger("emocare.chat")
PATIENCE = 0.3  # seconds for which a number may be missing before the database is asked for it
AGAIN = 1.0  # seconds until the database is asked again that was away
NOTHING_WRITTEN = {"type": "draft", "text": ""}
FIRST_WAIT = 2.0  # seconds for which the first socket waits for Valkey
_hubs: "WeakKeyDictionary[asyncio.AbstractEventLoop, Hub]" = WeakKeyDictionary()


def here() -> "Hub":
    """Return the hub of this loop, which begins with the first socket and ends with the loop."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub()
    return _hubs[loop]


class Hub:
    """The rooms of one loop."""

    def __init__(self) -> None:
        self.rooms: dict[str, Room] = {}
        self.people: dict[int, limits.Person] = {}
        self.valkey = Valkey(self._hear, lambda: self.do(self._back()))
        self.connections = Pool()
        self.writer = Writer(self.connections, self._written, self.suspect)
        self.marks = Marks(self.connections, self._marked)
        self.looks = Looks(self)
        self._by_key: dict[int, Room] = {}
        self._gaps: dict[str, int] = {}  # up to which number a room should get
        self._tasks: set[asyncio.Task[None]] = set()
        self.do(self._keep())
        self.do(self.valkey.hear())
        self.do(self.valkey.speak())
        self.do(self.looks.go_on())

    def do(self, what: Any) -> None:
        """Begin something that nobody waits for."""
        task = asyncio.get_running_loop().create_task(what)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    async def asked(self, question: Awaitable[None]) -> None:
        """Ask the database; while it is away, the next look is not far."""
        try:
            await question
        except Error:
            logger.warning("A look at the sockets was not possible")

    async def ready(self) -> None:
        """Wait until others are heard; without Valkey a conversation goes on in each process for itself."""
        if not self.valkey.is_hearing.is_set():
            try:
                await asyncio.wait_for(self.valkey.is_hearing.wait(), FIRST_WAIT)
            except TimeoutError:
                self.valkey.is_hearing.set()

    # Sockets come and go

    def room(self, public_id: str) -> Room:
        """Return the room of a conversation; what is said there is kept from now on."""
        return self.rooms.setdefault(public_id, Room(public_id))

    def leave_empty(self, room: Room) -> None:
        """Forget a room in which nobody is."""
        if room.is_empty and self.rooms.get(room.public_id) is room:
            del self.rooms[room.public_id]
            self._by_key.pop(room.pk, None)

    def join(self, room: Room, line: Line) -> None:
        """Let a socket hear; the other side is told, if both wish it."""
        side = line.seat.by_owner
        self.rooms[room.public_id] = self._by_key[room.pk] = room
        was_here = bool(room.lines[side])
        room.lines[side].add(line)
        self.people.setdefault(line.seat.person.pk, limits.Person()).lines += 1
        self.looks.add(line)
        if not was_here:
            self.say_here(room, side, on=True, ask=True)

    def part(self, room: Room, line: Line) -> None:
        """Let a socket hear nothing more."""
        side, person = line.seat.by_owner, self.people[line.seat.person.pk]
        room.lines[side].discard(line)
        self.looks.drop(line)
        person.lines -= 1
        if not person.lines:
            del self.people[line.seat.person.pk]
        if not room.lines[side]:
            self.say_here(room, side, on=False)
        if room.agreed(Wish.LIVE):  # it may be the page that wrote; another one is shown again at its next letter
            self.draft(room, side, "")
        self.leave_empty(room)

    def say_here(self, room: Room, side: bool, *, on: bool, ask: bool = False) -> None:
        """Tell that a side is here, or not any more, where both wish it."""
        if room.agreed(Wish.PRESENCE):
            room.tell_other(side, type="here", on=on or room.there[side])
            self.valkey.say(room.public_id, {"type": "here", "by_owner": side, "on": on, "ask": ask})

    # What is said

    def say(self, room: Room, **facts: Any) -> None:
        """Tell something of a side to the other, wherever its sockets are."""
        self._tell(room, facts)
        self.valkey.say(room.public_id, facts)

    def draft(self, room: Room, by_owner: bool, text: str) -> None:
        """Show the other side what one is writing; it is sealed on its way, and nobody keeps it."""
        room.show_draft(by_owner, text)
        sealed = crypto.encrypt(text, binding(room.public_id)).hex()
        self.valkey.say(room.public_id, {"type": "draft", "by_owner": by_owner, "sealed": sealed})

    def suspect(self, room: Room) -> None:
        """Look at once whether those in a room may still be there."""
        self.do(self.asked(self.looks.at(room.everybody())))

    def arrive(self, room: Room, said: Said) -> None:
        """Pass on a message; when an older one is missing for too long, fetch it."""
        self.expect(room, room.arrive(said))

    def expect(self, room: Room, number: int) -> None:
        """See to it that a room gets as far as a number that is stored: what nobody tells is fetched.

        A process that was killed told nobody what it had just committed.
        """
        if room.last is None or room.last >= number:
            return
        waits = room.public_id in self._gaps
        self._gaps[room.public_id] = max(number, self._gaps.get(room.public_id, 0))
        if not waits:
            asyncio.get_running_loop().call_later(PATIENCE, self._miss, room)

    def stands(self, conversation: int, number: int) -> None:
        """Take the newest number of a conversation, as the database has it."""
        if room := self._by_key.get(conversation):
            self.expect(room, number)

    def _written(self, letters: Iterable[tuple[Letter, Said, dict[str, Any]]]) -> None:
        for letter, said, facts in letters:
            name = letter.room.public_id
            self.arrive(self.rooms.get(name, letter.room), said)  # all may have left meanwhile, and come back
            self.valkey.say(name, facts)

    def _marked(self, marks: Iterable[tuple[int, bool, int, int]]) -> None:
        for key, by_owner, got, read in marks:
            if room := self._by_key.get(key):
                self.say(room, type="marks", by_owner=by_owner, got=got, read=read)

    def _hear(self, public_id: str, facts: dict[str, Any]) -> None:
        room = self.rooms.get(public_id)
        if room is None:
            return
        kind = facts.get("type")
        if kind == "message" and facts.get("carries"):
            self.do(self._fetch(room, facts["key"], facts["number"]))
        elif kind == "message":
            sealed, key = bytes.fromhex(facts["sealed"]), UUID(facts["public_id"])
            number, by_owner = facts["number"], facts["by_owner"]
            said = Said(number, by_owner, public_id=key, sealed=sealed, at=facts["at"], reply=facts["reply"])
            self.arrive(room, said)
        elif kind == "here":
            self._hear_here(room, facts["by_owner"], on=facts["on"], ask=facts.get("ask", False))
        elif kind == "marks":
            room.see(facts["by_owner"], facts["got"], facts["read"])
            self._tell(room, facts)
        elif kind == "draft":
            room.show_draft(facts["by_owner"], crypto.decrypt(bytes.fromhex(facts["sealed"]), binding(public_id)))
        elif kind == "wishes":
            self.do(self._read_again(room))
        elif kind == "changed":
            self.do(self._changed(room, facts["number"]))
        elif kind == "over":
            self.do(self.looks.over(room, facts.get("why", "ended")))
        else:
            self._tell(room, facts)

    def _hear_here(self, room: Room, side: bool, *, on: bool, ask: bool) -> None:
        room.there[side] = on
        if not room.agreed(Wish.PRESENCE):
            return
        room.tell_other(side, type="here", on=room.is_here(side))
        if (ask and room.lines[not side]) or (not on and room.lines[side]):
            answers = not side if ask else side
            self.valkey.say(room.public_id, {"type": "here", "by_owner": answers, "on": True})

    @staticmethod
    def _tell(room: Room, facts: dict[str, Any]) -> None:
        """Pass on what has `by_owner` to the other side, what has `to_owner` to that one, what has neither to both."""
        frame = {name: value for name, value in facts.items() if name not in {"by_owner", "to_owner"}}
        if "by_owner" in facts:
            room.tell_other(facts["by_owner"], **frame)
        else:
            sides = [facts["to_owner"]] if "to_owner" in facts else [False, True]
            for side in sides:
                room.tell_other(not side, **frame)

    # What is read again

    def _miss(self, room: Room) -> None:
        number = self._gaps.pop(room.public_id)
        if room.last < number and not room.is_empty:
            self.do(self._fill(room, number))

    async def _fill(self, room: Room, number: int) -> None:
        before = -1
        while before < room.last < number:
            before = room.last
            for said in await _read(seats.missing, room.pk, before):
                room.arrive(said)

    async def _fetch(self, room: Room, key: int, number: int) -> None:
        said = await _read(seats.one, key, number)
        if said is not None:
            self.arrive(room, said)

    async def _changed(self, room: Room, number: int) -> None:
        said = await _read(seats.one, room.pk, number)
        if said is not None:
            room.change(said)

    async def _read_again(self, room: Room) -> None:
        facts = await _read(seats.facts_of, [room.pk])
        if room.pk in facts:
            agreed, live = room.agreed(Wish.PRESENCE), room.agreed(Wish.LIVE)
            room.open(room.pk, facts[room.pk])
            if live and not room.agreed(Wish.LIVE):
                self._tell(room, NOTHING_WRITTEN)
            if room.agreed(Wish.PRESENCE) != agreed:
                for side in (False, True):
                    here = not agreed and room.is_here(side)
                    room.tell_other(side, type="here", on=here)

    async def _back(self) -> None:
        """Valkey was away: whatever was said meanwhile is in the database."""
        rooms = [room for room in self.rooms.values() if room.last is not None]
        facts = await _read(seats.facts_of, [room.pk for room in rooms]) if rooms else {}
        for room in rooms:
            if room.pk not in facts:
                continue
            known = facts[room.pk]
            room.open(room.pk, known)
            room.skip_to(known.last)
            for line in room.everybody():
                line.say(room.greeting(line))

    # The loop's end

    async def _keep(self) -> None:
        await self.connections.open()
        try:
            await asyncio.Event().wait()
        finally:
            await self.connections.drop()

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.error("Something beside the sockets failed", exc_info=error)


async def _read(question: Any, *about: Any) -> Any:
    """Ask the database in a thread; while it is away, again and again: what was missed must come in the end."""
    while True:
        try:
            return await database_sync_to_async(question)(*about)
        except (OperationalError, InterfaceError):
            await asyncio.sleep(AGAIN)
