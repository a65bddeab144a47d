"""The result of a test as a PDF file: real text, tagged, in the active language."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from emocare.dates import moment, written
from emocare.printing import FONTS, LACKING, known, printable
from tests_app import access
from tests_app.models import Result
from tests_app.outcomes import Reading, Shown, again_on, stored
from tests_app.questionnaire import of

FOLDER = Path(__file__).parent / "paper"  # all that the template may read
Part = dict[str, Any]


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def of_result(user: User, result: Result, *, with_answers: bool) -> bytes:
    """Return a result as a PDF file; the single answers only when they are asked for, but for a profile."""
    questionnaire, answers = of(result.version), access.answers_in(result)
    shown = Shown(questionnaire, stored(result, answers), answers, result.language)
    parts = [
        _text(f"{questionnaire.kind.label}. {_name(shown)}"),
        _text(_("%(name)s answered this on %(moment)s.") % {"name": user, "moment": moment(result.finished_at)}),
        *_result(shown),
        *_meaning(shown, result),
    ]
    if with_answers and shown.whole:
        parts += [_heading(_("Answers")), _answers(shown)]
    data = {
        "title": _("%(name)s: the result") % {"name": questionnaire.name},
        "language": get_language(),
        "page": _("Page %(number)s of %(total)s") % {"number": "{number}", "total": "{total}"},
        "parts": [*parts, *_about(shown)],
    }
    return _written(data, int(result.finished_at.timestamp()))


def _written(data: Part, seconds: int) -> bytes:
    """Return the file; `seconds` since 1970 stand in it as the time of its making, so that it is always the same."""
    ready = _readable(data)
    if LACKING in json.dumps(ready, ensure_ascii=False):
        told = _("%(box)s stands for a sign that cannot be printed here, such as an emoji.")
        ready["parts"].append(_text(told % {"box": LACKING}))
    compiler = typst.Compiler(FOLDER / "result.typ", root=FOLDER, font_paths=_fonts(), ignore_system_fonts=True)
    return compiler.compile(
        format="pdf", pdf_standards=["ua-1"], timestamp=seconds, sys_inputs={"data": json.dumps(ready)}
    )


def _readable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value, known())
    if isinstance(value, list):
        return [_readable(part) for part in value]
    return {key: _readable(part) for key, part in value.items()} if isinstance(value, dict) else value


def _heading(text: str, level: int = 1) -> Part:
    return {"kind": "heading", "text": text, "level": level}


def _text(text: object, **more: str) -> Part:
    return {"kind": "text", "text": str(text), **more}


def _strong(text: str) -> Part:
    return {"kind": "strong", "text": text}


def _name(shown: Shown) -> str:
    """Return the names by which a professional knows the test."""
    short, full = shown.questionnaire.short_name, shown.questionnaire.said("full_name")
    return full if short in full else ", ".join(filter(None, (short, full)))


def _score(reading: Reading) -> list[Part]:
    if reading.score is None:
        return [_strong(_("There is no score this time."))]
    words = f"{reading.score_in_words}: {reading.band.label}" if reading.band else reading.score_in_words
    return [_strong(words), _text(reading.place_in_words)]


def _result(shown: Shown) -> list[Part]:
    parts = [_heading(_("The result"))]
    if shown.whole:
        parts += [*_score(shown.whole), _text(shown.direction)]
        if shown.left_out:
            parts += [_text(shown.left_out_in_words), {"kind": "list", "texts": shown.left_out}]
    else:
        parts.append(_answers(shown))
    for reading in shown.parts:
        parts += [_heading(reading.name, 2), *_score(reading)]
        if reading.band:
            parts.append(_text(reading.band.meaning))
    return parts


def _meaning(shown: Shown, result: Result) -> list[Part]:
    questionnaire = shown.questionnaire
    parts = [_heading(_("What it means")), _text(shown.band.meaning)] if shown.band else []
    parts += [_heading(_("What it does not mean")), *map(_text, shown.limits)]
    if shown.band:
        parts.append(_heading(_("What you can do now")))
        if shown.band.seek_help:
            parts.append(_text(_("You do not have to carry this alone. Talking to a person helps most.")))
        parts.append(_text(shown.band.next_step))
    day = written(again_on(questionnaire, result.finished_at))
    again = _("From %(day)s on it can show whether something has changed. You may take it earlier or never.")
    return [*parts, _heading(_("When to take it again")), _text(again % {"day": day})]


def _answers(shown: Shown) -> Part:
    rows = [[row.question, row.answer] for row in shown.answered]
    return {"kind": "table", "head": [_("Question"), _("Answer")], "rows": rows}


def _about(shown: Shown) -> list[Part]:
    questionnaire, licence = shown.questionnaire, shown.questionnaire.content["licence"]
    status = {"status": shown.text_status, "number": questionnaire.number}
    text = _("Text that you answered: %(status)s, version %(number)s.") % status
    return [
        _heading(_("About this test")),
        _text(text),
        *([_text(shown.text_note, language=shown.note_language)] if shown.text_note else []),
        _text(f"{_('Source')}:"),
        _text(questionnaire.content["citation"], language="en"),
        _text(f"{_('Licence')}:"),
        _text(f"{licence['name']}. {licence['attribution']} {licence['summary']}", language="en"),
    ]
