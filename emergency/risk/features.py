"""What the model looks at in a part of a text: pieces of words, words side by side, what words mean.

Training and reading use this file alike; every feature is a number below BUCKETS, without a list of them kept anywhere.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from zlib import crc32

from emergency.risk.folding import Folded, fold
from emergency.risk.signs import Sign

BUCKETS = 1 << 17
CONCEPTS = Path(__file__).with_name("concepts.txt")

LONGEST_WORD = 32  # longer ones are read in pieces
PIECES = (2, 3, 4, 5)  # letters
GROUPS = ("pieces", "words", "meanings", "signs")

_WORD = re.compile(rf"[^\W_]{{1,{LONGEST_WORD}}}|[?!+]|[\u2600-\u27BF\U0001F000-\U0001FAFF]")


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word and where it is in the original."""

    text: str
    start: int
    end: int


def words(folded: Folded) -> list[Word]:
    """Return the words, emoji and question marks of a text."""
    view = folded.sounds
    return [Word(found.group(), *view.span(*found.span())) for found in _WORD.finditer(view.text)]


@lru_cache(maxsize=16384)
def pieces(word: str) -> tuple[int, ...]:
    """Return the features of the letters of a word: runs of them, and the whole."""
    bounded = f"_{word}_".encode("utf-32-le")
    length = len(bounded)
    found = {crc32(bounded)}
    for size in PIECES:
        step = size * 4
        found.update(crc32(bounded[at : at + step]) for at in range(0, length - step + 1, 4))
    return tuple({number % BUCKETS for number in found})


@lru_cache(maxsize=16384)
def _stem(word: str) -> int:
    """Return a number for the beginning of a word, which its endings leave alone."""
    return crc32(word[:5].encode("utf-8", "surrogatepass"), 1)


def neighbours(found: list[Word]) -> set[int]:
    """Return the features of words side by side, or with one between."""
    stems = [_stem(word.text) for word in found]
    features = {(one * 31 + other * 17 + 5) % BUCKETS for one, other in pairwise(stems)}
    features.update((one * 37 + other * 19 + 7) % BUCKETS for one, other in zip(stems, stems[2:], strict=False))
    return features


@cache
def _concepts() -> tuple[dict[str, set[int]], dict[str, set[int]], dict[str, set[int]]]:
    """Return the whole words, beginnings and endings of concepts.txt, folded, and the numbers of their meanings."""
    whole: dict[str, set[int]] = {}
    beginnings: dict[str, set[int]] = {}
    endings: dict[str, set[int]] = {}
    for line in CONCEPTS.read_text("utf-8").splitlines():
        name, _, forms = line.partition(":")
        if name.startswith("#"):
            continue
        number = crc32(name.encode(), 2) % BUCKETS
        for form in forms.split():
            table = beginnings if form.endswith("*") else endings if form.startswith("*") else whole
            table.setdefault(fold(form.strip("*")).sounds.text.strip(), set()).add(number)
    return whole, beginnings, endings


@lru_cache(maxsize=16384)
def meanings(word: str) -> tuple[int, ...]:
    """Return the features of what a word may mean."""
    whole, beginnings, endings = _concepts()
    found = set(whole.get(word, ()))
    for length in range(1, min(len(word), 14) + 1):
        found |= beginnings.get(word[:length], set())
    for length in range(2, min(len(word) - 1, 8) + 1):
        found |= endings.get(word[-length:], set())
    return tuple(sorted(found))


def told(signs: Sequence[Sign]) -> set[int]:
    """Return the features of the signs that the rules saw: what they are, how grave, and what takes them back."""
    names = set()
    for sign in signs:
        if sign.cancelled_by:
            names |= {f"cancelled {sign.group}", "cancelled"}
        elif sign.weight > 0 and sign.level:
            names |= {sign.group, sign.rule, f"kind {sign.kind.value}", f"level {sign.level}"}
        else:
            names |= {sign.group, sign.rule}
    gravest = max((sign.level for sign in signs if not sign.cancelled_by), default=0)
    names.add(f"gravest {gravest}" + (" against" if any(sign.weight < 0 for sign in signs) else ""))
    return {crc32(name.encode(), 3) % BUCKETS for name in names}


def groups(found: list[Word], signs: Sequence[Sign]) -> tuple[set[int], ...]:
    """Return the features of some words and of the signs that the rules saw in them, in the order of GROUPS."""
    letters: set[int] = set()
    senses: set[int] = set()
    for word in found:
        letters.update(pieces(word.text))
        senses.update(meanings(word.text))
    return letters, neighbours(found), senses, told(signs)
