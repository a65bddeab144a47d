"""Slips of the keys in the long words that matter: a letter left out, doubled, swapped or wrong, is put right."""

import re
from functools import cache, lru_cache

from emergency.risk.folding import View, fold
from emergency.risk.lexicon import english_words, stems

_LONG_WORD = re.compile(r"\b\w{5,}")


def mend(view: View, plain: bool) -> View:
    """Return the view with such words spelled right, or itself when there are none."""
    changes = []
    for word in _LONG_WORD.finditer(view.text):
        if right := _right(word.group(), plain):
            changes.append((word.start(), word.start() + len(right[0]), right[1]))
    return view.replaced(changes) if changes else view


@lru_cache(maxsize=16384)
def _right(word: str, plain: bool) -> tuple[str, str] | None:
    """Return the wrong beginning of the word and the right one, or None."""
    if len(word) > 40 or any(word.startswith(stem) for stem in _stems(plain)):
        return None
    if plain and (not word.isascii() or word in english_words()[0] or word in english_words()[1]):
        return None
    known = _neighbours(plain)
    for length in sorted({len(stem) for stem in _stems(plain)}, reverse=True):
        for taken in (length, length + 1, length - 1):
            beginning = word[:taken]
            if len(beginning) < taken:
                continue
            for shorter in _shortened(beginning):
                stem = known.get(shorter)
                if stem and len(stem) == length and stem[0] == word[0]:
                    return beginning, stem
    return None


@cache
def _stems(plain: bool) -> tuple[str, ...]:
    return tuple(fold(stem).plain.text if plain else fold(stem).sounds.text for stem in stems(plain))


@cache
def _neighbours(plain: bool) -> dict[str, str]:
    return {shorter: stem for stem in _stems(plain) for shorter in _shortened(stem)}


def _shortened(word: str) -> set[str]:
    """Return the word and the word without each of its letters."""
    return {word} | {word[:place] + word[place + 1 :] for place in range(len(word))}
