"""The report on a period as a PDF file, for a psychologist or a doctor."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from emocare.dates import moment, written
from emocare.printing import Part, bullets, document, grid, heading, paragraph, quiet, strong
from tracker import chart, sentences
from tracker.chart import HEIGHT, LEFT, LEVELS, RIGHT, WIDTH
from tracker.choices import Level
from tracker.dynamics import Dynamics, Point, WordEffect
from tracker.models import MoodEntry
from tracker.prompts import PROMPTS
from tracker.sentences import tenths
from tracker.statistics import Summary

MM = 170 / (WIDTH + 36)  # of a unit of the drawing; the scale has words here, and needs room for them
ROOM = 36 * MM  # for these words, besides the room that the drawing has for faces


def report(user: User, dynamics: Dynamics, entries: Iterable[MoodEntry]) -> bytes:
    """Return the PDF file of a period, with these entries and their notes, in the active language and time zone."""
    parts = _introduction(user, dynamics)
    if dynamics.summary:
        parts += [*_numbers(dynamics), *_course(dynamics), *_days(dynamics)]
        if dynamics.summary.days > 1:
            parts += _habits(dynamics)
        parts += _effects(_("What your mood came with"), dynamics.causes)
        parts += _effects(_("What you felt"), dynamics.feelings)
    parts += _entries(dynamics, list(entries))
    return document(f"{_('Report on the mood')}: {dynamics.period.title()}", parts, timezone.now())


def _introduction(user: User, dynamics: Dynamics) -> list[Part]:
    recorded = _("%(name)s recorded this. It is a person's own record, not a diagnosis.") % {"name": user}
    made = _("Made on: %(day)s") % {"day": written(timezone.localdate())}
    return [paragraph(recorded), paragraph(made), paragraph(sentences.overview(dynamics))]


def _numbers(dynamics: Dynamics) -> list[Part]:
    names = (_("Average"), _("Spread"), _("From – to"), _("Entries"), _("Days with an entry"))
    columns = {_("This period"): dynamics.summary}
    if dynamics.period.before():
        columns[_("The time before")] = dynamics.before
    rows = zip(names, *map(_figures, columns.values()), strict=True)
    return [grid(["", *columns], rows, (4, *[3] * len(columns)))]


def _figures(summary: Summary | None) -> list[str]:
    if not summary:
        return [str(sentences.EMPTY)] + [""] * 4
    spans = f"{summary.lowest} – {summary.highest}"
    return [tenths(summary.mean), tenths(summary.spread), spans, str(summary.count), str(summary.days)]


def _course(dynamics: Dynamics) -> list[Part]:
    today = timezone.localdate()
    parts = zip(dynamics.period.parts(), dynamics.points, strict=True)
    return [
        heading(_("Mood over the period")),
        quiet(_("5 is very good, 1 is very bad. A circle is an average.")),
        _chart(dynamics),
        heading(_("The same as a table"), 2),
        _table(_("Part"), [point for part, point in parts if part.first <= today]),
    ]


def _chart(dynamics: Dynamics) -> Part:
    """Return the drawing of the period, its scale in words; a mark holds the number of its level."""
    drawn = chart.draw(dynamics.points, sentences.of_point)

    def across(x: float) -> float:
        return ROOM + x * MM

    return {
        "kind": "chart",
        "alt": f"{_('Mood over the period')}. {sentences.of_points(dynamics.points)}",
        "height": HEIGHT * MM,
        "left": across(LEFT),
        "across": (WIDTH - RIGHT - LEFT) * MM,
        "levels": [(y * MM, f"{level} – {Level(level).label}") for y, level in LEVELS],
        "names": [(across(x), name) for x, name in drawn.names],
        "runs": [
            [(across(float(x)), float(y) * MM) for x, y in (point.split(",") for point in run.split())]
            for run in drawn.runs
        ],
        "marks": [(across(mark.x), mark.y * MM, str(mark.level.value)) for mark in drawn.marks],
        "radius": 3.2 if drawn.numbered else 2.0,
    }


def _table(first: str, points: Sequence[Point]) -> Part:
    rows = [
        (point.name, f"{tenths(point.mean)} ({sentences.mood(point.mean)})", len(point.levels))
        if point.levels
        else (point.name, sentences.EMPTY, "")
        for point in points
    ]
    return grid([first, _("Average"), _("Entries")], rows, (5, 4, 2))


def _days(dynamics: Dynamics) -> Iterator[Part]:
    for words, days in zip((_("Best days"), _("Hardest days")), dynamics.extremes, strict=True):
        if days:
            yield heading(words)
            yield bullets(sentences.of_day(*day) for day in days)


def _habits(dynamics: Dynamics) -> list[Part]:
    return [
        heading(_("By day of the week")),
        paragraph(sentences.of_weekdays(dynamics.weekdays)),
        _table(_("Day"), dynamics.weekdays),
        heading(_("By hour of the day")),
        paragraph(sentences.of_hours(dynamics.hours)),
        _table(_("Hour"), [point for point in dynamics.hours if point.levels]),
    ]


def _effects(words: str, found: Sequence[WordEffect]) -> list[Part]:
    if not found:
        return []
    head = (_("Word"), _("Days with it"), _("Average"), _("Days without it"), _("Average"), _("Difference"))
    return [
        heading(words),
        bullets(sentences.of_effect(item) for item in found),
        paragraph(_("This is not proof: two things that come together need not be cause and effect.")),
        grid(head, [_row(item) for item in found], (8, 8, 6, 8, 6, 6)),
    ]


def _row(found: WordEffect) -> list[object]:
    effect = found.effect
    difference = ("+" if effect.difference > 0 else "") + tenths(effect.difference)
    with_it, without = tenths(effect.mean_with), tenths(effect.mean_without)
    return [found.word, effect.days_with, with_it, effect.days_without, without, difference]


def _entries(dynamics: Dynamics, entries: Sequence[MoodEntry]) -> Iterator[Part]:
    if entries:
        yield heading(_("Entries and notes"))
    for entry in entries:
        level = f"{entry.mood} ({entry.level})" if entry.level else _("Journal entry")
        words = dynamics.vocabulary.words([*entry.feelings, *entry.causes])
        yield strong(f"{level}, {moment(entry.felt_at)}")
        for line in (", ".join(str(word) for word in words), str(PROMPTS.get(entry.prompt, ""))):
            if line:
                yield quiet(line)
        if entry.note:
            yield paragraph(entry.note)
