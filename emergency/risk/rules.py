"""Find the lexicon's words in a folded text: every group, at every word, in one pass for each family."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from emergency.risk.folding import Folded, View, fold
from emergency.risk.levels import Level
from emergency.risk.lexicon import Entry, entries
from emergency.risk.mending import mend

# A pattern's parts: an escape, a class of letters, a run of letters, or any other sign.
_PART = re.compile(r"\\.|\[[^\]]*\]|[^\W\d_]+| ~ ?| \??|.", re.DOTALL)
_AFTER_ANY_WORD = re.compile(r"\\w(?:\{\d*,?\d*\})?\)?$")
_GAP = r"[ ,]+(?:[^.?!]{1,32}?[ ,]+)??"
_QUANTIFIERS = frozenset("?*+{")


@dataclass(frozen=True, slots=True)
class Found:
    """A group of the lexicon found in a text, and where: text[start:end] of the original."""

    entry: Entry
    start: int
    end: int


def find(folded: Folded) -> Iterator[Found]:
    """Return the groups found, family by family, each in the order of the text."""
    plain, sounds = mend(folded.plain, True), mend(folded.sounds, False)
    for family in _families():
        view: View = plain if family.plain else sounds
        until: dict[str, int] = {}
        for match in family.pattern.finditer(view.text):
            name = match.lastgroup or ""
            start, end = match.span(name)
            if start < until.get(name, 0) or end == start:
                continue
            until[name] = end
            yield Found(family.entries[name], *view.span(start, end))


@dataclass(frozen=True, slots=True)
class _Family:
    plain: bool
    pattern: re.Pattern
    entries: dict[str, Entry]


@cache
def _families() -> tuple[_Family, ...]:
    """Return one expression for each first word of the names and each view: at each word the urgent first."""
    grouped: dict[tuple[str, bool], list[Entry]] = {}
    for entry in entries():
        grouped.setdefault((entry.name.partition(".")[0], entry.language == "en"), []).append(entry)
    return tuple(_family(members, plain) for (_first, plain), members in grouped.items())


def _family(members: list[Entry], plain: bool) -> _Family:
    named = {}
    choices = []
    for number, entry in enumerate(sorted(members, key=lambda entry: -Level.named(entry.level))):
        named[f"g{number}"] = entry
        patterns = "|".join(_compile(pattern, plain) for pattern in entry.patterns)
        choices.append(f"(?P<g{number}>{patterns})")
    # Looking ahead takes nothing: what begins inside another finding is found as well.
    return _Family(plain, re.compile(f"(?<!\\w)(?=\\S)(?={'|'.join(choices)})"), named)


def _compile(pattern: str, plain: bool) -> str:
    """Turn a pattern of the lexicon into a regular expression for the folded view, of bounded work at each word."""
    out: list[str] = []
    parts = _PART.findall(pattern)
    for index, part in enumerate(parts):
        following = parts[index + 1][0] if index + 1 < len(parts) else ""
        if part == "\\w":
            out.append(part)
        elif part.startswith(" ~"):
            out.append(_GAP)
        elif part[0] == " ":
            apart = _AFTER_ANY_WORD.search("".join(out[-3:])) and part == " "
            out.append("[ ,]+" if apart else "[ ,]*")
        elif part[0] == "[":
            out.append("[" + "".join(letter.translate(_CLASS) for letter in part[1:-1]) + "]")
        elif part[0].isalpha():
            out.append(_literal(part, plain, following in _QUANTIFIERS))
        elif part == "(" and following != "?":
            out.append("(?:")
        elif part in "*+":
            # Nothing repeats without a bound: a text of one word over and over is read in linear time too.
            most = 14 if out[-1] == "\\w" else 4
            out.append(f"{{{int(part == '+')},{most}}}")
        else:
            out.append(part)
    return "".join(out)


_CLASS = str.maketrans("ыіңқғөүұәһйё", "иинкгоууахие")


def _literal(letters: str, plain: bool, last_apart: bool) -> str:
    """Fold a run of letters; the last one is apart where a quantifier follows, which is for it alone."""
    if last_apart:
        last = _spell(letters[-1], plain)
        return _spell(letters[:-1], plain) + (last if len(last) == 1 else f"(?:{last})")
    return _spell(letters, plain)


def _spell(letters: str, plain: bool) -> str:
    folded = fold(letters)
    return folded.plain.text if plain else folded.sounds.text
