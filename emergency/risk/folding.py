"""One way of writing for the many ways of typing: rules see one word, spans lead back.

A folded text has two views. `plain` keeps the alphabets apart: small letters, no marks, Kazakh letters as typed without
a Kazakh keyboard (ә а, қ к, ң н, ғ г, ү ұ у, ө о, і и), no soft signs, each word in one alphabet. `sounds` goes
on where spelling differs most: ы й и are one, я is иа, ю is иу, ц is тс, нг is н, and Latin words that are not English
are read as Kazakh or Russian («olgim keledi», «ólgim keledi» and «өлгім келеді» are the same there). Kazakh and Russian
rules read `sounds`, English ones `plain`. Every folded character knows the part of the original text that it is from.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property, lru_cache

from emergency.risk.lexicon import english_words

LONGEST_SENTENCE = 240
"""A text without stops is read in windows of about as many characters."""

# Kazakh letters as typed without them, and pairs that people do not keep apart.
_CYRILLIC = str.maketrans("әқңғүұөіїһёйэщўєґ", "акнгууоиихеиешуег")
_SILENT = frozenset("ьъ'`´ʹʼʻ‘’‛′＇")
_LATIN = {
    "ı": "i",
    "ş": "sh",
    "š": "sh",
    "ç": "ch",
    "č": "ch",
    "ž": "zh",
    "ŋ": "n",
    "ə": "a",
    "ɵ": "o",
    "ý": "u",
    "ø": "o",
}
_LATIN |= {"đ": "d", "ł": "l", "æ": "ae", "œ": "oe"}
# What a mark typed apart from its letter makes of the letter.
_MARKED = {
    ("s", "\u0327"): "sh", ("c", "\u0327"): "ch", ("s", "\u030c"): "sh", ("c", "\u030c"): "ch", ("z", "\u030c"): "zh",
    ("y", "\u0301"): "u",
}  # fmt: skip
_STOPS = {
    ".": ".",
    "…": ".",
    "\n": ".",
    "\r": ".",
    "\u2028": ".",
    "\u2029": ".",
    "?": "?",
    "!": "!",
    "¡": "!",
    "¿": "?",
}
_STOPS |= {"。": ".", "؟": "?", ",": ",", ";": ",", "،": ",", "、": ","}

# Letters that look alike, for words in two alphabets; digits that stand for letters inside a word.
_TO_CYRILLIC = str.maketrans("aeopcxykmthbiunrgsdlvzfjwq0346", "аеорсхукмтхвиунргсдлвзфжшкозчб")
_TO_LATIN = str.maketrans("аеорсхукмтнви013457", "aeopcxykmthbioieast")

# Latin letters as Kazakh and Russian people write them, the longest first.
_SOUNDS = {
    "shch": "ш", "sch": "ш", "sh": "ш", "ch": "ч", "zh": "ж", "dzh": "ж", "kh": "х", "gh": "г", "ng": "н", "ts": "тс",
    "ck": "к", **dict(zip("abcdefghijklmnopqrstuvwxyz", "абсдефгхижклмнопкрстувшхиз", strict=True)),
}  # fmt: skip
_SOUND = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
_VOWEL_LETTERS = {"ы": "и", "я": "иа", "ю": "иу", "ц": "тс"}

_DOUBLED = frozenset("abcdefghijklmnopqrstuvwxyz()")
_WORD = re.compile(r"\w+")
_LATIN_LETTER = re.compile("[a-z]")
_CYRILLIC_LETTER = re.compile("[а-я]")
_DIGIT = re.compile(r"[0-9]")
_INNER_DIGIT = re.compile(r"(?<=[^\W\d])[013-7](?=[^\W\d])|(?<=[^\W\d]{2})0(?!\w)")
_SPACED = re.compile(r"(?<![\w])(?:[^\W\d] ){3,}[^\W\d](?!\w)")
_STOP = re.compile(r"[.!?…\n\r\u2028\u2029]+[\s)\]}\"'»”]*|[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u200D]+\s*")
_ENGLISH_ENDING = re.compile("(?:s|es|d|ed|ing|in|er|ers|ly|y)$")
_ENGLISH_LOOK = re.compile("th|igh|tion|ck|oo|ee|ould|ness$|ful$|^wh|^kn|^wr")
_TWICE = re.compile(r"(.)\1")
_GAP = re.compile(r"\s")


class View:
    """One folded form of a text: `text`, and for each of its characters the part of the original it comes from."""

    __slots__ = ("_ends", "_starts", "text")

    def __init__(self, text: str, starts: array, ends: array) -> None:
        self.text = text
        self._starts = starts
        self._ends = ends

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where the folded part text[start:end] is in the original; what was dropped after it belongs to it."""
        if not self._starts:
            return 0, 0
        if start >= end:
            place = self._starts[start] if start < len(self._starts) else self._ends[-1]
            return place, place
        return self._starts[start], self._ends[end - 1]

    def within(self, start: int, end: int) -> tuple[int, int]:
        """Return the folded positions that come from the part text[start:end] of the original."""
        first = bisect_left(self._starts, start)
        return first, max(first, bisect_left(self._starts, end))

    def replaced(self, changes: list[tuple[int, int, str]]) -> "View":
        """Return the view with other letters in some places: (start, end, letters), in their order. Spans stay."""
        text: list[str] = []
        starts, ends = array("q"), array("q")
        place = 0
        for start, end, letters in [*changes, (len(self.text), len(self.text), "")]:
            text.append(self.text[place:start] + letters)
            starts += self._starts[place:start]
            ends += self._ends[place:start]
            for number in range(len(letters)):
                starts.append(self._starts[min(start + number, end - 1)])
                ends.append(self._ends[min(start + number, end - 1)])
            place = end
        if ends and changes and changes[-1][1] == len(self.text):
            ends[-1] = self._ends[-1]
        return View("".join(text), starts, ends)


@dataclass(frozen=True)
class Folded:
    """A text as it was given, and its views."""

    original: str
    plain: View
    sounds: View

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Return the sentences as parts of the original text."""
        return sentences(self.original)


class _Characters(dict):
    """What one character becomes: a string, empty for what is dropped. Remembers the common ones."""

    def __missing__(self, character: str) -> str:
        folded = _fold_character(character)
        if len(self) < 4096:
            self[character] = folded
        return folded


def _fold_character(character: str) -> str:
    small = character.casefold()
    if small in _STOPS:
        return _STOPS[small]
    if small in _SILENT:
        return ""
    if small in _LATIN:
        return _LATIN[small]
    out = []
    for part in unicodedata.normalize("NFKD", small).casefold().translate(_CYRILLIC):
        category = unicodedata.category(part)
        if out and (out[-1], part) in _MARKED:
            out[-1] = _MARKED[out[-1], part]
        elif part in _LATIN:
            out.append(_LATIN[part])
        elif _is_dropped(part, category):
            continue
        elif category[0] in "LNM":
            out.append(part.translate(_CYRILLIC))
        else:
            out.append(_STOPS.get(part) or (part if category == "So" or part in "+=<>:/()" else " "))
    return "".join(out)


def _is_dropped(part: str, category: str) -> bool:
    """Tell whether the sign is nothing to read: a mark, a sign of width zero or of control, but no gap."""
    if category == "Cc":
        return part not in "\t\x0b\x0c\x85"
    return category in ("Mn", "Me", "Cf", "Cn", "Sk") or part in _SILENT


_characters = _Characters()


def fold(text: str) -> Folded:
    """Fold the text, in time linear to its length; any string will do."""
    plain, starts, ends = _spell(text)
    joined = "".join(plain)
    if _SPACED.search(joined):
        plain, starts, ends = _join_spaced(plain, starts, ends, joined)
        joined = "".join(plain)
    words = [(word.start(), word.end(), word.group()) for word in _WORD.finditer(joined)]
    words = [(start, end, _one_alphabet(word, plain, start)) for start, end, word in words]
    view = View("".join(plain), starts, ends)
    return Folded(text, view, _sound(plain, starts, ends, words))


def _spell(text: str) -> tuple[list[str], array, array]:
    """Return the folded characters and where each begins and ends in the text; runs of one letter are squeezed."""
    out: list[str] = []
    starts, ends = array("q"), array("q")
    last = before = ""
    for place, character in enumerate(text):
        folded = _characters[character]
        if not folded:
            if ends:
                ends[-1] = place + 1
                if made := _MARKED.get((last, character)):
                    out[-1], before, last = made[0], "", made[-1]
                    if len(made) > 1:
                        out.append(last)
                        starts.append(starts[-1])
                        ends.append(place + 1)
            continue
        for letter in folded:
            # English tells "of" from "off"; elsewhere a doubled letter is as good as one. Numbers stay.
            if letter == last and not letter.isdigit() and (before == last or letter not in _DOUBLED):
                ends[-1] = place + 1
                continue
            before = last
            last = letter
            out.append(letter)
            starts.append(place)
            ends.append(place + 1)
    return out, starts, ends


def _join_spaced(plain: list[str], starts: array, ends: array, joined: str) -> tuple[list[str], array, array]:
    """Drop the spaces of words that are typed letter by letter: «с л о в о»."""
    dropped: set[int] = set()
    for word in _SPACED.finditer(joined):
        dropped.update(range(word.start() + 1, word.end(), 2))
    kept = [place for place in range(len(plain)) if place not in dropped]
    starts, ends = (array("q", (old[place] for place in kept)) for old in (starts, ends))
    return [plain[place] for place in kept], starts, ends


def _one_alphabet(word: str, plain: list[str], start: int) -> str:
    """Write a word of two alphabets, or with digits for letters, in the alphabet of most of its letters."""
    if word.isalpha() and (word.isascii() or not _LATIN_LETTER.search(word)):
        return word
    latin, cyrillic = len(_LATIN_LETTER.findall(word)), len(_CYRILLIC_LETTER.findall(word))
    if not latin and not cyrillic:
        return word
    table = _TO_CYRILLIC if cyrillic >= latin else _TO_LATIN
    if latin and cyrillic:
        letters = "".join(letter if letter.isdigit() else letter.translate(table) for letter in word)
    else:
        letters = word
    if _DIGIT.search(letters):
        letters = _INNER_DIGIT.sub(lambda digit: digit.group().translate(table), letters)
    if letters != word:
        plain[start : start + len(word)] = letters
    return letters


def _sound(plain: list[str], starts: array, ends: array, words: list[tuple[int, int, str]]) -> View:
    """Return the view in which Kazakh and Russian are spelled as they sound, in Cyrillic."""
    foreign = _not_english(words)
    out: list[str] = []
    begins, finishes = array("q"), array("q")

    def put(letters: str, begin: int, finish: int) -> None:
        for letter in letters:
            if out and "а" <= letter <= "я" and (out[-1] == letter or (letter == "г" and out[-1] == "н")):
                finishes[-1] = max(finish, finishes[-1])
            else:
                out.append(letter)
                begins.append(begin)
                finishes.append(finish)

    place = 0
    for start, end, word in words:
        for between in range(place, start):
            put(plain[between], starts[between], ends[between])
        if start in foreign:
            for sound in _SOUND.finditer(word):
                first, final = start + sound.start(), start + sound.end() - 1
                put(_SOUNDS[sound.group()], starts[first], ends[final])
        else:
            for at in range(start, end):
                put(_VOWEL_LETTERS.get(plain[at], plain[at]), starts[at], ends[at])
        place = end
    for between in range(place, len(plain)):
        put(plain[between], starts[between], ends[between])
    return View("".join(out), begins, finishes)


def _not_english(words: list[tuple[int, int, str]]) -> set[int]:
    """Return the places of the Latin words that are Kazakh or Russian.

    A word of the English list is English, but for the few that are Kazakh as well («men», «bar»): those are what the
    word after them is. An unknown word alone among English ones is English too (a name, a slip of the keys).
    """
    known, either = english_words()
    marks: list[bool | None] = []
    for _start, _end, word in words:
        if not _LATIN_LETTER.search(word):
            marks.append(False)
        elif word in either:
            marks.append(None)
        else:
            marks.append(_looks_english(word, known))
    english = sum(mark is True for mark in marks)
    mostly = english > sum(mark is False for mark in marks)
    nearest = mostly
    for index in range(len(marks) - 1, -1, -1):
        # A word of either kind goes with what follows it, and at the end with most words.
        nearest = marks[index] = nearest if marks[index] is None else marks[index]
    foreign = set()
    for index, (start, _end, word) in enumerate(words):
        if marks[index] or not _LATIN_LETTER.search(word):
            continue
        alone = (index == 0 or marks[index - 1]) and (index + 1 == len(marks) or marks[index + 1])
        if not (alone and mostly and english >= 2):
            foreign.add(start)
    return foreign


@lru_cache(maxsize=4096)
def _looks_english(word: str, known: frozenset[str]) -> bool:
    if word in known or _ENGLISH_LOOK.search(word) or _TWICE.sub(r"\1", word) in known:
        return True
    ending = _ENGLISH_ENDING.search(word)
    stem = word[: ending.start()] if ending else ""
    return len(stem) > 2 and (stem in known or stem + "e" in known or stem[:-1] in known)


def sentences(text: str) -> list[tuple[int, int]]:
    """Split the text at its stops, new lines and emoji, and what runs on without any into windows at a gap."""
    found: list[tuple[int, int]] = []
    start = 0
    for stop in _STOP.finditer(text):
        if stop.end() > start:
            _windows(text, start, stop.end(), found)
        start = stop.end()
    if start < len(text):
        _windows(text, start, len(text), found)
    return found


def _windows(text: str, start: int, end: int, found: list[tuple[int, int]]) -> None:
    while end - start > LONGEST_SENTENCE:
        gap = _GAP.search(text, start + LONGEST_SENTENCE // 2, min(start + LONGEST_SENTENCE, end))
        cut = gap.end() if gap else start + LONGEST_SENTENCE
        found.append((start, cut))
        start = cut
    if end > start and not text[start:end].isspace():
        found.append((start, end))
