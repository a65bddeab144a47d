"""Where an urgent request comes from, between the press that leads to it and the page that opens it.

It stands in the person's own session, never in an address, and for some minutes only: of words or answers nothing but
how urgent they are goes with the request, and only when the person pressed beside the words that say so.
"""

import time
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest

from emergency.choices import Level, Origin

KEY = "help_from"  # in the session
HELD_FOR = timedelta(minutes=15)


@dataclass(frozen=True)
class Came:
    """What led to the page on which somebody asks for help, and how urgent it is at least."""

    origin: Origin
    level: Level


USUAL = Came(Origin.BUTTON, Level.HIGH)


def remember(request: HttpRequest, origin: Origin, level: Level) -> None:
    """Remember what the next request of this session comes from."""
    request.session[KEY] = {"origin": origin.value, "level": int(level), "at": int(time.time())}


def recall(request: HttpRequest) -> Came:
    """Return what the request comes from: the button, where nothing else led to it some minutes ago."""
    held = request.session.get(KEY)
    if not held or time.time() - held["at"] > HELD_FOR.total_seconds():
        return USUAL
    return Came(Origin(held["origin"]), Level(held["level"]))


def forget(request: HttpRequest) -> None:
    """Forget it, once a request is open."""
    request.session.pop(KEY, None)
