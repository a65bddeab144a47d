"""What is wrong, and where in a file it is."""

from collections.abc import Iterable
from dataclasses import dataclass


class Unreadable(Exception):
    """A file that is no JSON that Emocare reads; says why, in words for the person who brought it."""


@dataclass(frozen=True)
class Problem:
    """Something that is wrong; `place` leads to it from the top of the file, and is empty for the whole of it."""

    place: str
    words: str

    def __str__(self) -> str:
        return f"{self.place}: {self.words}" if self.place else self.words


def place(steps: Iterable[str | int]) -> str:
    """Return the way to a place in words: names as they are, members of lists counted from 1."""
    return " › ".join(str(step + 1) if isinstance(step, int) else _short(step) for step in steps)


def _short(name: str) -> str:
    return name if len(name) <= 60 else f"{name[:60]}…"
