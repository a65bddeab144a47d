"""What a page may ask over the socket, read strictly: docs in chat/frames.py."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from chat.choices import LONGEST
from chat.writing.words import readable

LARGEST = 64 * 1024  # characters of one frame
HIGHEST = 2**31 - 1  # which a number can have
TOO_LARGE = _("This is too large to be sent at once. Please send it in parts.")
UNREADABLE = _("This page sent something that we could not read. Please load the page again.")
UNKNOWN = _("This page asked for something that we do not know. Please load the page again.")
NO_SUCH = _("There is no message with this number here.")


class Wrong(Exception):
    """A frame that cannot be; `of` is the id of what was sent, where there is one."""

    def __init__(self, code: str, words: Any, of: str | None = None):
        super().__init__(code)
        self.code, self.words, self.of = code, words, of


@dataclass(frozen=True, slots=True)
class Ask:
    """One frame of a page; what an action does not use stays empty."""

    do: str
    id: UUID | None = None
    text: str = ""
    reply: int | None = None
    number: int = 0
    on: bool = False


def read(text: str | None) -> Ask:
    """Return what a page asks for; raises Wrong."""
    if text is None:  # a binary frame
        raise Wrong("unreadable", UNREADABLE)
    if len(text) > LARGEST:
        raise Wrong("too_large", TOO_LARGE)
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError):
        raise Wrong("unreadable", UNREADABLE) from None
    if type(frame) is not dict:
        raise Wrong("unreadable", UNREADABLE)
    do = frame.get("do")
    reader = _READERS.get(do) if type(do) is str else None
    if reader is None:
        raise Wrong("unknown", UNKNOWN)
    return reader(do, frame)


def _send(do: str, frame: dict[str, Any]) -> Ask:
    given, text, reply = frame.get("id"), frame.get("text"), frame.get("reply")
    try:
        key = UUID(given) if type(given) is str else None
    except ValueError:
        key = None
    if key is None:
        raise Wrong("unreadable", UNREADABLE)
    if type(text) is not str or not (reply is None or type(reply) is int):
        raise Wrong("unreadable", UNREADABLE, given)
    if reply is not None and not 0 < reply <= HIGHEST:
        raise Wrong("no_such", NO_SUCH, given)
    return Ask(do, id=key, text=text, reply=reply)


def _numbered(do: str, frame: dict[str, Any]) -> Ask:
    number = frame.get("number")
    if type(number) is not int:
        raise Wrong("unreadable", UNREADABLE)
    if not (0 if do == "since" else 1) <= number <= HIGHEST:
        raise Wrong("no_such", NO_SUCH)
    return Ask(do, number=number)


def _typing(do: str, frame: dict[str, Any]) -> Ask:
    on = frame.get("on")
    if type(on) is not bool:
        raise Wrong("unreadable", UNREADABLE)
    return Ask(do, on=on)


def _draft(do: str, frame: dict[str, Any]) -> Ask:
    text = frame.get("text")
    if type(text) is not str:
        raise Wrong("unreadable", UNREADABLE)
    return Ask(do, text=readable(text)[:LONGEST])


_READERS = {"send": _send, "since": _numbered, "got": _numbered, "read": _numbered, "typing": _typing}
_READERS["draft"] = _draft
