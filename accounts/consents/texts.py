"""The texts of consents as plain words, made of the very templates that people see, and kept once each."""

import hashlib
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from accounts.choices import Purpose
from accounts.consents import VERSIONS, text_of, words
from accounts.models import ConsentText
from accounts.retention import table

TEMPLATES = {
    Purpose.SERVICE: ("pages/_privacy.html", [words.AGREES]),
    Purpose.HELPING: (None, [words.AGREES_TO_BE_CHECKED]),
    Purpose.CHILD: ("accounts/kin/_what_emocare_is.html", [words.REPRESENTS, words.REPRESENTATIVE_AGREES]),
    Purpose.SHARE_MOODS: ("accounts/consents/_share_moods.html", []),
    Purpose.SHARE_NOTES: ("accounts/consents/_share_notes.html", []),
    Purpose.SHARE_ANSWERS: ("accounts/consents/_share_answers.html", []),
}
BLOCKS = {"p", "h2", "h3", "ul", "li", "table", "caption", "tr", "div"}


class _Plain(HTMLParser):
    """Keeps the words of a page: a line for each paragraph, point and row of a table."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.parts.append("\n")
        if tag == "li":
            self.parts.append("– ")
        elif tag in {"td", "th"}:
            self.parts.append(" | ")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data.replace("\n", " "))


@lru_cache(maxsize=16)
def plain(html: str) -> str:
    """Return the words of a piece of a page, a line for each block; the same page is read once in a process."""
    reader = _Plain()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()).removeprefix("| ") for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)


def about_privacy() -> dict[str, Any]:
    """Return what templates/pages/_privacy.html shows besides the operator."""
    return {
        "consent_version": VERSIONS[Purpose.SERVICE],
        "export_hours": settings.EXPORT_HOURS,
        "erasure_days": settings.ERASURE_DAYS,
        "backup_days": settings.BACKUP_DAYS,
        **table.context(),
    }


def written(purpose: Purpose, language: str, **context: Any) -> str:
    """Return the text that is shown for a purpose now, in a language; `context` is what its template needs besides."""
    template, boxes = TEMPLATES[purpose]
    shown = {"operator": settings.OPERATOR, **about_privacy(), "consent_version": VERSIONS[purpose], **context}
    with translation.override(language):
        body = plain(render_to_string(template, shown)) if template else ""
        return "\n".join([*([body] if body else []), *(f"☑ {box}" for box in boxes)])


def digest(purpose: str, version: str, language: str, text: str) -> bytes:
    return hashlib.sha256("\n".join([purpose, version, language, text]).encode()).digest()


def keep(purpose: Purpose | str, language: str, **context: Any) -> ConsentText:
    """Return the row of the text that a person sees for their own consent now; of equal texts there is one."""
    return _keep(text_of(purpose), language, **context)


def keep_for_guardian(language: str, **context: Any) -> ConsentText:
    """Return the row of the text that a legal representative sees now."""
    return _keep(Purpose.CHILD, language, **context)


def delete_unused() -> int:
    """Delete what representatives read of children who are grown up or gone: each text names somebody's month."""
    return ConsentText.objects.filter(purpose=Purpose.CHILD, guardian_consents=None, consents=None).delete()[0]


def _keep(purpose: Purpose, language: str, **context: Any) -> ConsentText:
    version, text = VERSIONS[purpose], written(purpose, language, **context)
    row, _created = ConsentText.objects.get_or_create(
        digest=digest(purpose, version, language, text),
        defaults={"purpose": purpose, "version": version, "language": language, "text": text},
    )
    return row
