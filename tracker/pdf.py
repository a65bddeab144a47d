"""The report on a period as a PDF file, for a psychologist or a doctor."""

from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from emocare.dates import moment, written
from emocare.printing import LACKING
from tracker import chart, sentences
from tracker.dynamics import Dynamics, Point, WordEffect
from tracker.models import MoodEntry
from tracker.paper import CHART_HEIGHT, Paper
from tracker.prompts import PROMPTS
from tracker.sentences import tenths
from tracker.statistics import Summary


def report(user: User, dynamics: Dynamics, entries: Iterable[MoodEntry]) -> bytes:
    """Return the PDF file of a period, with these entries and their notes, in the active language and time zone."""
    paper = Paper(f"{_('Report on the mood')}: {dynamics.period.title()}", get_language())
    _introduction(paper, user, dynamics)
    if dynamics.summary:
        _numbers(paper, dynamics)
        _course(paper, dynamics)
        _days(paper, dynamics)
        if dynamics.summary.days > 1:
            _habits(paper, dynamics)
        _effects(paper, _("What your mood came with"), dynamics.causes)
        _effects(paper, _("What you felt"), dynamics.feelings)
    _entries(paper, dynamics, list(entries))
    if paper.lacks:
        told = _("%(box)s stands for a sign that cannot be printed here, such as an emoji.")
        paper.paragraph(told % {"box": LACKING}, quiet=True)
    return bytes(paper.output())


def _introduction(paper: Paper, user: User, dynamics: Dynamics) -> None:
    paper.heading(_("Report on the mood"), 0)
    paper.paragraph(dynamics.period.title(), bold=True)
    paper.paragraph(
        _("%(name)s recorded this. It is a person's own record, not a diagnosis.") % {"name": user}, after=0.5
    )
    paper.paragraph(_("Made on: %(day)s") % {"day": written(timezone.localdate())}, after=4)
    paper.paragraph(sentences.overview(dynamics))


def _numbers(paper: Paper, dynamics: Dynamics) -> None:
    names = (_("Average"), _("Spread"), _("From – to"), _("Entries"), _("Days with an entry"))
    columns = {_("This period"): dynamics.summary}
    if dynamics.period.before():
        columns[_("The time before")] = dynamics.before
    rows = zip(names, *map(_figures, columns.values()), strict=True)
    paper.grid(["", *columns], list(rows), (4, *[3] * len(columns)))


def _figures(summary: Summary | None) -> list[str]:
    if not summary:
        return [str(sentences.EMPTY)] + [""] * 4
    spans = f"{summary.lowest} – {summary.highest}"
    return [tenths(summary.mean), tenths(summary.spread), spans, str(summary.count), str(summary.days)]


def _course(paper: Paper, dynamics: Dynamics) -> None:
    paper.heading(_("Mood over the period"), room=CHART_HEIGHT + 25)
    paper.paragraph(_("5 is very good, 1 is very bad. A circle is an average."), quiet=True)
    paper.chart(chart.draw(dynamics.points, sentences.of_point))
    today = timezone.localdate()
    parts = zip(dynamics.period.parts(), dynamics.points, strict=True)
    paper.heading(_("The same as a table"), 2)
    _table(paper, _("Part"), [point for part, point in parts if part.first <= today])


def _table(paper: Paper, first: str, points: Sequence[Point]) -> None:
    rows = [
        (point.name, f"{tenths(point.mean)} ({sentences.mood(point.mean)})", len(point.levels))
        if point.levels
        else (point.name, sentences.EMPTY, "")
        for point in points
    ]
    paper.grid([first, _("Average"), _("Entries")], rows, (5, 4, 2))


def _days(paper: Paper, dynamics: Dynamics) -> None:
    for heading, days in zip((_("Best days"), _("Hardest days")), dynamics.extremes, strict=True):
        if days:
            paper.heading(heading)
            paper.bullets([sentences.of_day(*day) for day in days])


def _habits(paper: Paper, dynamics: Dynamics) -> None:
    paper.heading(_("By day of the week"), room=85)
    paper.paragraph(sentences.of_weekdays(dynamics.weekdays))
    _table(paper, _("Day"), dynamics.weekdays)
    paper.heading(_("By hour of the day"))
    paper.paragraph(sentences.of_hours(dynamics.hours))
    _table(paper, _("Hour"), [point for point in dynamics.hours if point.levels])


def _effects(paper: Paper, heading: str, found: Sequence[WordEffect]) -> None:
    if not found:
        return
    paper.heading(heading, room=70)
    paper.bullets([sentences.of_effect(item) for item in found])
    paper.paragraph(_("This is not proof: two things that come together need not be cause and effect."))
    head = (_("Word"), _("Days with it"), _("Average"), _("Days without it"), _("Average"), _("Difference"))
    paper.grid(head, [_row(item) for item in found], (8, 8, 6, 8, 6, 6))


def _row(found: WordEffect) -> list[object]:
    effect = found.effect
    difference = ("+" if effect.difference > 0 else "") + tenths(effect.difference)
    with_it, without = tenths(effect.mean_with), tenths(effect.mean_without)
    return [found.word, effect.days_with, with_it, effect.days_without, without, difference]


def _entries(paper: Paper, dynamics: Dynamics, entries: Sequence[MoodEntry]) -> None:
    if not entries:
        return
    paper.heading(_("Entries and notes"))
    for entry in entries:
        level = f"{entry.mood} ({entry.level})" if entry.level else _("Journal entry")
        words = dynamics.vocabulary.words([*entry.feelings, *entry.causes])
        paper.keep(16)  # no heading alone at the foot of a page
        paper.paragraph(f"{level}, {moment(entry.felt_at)}", bold=True, after=0.5)
        for line in (", ".join(str(word) for word in words), str(PROMPTS.get(entry.prompt, ""))):
            if line:
                paper.paragraph(line, quiet=True, after=0.5)
        if entry.note:
            paper.paragraph(entry.note)
        paper.ln(2)
