"""A letter's plain text as HTML: paragraphs, links that say where they lead, codes that are easy to read."""

import re
from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

ADDRESS = re.compile(r"https?://\S+")
CODE = re.compile(r"(?P<text>.+:) (?P<code>\d{6,8})")
SENTENCE = re.compile(r"(?<=[.!?]) +")


@dataclass
class Block:
    """A piece of a letter: lines of text, perhaps with a code at their end, or a link with its words."""

    lines: list[str] = field(default_factory=list)
    url: str = ""
    words: str = ""
    code: str = ""


def page(subject: str, text: str, language: str) -> str:
    """Return a plain text as a page in the language that is active."""
    context = {"subject": subject, "blocks": blocks(text), "letter_language": language}
    return render_to_string("notifications/letter.html", context).strip()


def blocks(text: str) -> list[Block]:
    """Return the pieces of a text; an address takes the words that introduce it, which end with a colon."""
    found: list[Block] = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        lines: list[str] = []
        for line in filter(None, map(str.strip, paragraph.splitlines())):
            if ADDRESS.fullmatch(line):
                found += _text(lines)
                lines = []
                found.append(Block(url=line, words=_introduction(found) or _("Open the page in Emocare")))
            elif code := CODE.fullmatch(line):
                found.append(Block(lines=[*lines, code["text"]], code=code["code"]))
                lines = []
            else:
                lines.append(line)
        found += _text(lines)
    return found


def _text(lines: list[str]) -> list[Block]:
    return [Block(lines=lines)] if lines else []


def _introduction(found: list[Block]) -> str:
    """Take the sentence that ends with a colon from the last piece."""
    if not found or found[-1].code or not found[-1].lines or not found[-1].lines[-1].endswith(":"):
        return ""
    lines = found[-1].lines
    *before, last = SENTENCE.split(lines.pop())
    if before:
        lines.append(" ".join(before))
    if not lines:
        found.pop()
    return last.removesuffix(":")
