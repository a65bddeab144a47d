"""A conversation as one process has it: who of its two sides is here, what they have seen, and in which order."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from chat.attachments.showing import covered
from chat.choices import Wish
from chat.masking.words import masked, masked_draft
from chat.wire.lines import Line, encode
from chat.wishes.access import NOW
from chat.writing.services import binding
from emocare import crypto


@dataclass(frozen=True, slots=True)
class Side:
    """What one of the two has seen, and lets the other see."""

    got: int = 0
    read: int = 0
    wishes: frozenset[Wish] = frozenset()


@dataclass(frozen=True, slots=True)
class Facts:
    """What the database says of a conversation: `sides` are those of the helper and of the owner."""

    last: int
    can_write: bool
    sides: tuple[Side, Side]
    masks: bool = True  # unless both wish it otherwise: to a psychologist nothing is masked


@dataclass(slots=True)
class Said:
    """A message that is committed. Its words are open when it was written here, else sealed.

    `to` is the socket that it came from, `key` the id that it was sent with there; `frames` are what a page of its own
    side, and one of the other, gets of one that was read from the database.
    """

    number: int
    by_owner: bool
    public_id: UUID | None = None
    text: str | None = None
    sealed: bytes = b""
    at: str = ""
    reply: int | None = None
    to: Line | None = None
    key: UUID | None = None
    frames: tuple[dict[str, Any], dict[str, Any]] | None = None

    def shown(self, *, mine: bool, hides: bool, kind: str = "message") -> str:
        """Return the frame for one of the sides; `hides` says whether the other one sees the words masked."""
        if self.frames is not None:
            frame = {"type": kind} | self.frames[not mine]
        else:
            if self.text is None:
                self.text = crypto.decrypt(self.sealed, binding(self.public_id))
            frame = {
                "type": kind,
                "number": self.number,
                "mine": mine,
                "text": self.text,
                "level": 0,
                "at": self.at,
                "reply": self.reply,
                "edited": False,
                "deleted": False,
                "reactions": {},
            }
        shown = masked(frame["text"]) if hides else frame["text"]
        is_hidden = shown != frame["text"]
        if carried := frame.get("attachment"):
            other = covered(carried) if hides else carried
            is_hidden = is_hidden or other != carried
            frame["attachment"] = carried if mine else other
        frame |= {"hidden": mine and is_hidden, "text": frame["text"] if mine else shown}
        return encode(frame)


class Room:
    """One conversation, with the open sockets of this process in it: of the helper's side and of the owner's."""

    __slots__ = (
        "_held",
        "can_write",
        "is_filling",
        "last",
        "lines",
        "masks",
        "pk",
        "public_id",
        "seen",
        "there",
        "users",
        "wishes",
    )

    def __init__(self, public_id: str):
        self.public_id, self.pk = public_id, 0
        self.users = 0  # sockets that are here, or on their way in: until the last is gone, there is one room
        self.lines: tuple[set[Line], set[Line]] = (set(), set())
        self.last: int | None = None  # the newest number that was passed on; unknown until the facts are read
        self._held: dict[int, Said] = {}  # what came before something older did
        self.seen = [[0, 0], [0, 0]]  # got and read, of each side
        self.wishes: list[frozenset[Wish]] = [frozenset(), frozenset()]
        self.there = [False, False]  # who of the two is here with another process
        self.can_write = self.is_filling = False
        self.masks = True

    @property
    def is_empty(self) -> bool:
        return not self.users

    def everybody(self) -> list[Line]:
        return [*self.lines[0], *self.lines[1]]

    def open(self, pk: int, facts: Facts) -> None:
        """Take over what the database says; what came meanwhile is passed on now."""
        self.pk, self.can_write, self.masks = pk, facts.can_write, facts.masks
        for side, known in enumerate(facts.sides):
            self.see(bool(side), known.got, known.read)
            self.wishes[side] = known.wishes
        if self.last is None:
            self.skip_to(facts.last)

    def greeting(self, line: Line) -> str:
        """Return the first frame of a socket; the same again says: look what you may have missed."""
        other = not line.seat.by_owner
        got, read = self.seen[other]
        here = self.agreed(Wish.PRESENCE) and self.is_here(other)
        frame = {"type": "open", "last": self.known_to(line), "got": got, "read": read, "here": here}
        return encode(frame | {"can_write": self.can_write})

    def known_to(self, line: Line) -> int:
        """Return the newest number that a page may know: it may have been told of what has not come here yet."""
        return max(self.last or 0, line.shown)

    def agreed(self, wish: Wish) -> bool:
        """Say whether both sides wish it; what is seen of somebody now is seen only where they can write."""
        return wish in self.wishes[0] and wish in self.wishes[1] and (self.can_write or wish not in NOW)

    @property
    def hides(self) -> bool:
        """Say whether the two see each other's words masked."""
        return self.masks and not self.agreed(Wish.CONTACTS)

    def is_here(self, by_owner: bool) -> bool:
        return bool(self.lines[by_owner]) or self.there[by_owner]

    def see(self, by_owner: bool, got: int, read: int) -> bool:
        """Note up to where a side got and read; say whether that is more than before."""
        seen = self.seen[by_owner]
        new = [max(seen[0], got, read), max(seen[1], read)]
        changed = new != seen
        self.seen[by_owner] = new
        return changed

    def arrive(self, said: Said) -> int:
        """Pass a message on in its place; return the newest number that waits for an older one, or nothing."""
        if self.last is None or said.number > self.last + 1:
            if said.to is not None or said.number not in self._held:
                self._held[said.number] = said
        elif said.number == self.last + 1:
            self._pass_on(said)
            if self._held:
                self._go_on()
        else:  # it was read from the database before its writer was told
            self._acknowledge(said)
        return max(self._held, default=0) if self.last is not None else 0

    def change(self, said: Said) -> None:
        """Pass on a message that is not as it was."""
        for side in (False, True):
            if self.lines[side]:
                mine = side == said.by_owner
                frame = said.shown(mine=mine, hides=self.hides, kind="changed")
                self.say(self.lines[side], frame)

    def skip_to(self, number: int) -> None:
        """Leave out what is too much to be passed on one by one: the pages ask for it."""
        self.last = max(self.last or 0, number)
        for held in sorted(held for held in self._held if held <= self.last):
            self._acknowledge(self._held.pop(held))
        self._go_on()

    def _go_on(self) -> None:
        while (said := self._held.pop(self.last + 1, None)) is not None:
            self._pass_on(said)

    def _pass_on(self, said: Said) -> None:
        self.last = said.number
        sender = said.to
        for side in (False, True):
            lines = self.lines[side]
            if not lines or (len(lines) == 1 and sender in lines):
                continue
            mine = side == said.by_owner
            self.say(lines, said.shown(mine=mine, hides=self.hides), sender)
        self._acknowledge(said)

    @staticmethod
    def _acknowledge(said: Said) -> None:
        if said.to is not None:
            said.to.tell(type="sent", id=str(said.key), number=said.number, at=said.at)

    @staticmethod
    def say(lines: Iterable[Line], text: str, besides: Line | None = None) -> None:
        """Send a frame to some of the sockets."""
        for line in tuple(lines):
            if line is not besides:
                line.say(text)

    def show_draft(self, by_owner: bool, text: str) -> None:
        """Show one side what the other is writing, while both wish it; a slow browser gets what comes later."""
        if self.lines[not by_owner] and self.agreed(Wish.LIVE):
            frame = encode({"type": "draft", "text": masked_draft(text) if self.hides else text})
            self.say([line for line in self.lines[not by_owner] if not line.is_behind or not text], frame)

    def tell_other(self, by_owner: bool, **frame: Any) -> None:
        """Send something of one side to the other."""
        if lines := self.lines[not by_owner]:
            self.say(lines, encode(frame))
