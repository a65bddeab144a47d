"""Divides a text into the parts that are weighed: what is read at once, and each sentence by itself."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from emergency.risk import features, signs
from emergency.risk.features import Word
from emergency.risk.folding import Folded, fold
from emergency.risk.signs import Sign

AT_ONCE = 40  # words; a longer text is read in windows of about as many, each beginning in the middle of the one before


@dataclass(frozen=True, slots=True)
class Part:
    """Some words that follow each other; `alone` when it is a sentence whose neighbours may say otherwise."""

    words: list[Word]
    signs: tuple[Sign, ...]
    alone: bool = False

    def groups(self) -> tuple[set[int], ...]:
        """Return what the model looks at."""
        return features.groups(self.words, self.signs)

    @property
    def start(self) -> int:
        """Return where the first word begins in the text."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Return where the last word ends in the text."""
        return self.words[-1].end

    def written(self, text: str) -> str:
        """Return the part as it stands in the text, from its first word to its last."""
        return text[self.start : self.end]


def parts(folded: Folded) -> Iterator[Part]:
    """Yield the parts of a text: every sentence is in one or two windows, and alone when there are others."""
    words = features.words(folded)
    if not words:
        return
    found = signs.read(folded)
    begins = _sentences(words, folded)
    if len(begins) > 1:
        for begin, end in zip(begins, [*begins[1:], len(words)], strict=True):
            yield _part(words[begin:end], found, alone=True)
    for begin, end in _windows(begins, len(words)):
        yield _part(words[begin:end], found)


def _part(words: list[Word], found: list[Sign], *, alone: bool = False) -> Part:
    """Return the words with the signs that begin among them."""
    first = bisect_left(found, words[0].start, key=lambda sign: sign.start)
    last = bisect_left(found, words[-1].end, key=lambda sign: sign.start)
    return Part(words, tuple(found[first:last]), alone)


def _sentences(words: list[Word], folded: Folded) -> list[int]:
    """Return the places of the words that begin a sentence."""
    starts = [word.start for word in words]
    begins = {bisect_left(starts, start) for start, _end in folded.sentences}
    return sorted((begins | {0}) - {len(words)})


def _windows(begins: list[int], count: int) -> Iterator[tuple[int, int]]:
    """Yield windows of whole sentences; a sentence longer than a window is one by itself."""
    begin = 0
    while True:
        end = _last(begins, begin + AT_ONCE, count) if count - begin > AT_ONCE else count
        if end <= begin:
            later = bisect_left(begins, begin + 1)
            end = begins[later] if later < len(begins) else count
        yield begin, end
        if end == count:
            return
        middle = _last(begins, begin + max(1, (end - begin) // 2), count)
        begin = middle if middle > begin else end


def _last(begins: list[int], place: int, count: int) -> int:
    """Return the last beginning of a sentence that is not after a place."""
    if place >= count:
        return count
    return begins[bisect_left(begins, place + 1) - 1]


def whole(text: str) -> Part:
    """Return a text as one part, as an example is read in training."""
    folded = fold(text)
    words = features.words(folded)
    return Part(words, tuple(signs.read(folded)))
