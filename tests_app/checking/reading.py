"""A file's bytes as JSON, with limits that hold before anything is made of them."""

import json
from collections import Counter
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from tests_app.checking.places import Unreadable

LARGEST = 1024 * 1024  # bytes
DEEPEST = 20  # lists and objects in one another
LONGEST_NUMBER = 9  # digits


def read(raw: bytes) -> Any:
    """Return what a file says; raises Unreadable."""
    if len(raw) > LARGEST:
        raise Unreadable(_("The file is larger than 1 MB."))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(_("The file is not in UTF-8. Please save it in this encoding.")) from error
    if "\0" in text:
        raise Unreadable(_("The file holds characters that belong to no text."))
    if _depth(text) > DEEPEST:
        raise Unreadable(_("Lists and objects lie too deep in one another."))
    try:
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_whole_number,
            parse_float=_no_number,
            parse_constant=_no_number,
        )
    except json.JSONDecodeError as error:
        words = _("This is not JSON: something is wrong in line %(line)d, character %(column)d.")
        raise Unreadable(words % {"line": error.lineno, "column": error.colno}) from error


def _depth(text: str) -> int:
    """Return how deep lists and objects lie in one another at most; reading would go down as far by itself."""
    deepest = depth = 0
    quoted = escaped = False
    for sign in text:
        if escaped:
            escaped = False
        elif quoted:
            escaped, quoted = sign == "\\", sign != '"'
        elif sign == '"':
            quoted = True
        elif sign in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "]}":
            depth -= 1
    return deepest


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(name for name, times in Counter(name for name, _value in pairs).items() if times > 1)
        raise Unreadable(_("“%(name)s” stands twice in one object.") % {"name": twice[:60]})
    return found


def _whole_number(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise Unreadable(_("A number is too large."))
    return int(digits)


def _no_number(_sign: str) -> NoReturn:
    raise Unreadable(_("Only whole numbers are read here, without a point or an exponent."))
