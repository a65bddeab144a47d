"""What goes on paper: texts in the characters that our font knows, and files that typst sets, tagged as PDF/UA."""

import json
import re
import unicodedata
from collections.abc import Container, Iterable, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont

FONTS = settings.BASE_DIR / "static" / "vendor" / "golos-text"
DOCUMENT = Path(__file__).parent / "paper" / "document.typ"
LACKING = "\u25a1"  # □
LONGEST_WORD = 60  # characters that fit into a line
BREAK = "\u200b"
Part = dict[str, Any]


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


def printable(text: str) -> str:
    """Return a text in the characters that our font knows; for others a plainer one or □, and nothing invisible."""
    characters = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    shown = "".join(_shown(character, known()) for character in characters)
    return re.sub(f"{LACKING}+", LACKING, shown)


def _breakable(text: str, longest: int) -> str:
    """Let words longer than so many characters be broken anywhere, so that they stay on the page or in their cell."""
    return re.sub(rf"\S{{{longest + 1},}}", lambda word: BREAK.join(re.findall(f".{{1,{longest}}}", word[0])), text)


def ready(value: Any, longest: int = LONGEST_WORD) -> Any:
    """Return data whose texts can be set."""
    if isinstance(value, str):
        return _breakable(printable(value), longest)
    if isinstance(value, list | tuple):
        return [ready(part, longest) for part in value]
    if isinstance(value, dict):
        across = len(value["widths"]) if "widths" in value else 1  # columns of a table share the width
        return {key: ready(part, LONGEST_WORD // across) for key, part in value.items()}
    return value


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def typeset(template: Path, data: Part, made_at: datetime) -> bytes:
    """Return a tagged PDF file; the template reads the data and its own folder, and nothing else."""
    compiler = typst.Compiler(template, root=template.parent, font_paths=_fonts(), ignore_system_fonts=True)
    seconds, given = int(made_at.timestamp()), {"data": json.dumps(data)}
    return compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=seconds, sys_inputs=given)


def document(title: str, parts: Iterable[Part], made_at: datetime) -> bytes:
    """Return a document of these parts, in the active language, as a PDF file."""
    page = _("Page %(number)s of %(total)s") % {"number": "{number}", "total": "{total}"}
    data = ready({"title": title, "parts": list(parts)})
    if LACKING in json.dumps(data, ensure_ascii=False):
        told = _("%(box)s stands for a sign that cannot be printed here, such as an emoji.")
        data["parts"].append(quiet(told % {"box": LACKING}))
    return typeset(DOCUMENT, data | {"language": get_language(), "page": page}, made_at)


# The parts of a document


def heading(text: str, level: int = 1) -> Part:
    return {"kind": "heading", "text": text, "level": level}


def paragraph(text: object, language: str = "") -> Part:
    """Return a paragraph, which may hold line ends; `language` where it is not the document's."""
    return {"kind": "text", "text": str(text)} | ({"language": language} if language else {})


def strong(text: str) -> Part:
    """Return a line that stays with what follows."""
    return {"kind": "strong", "text": text}


def quiet(text: object) -> Part:
    return {"kind": "quiet", "text": str(text)}


def bullets(texts: Iterable[str]) -> Part:
    return {"kind": "list", "texts": list(texts)}


def grid(head: Sequence[object], rows: Iterable[Sequence[object]], widths: Sequence[int]) -> Part:
    """Return a table whose head comes again on each page; `widths` are proportions."""
    body = [[str(cell) for cell in row] for row in rows]
    return {"kind": "table", "head": [str(cell) for cell in head], "rows": body, "widths": list(widths)}
