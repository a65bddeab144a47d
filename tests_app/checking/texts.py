"""The characters of every text in a content: nothing that a page would run, hide or turn around."""

import unicodedata
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from tests_app.checking.places import Problem, place

LANGUAGES = {code for code, _name in settings.LANGUAGES}
ADDRESSES = ("javascript:", "vbscript:", "data:text")  # that a browser would run
DEEPEST = 20
# Control characters, those that turn the direction of a text or cannot be seen, halves, private ones, separators.
NO_TEXT = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def problems(content: Any, steps: tuple[str | int, ...] = ()) -> Iterator[Problem]:
    """Say what is wrong with the texts in a content, and with the names in it."""
    if len(steps) > DEEPEST:
        yield Problem("", _("Lists and objects lie too deep in one another."))
    elif isinstance(content, str):
        yield from (Problem(place(steps), words) for words in _of(content, steps))
    elif isinstance(content, dict):
        for name, value in content.items():
            if any(_of(str(name), ())):
                yield Problem(place(steps), _("A name holds characters that belong to no name."))
            else:
                yield from problems(value, (*steps, name))
    elif isinstance(content, list):
        for index, value in enumerate(content):
            yield from problems(value, (*steps, index))


def _of(text: str, steps: tuple[str | int, ...]) -> Iterator[str]:
    lines = steps and steps[-1] in LANGUAGES  # only what people read may have several
    strange = [c for c in text if unicodedata.category(c) in NO_TEXT and not (lines and c == "\n")]
    if strange:
        yield _("The character U+%(code)s belongs to no text.") % {"code": f"{ord(strange[0]):04X}"}
    if "<" in text:
        yield _("The sign < is not used in texts: they hold no markup.")
    if any(address in text.lower() for address in ADDRESSES):
        yield _("Addresses that a browser would run are not allowed.")
