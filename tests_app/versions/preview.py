"""A version of an instrument as administrators look it through: every text in three languages beside one another."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from tests_app.choices import TextStatus
from tests_app.questionnaire import Band, Critical, Item, Option, Questionnaire, Words

TEXTS = {
    "name": pgettext_lazy("of a test", "Name"),
    "full_name": gettext_lazy("Full name"),
    "purpose": gettext_lazy("Purpose"),
    "description": gettext_lazy("Description"),
    "instruction": gettext_lazy("Instruction"),
    "content_note": gettext_lazy("Before the first question"),
    "stem": gettext_lazy("Before each question"),
    "time_frame": gettext_lazy("Time that is asked about"),
    "limits": gettext_lazy("What the result does not mean"),
}


@dataclass(frozen=True)
class Cell:
    """What a row says in one language: paragraphs, and the options of a question."""

    language: str
    lines: tuple[str, ...]
    options: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Row:
    """A text in all languages; `code` is its id, `notes` are facts about it."""

    label: str
    code: str
    cells: tuple[Cell, ...]
    notes: tuple[str, ...] = ()


def texts(read: Questionnaire) -> list[Row]:
    """Return the texts around the questions."""
    return [Row(str(label), "", _cells(read.content[name])) for name, label in TEXTS.items() if name in read.content]


def questions(read: Questionnaire) -> list[Row]:
    """Return the answers that all questions share, and each question with its own."""
    shared = read.content.get("options")
    rows = []
    if shared:
        options = tuple(Option(option["value"], option["label"]) for option in shared)
        rows.append(Row(_("Answers of every question without its own"), "", _cells(options=options)))
    for item, raw in zip(read.items, read.content["items"], strict=True):
        own = item.options if "options" in raw else ()
        rows.append(Row("", item.id, _cells(item.words, options=own), tuple(_of_item(read, item))))
    return rows


def _of_item(read: Questionnaire, item: Item) -> Iterator[str]:
    scoring = read.scoring
    if not item.may_skip:
        yield _("Cannot be passed over")
    if not item.scored:
        yield _("Does not count")
    if item.id in scoring.reverse:
        yield _("Counts backwards")
    if weight := scoring.weights.get(item.id):
        yield _("Counts times %(number)d") % {"number": weight}
    if item.ask_if:
        words = _("Asked only after question {question} with {values}")
        yield format_html(words, question=_code(item.ask_if.item), values=_listed(item.ask_if.values))
    yield from (_of_rule(rule) for rule in read.critical if rule.item == item.id)


def _of_rule(rule: Critical) -> str:
    return _("Opens the safety step with %(values)s") % {"values": _listed(rule.values)}


def _code(key: str) -> SafeString:
    return format_html("<code>{}</code>", key)


def _listed(values: frozenset[int]) -> str:
    return ", ".join(map(str, sorted(values)))


def bands(read: Questionnaire) -> list[tuple[Row | None, list[Row]]]:
    """Return the bands of the whole, and those of each part with its name."""
    parts = [
        (Row("", part.code, _cells(part.name_words)), [_of_band(band) for band in part.bands])
        for part in read.scoring.parts
    ]
    return [(None, [_of_band(band) for band in read.bands]), *parts] if read.bands else []


def _of_band(band: Band) -> Row:
    notes = [_("A person to talk to is offered first")] if band.seek_help else []
    if band.offer:
        notes.append(format_html(_("Offers another test: {key}"), key=_code(band.offer)))
    label = f"{band.low}–{band.high}"
    return Row(label, band.code, _cells(band.label_words, band.meaning_words, band.next_words), tuple(notes))


def _cells(*words: Words, options: tuple[Option, ...] = ()) -> tuple[Cell, ...]:
    return tuple(
        Cell(
            language,
            tuple(text[language] for text in words),
            tuple((option.value, option.words[language]) for option in options),
        )
        for language, _name in settings.LANGUAGES
    )


def facts(read: Questionnaire) -> list[tuple[str, Any]]:
    """Return what is said once: numbers and how the score is made."""
    scoring, found = read.scoring, []
    found.append((pgettext("of a test", "Kind"), read.kind.label))
    found.append((_("Minutes"), read.minutes))
    found.append((_("Smallest age"), read.minimum_age))
    found.append((_("Days until it makes sense to take it again"), read.retest_days))
    if scoring.method == "profile":
        found.append((_("Score"), _("None: the answers are the result")))
        return found
    found.append((_("Score"), f"{scoring.lowest}–{scoring.highest}"))
    found.append((_("A higher score means"), _("It is harder") if scoring.higher_is == "worse" else _("It is better")))
    if scoring.multiply != 1:
        found.append((_("The sum is multiplied by"), scoring.multiply))
    found.append((_("Passed-over questions that may be filled"), scoring.most_missing))
    if scoring.change:
        found.append((_("Points from which studies call a change one that matters"), scoring.change.points))
    return found


def sources(read: Questionnaire) -> list[tuple[str, list[str]]]:
    """Return what is written for professionals, in whatever language it is: licence, citation, where texts are from."""
    licence, change = read.content["licence"], read.scoring.change
    found = [
        (_("Citation"), [read.content["citation"]]),
        (_("Licence"), [licence["name"], licence["summary"], licence.get("file", "")]),
        (_("Attribution"), [licence["attribution"]]),
        (_("Change that matters"), [change.citation] if change else []),
        (_("Sources"), read.content["sources"]),
    ]
    return [(label, kept) for label, lines in found if (kept := [line for line in lines if line])]


def statuses(read: Questionnaire) -> list[tuple[str, str, str]]:
    """Return language, how far its text can be relied on, and the note about it."""
    found = read.content["text_status"]
    return [
        (name, TextStatus(found[code]["status"]).label, found[code].get("note", ""))
        for code, name in settings.LANGUAGES
    ]
