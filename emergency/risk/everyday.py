"""Short messages of nothing but everyday words: that one is here, at home, on the way; there is nothing to weigh."""

from functools import cache
from pathlib import Path

from emergency.risk import features
from emergency.risk.folding import fold
from emergency.risk.reading import Part

FILE = Path(__file__).with_name("everyday.txt")
MOST = 8  # words; a longer text is weighed whatever it is made of


@cache
def _words() -> frozenset[str]:
    lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return frozenset(word.text for line in lines for word in features.words(fold(line)))


def says_nothing_more(part: Part) -> bool:
    """Say whether a part has only everyday words."""
    return len(part.words) <= MOST and all(word.text in _words() for word in part.words)
