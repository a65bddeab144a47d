"""Cells of CSV files that people take with them: no formulas, several words in one cell, moments with their zone."""

import re
from collections.abc import Iterable
from datetime import datetime

BETWEEN = " | "  # several words of one cell; a bar that belongs to a word is doubled
BOM = "\ufeff"  # by which table programs know UTF-8

# Where a table program would see a formula. Cells that already have apostrophes before it get one more, so that
# taking one off always gives back what was written.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_DEFUSED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def defused(cell: str) -> str:
    """Return a cell that no table program takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def as_written(cell: str) -> str:
    """Return what `defused` was given."""
    return cell[1:] if _DEFUSED.match(cell) else cell


def joined(words: Iterable[str]) -> str:
    """Return words as one cell."""
    return BETWEEN.join(word.replace("|", "||") for word in words)


def split(cell: str) -> list[str]:
    """Return the words that `joined` put into a cell."""
    words = (" ".join(word.replace("||", "|").split()) for word in cell.split(BETWEEN))
    return [word for word in words if word]


def zone_of(moment: datetime) -> str:
    """Return the offset of an aware moment as `UTC+05:00`, which is no formula."""
    offset = f"{moment:%z}"
    return f"UTC{offset[:3]}:{offset[3:5]}"
