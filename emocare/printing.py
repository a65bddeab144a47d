"""What goes on paper: texts in the characters that our font knows."""

import re
import unicodedata
from collections.abc import Container
from functools import cache

from django.conf import settings
from fontTools.ttLib import TTFont

FONTS = settings.BASE_DIR / "static" / "vendor" / "golos-text"
LACKING = "\u25a1"  # □


@cache
def known() -> frozenset[int]:
    """Return the characters that both weights of the font have."""
    weights = (TTFont(FONTS / f"golos-text-{weight}.ttf", lazy=True).getBestCmap() for weight in (400, 700))
    return frozenset.intersection(*map(frozenset, weights))


def _shown(character: str, known: Container[int]) -> str:
    category = unicodedata.category(character)
    if character == "\n" or category in {"Zl", "Zp"}:
        return "\n"
    if category == "Cf" or (category == "Cc" and character != "\t"):
        return ""
    if ord(character) in known:
        return character
    if category in {"Cc", "Zs"}:
        return " "
    parts = [part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part)]
    if parts and all(ord(part) in known for part in parts):
        return "".join(parts)
    return "" if category in {"Mn", "Mc", "Me", "Sk"} else LACKING


def printable(text: str, known: Container[int]) -> str:
    """Return a text in the characters that a font knows; for others a plainer one or □, and nothing invisible."""
    characters = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(f"{LACKING}+", LACKING, "".join(_shown(character, known) for character in characters))
