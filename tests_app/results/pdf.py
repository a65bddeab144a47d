"""The result of a test as a PDF file: real text, tagged, in the active language."""

from django.utils.translation import gettext as _

from accounts.models import User
from emocare.dates import moment, written
from emocare.printing import Part, bullets, document, grid, heading, paragraph, strong
from tests_app import access
from tests_app.models import Result
from tests_app.questionnaire import of
from tests_app.results.outcomes import Reading, Shown, again_on, stored


def of_result(user: User, result: Result, *, with_answers: bool) -> bytes:
    """Return a result as a PDF file; the single answers only when they are asked for, but for a profile."""
    questionnaire, answers = of(result.version), access.answers_in(result)
    shown = Shown(questionnaire, stored(result, answers), answers, result.language)
    parts = [
        paragraph(f"{questionnaire.kind.label}. {_name(shown)}"),
        paragraph(_("%(name)s answered this on %(moment)s.") % {"name": user, "moment": moment(result.finished_at)}),
        *_result(shown),
        *_meaning(shown, result),
    ]
    if with_answers and shown.whole:
        parts += [heading(_("Answers")), _answers(shown)]
    title = _("%(name)s: the result") % {"name": questionnaire.name}
    return document(title, [*parts, *_about(shown)], result.finished_at)  # the same file every time


def _name(shown: Shown) -> str:
    """Return the names by which a professional knows the test."""
    short, full = shown.questionnaire.short_name, shown.questionnaire.said("full_name")
    return full if short in full else ", ".join(filter(None, (short, full)))


def _score(reading: Reading) -> list[Part]:
    if reading.score is None:
        return [strong(_("There is no score this time."))]
    words = f"{reading.score_in_words}: {reading.band.label}" if reading.band else reading.score_in_words
    return [strong(words), paragraph(reading.place_in_words)]


def _result(shown: Shown) -> list[Part]:
    parts = [heading(_("The result"))]
    if shown.whole:
        parts += [*_score(shown.whole), paragraph(shown.direction)]
        if shown.left_out:
            parts += [paragraph(shown.left_out_in_words), bullets(shown.left_out)]
    else:
        parts.append(_answers(shown))
    for reading in shown.parts:
        parts += [heading(reading.name, 2), *_score(reading)]
        if reading.band:
            parts.append(paragraph(reading.band.meaning))
    return parts


def _meaning(shown: Shown, result: Result) -> list[Part]:
    questionnaire = shown.questionnaire
    parts = [heading(_("What it means")), paragraph(shown.band.meaning)] if shown.band else []
    parts += [heading(_("What it does not mean")), *map(paragraph, shown.limits)]
    if shown.band:
        parts.append(heading(_("What you can do now")))
        if shown.band.seek_help:
            parts.append(paragraph(_("You do not have to carry this alone. Talking to a person helps most.")))
        parts.append(paragraph(shown.band.next_step))
    day = written(again_on(questionnaire, result.finished_at))
    again = _("From %(day)s on it can show whether something has changed. You may take it earlier or never.")
    return [*parts, heading(_("When to take it again")), paragraph(again % {"day": day})]


def _answers(shown: Shown) -> Part:
    rows = [(row.question, row.answer) for row in shown.answered]
    return grid([_("Question"), _("Answer")], rows, (3, 2))


def _about(shown: Shown) -> list[Part]:
    questionnaire, licence = shown.questionnaire, shown.questionnaire.content["licence"]
    status = {"status": shown.text_status, "number": questionnaire.number}
    text = _("Text that you answered: %(status)s, version %(number)s.") % status
    return [
        heading(_("About this test")),
        paragraph(text),
        *([paragraph(shown.text_note, language=shown.note_language)] if shown.text_note else []),
        paragraph(f"{_('Source')}:"),
        paragraph(questionnaire.content["citation"], language="en"),
        paragraph(f"{_('Licence')}:"),
        paragraph(f"{licence['name']}. {licence['attribution']} {licence['summary']}", language="en"),
    ]
