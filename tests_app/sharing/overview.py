"""Results over time side by side, as helpers see them: which test on which day, what came out, how it differs from the
one before. No answer is read here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from emocare.dates import written
from tests_app.models import Result
from tests_app.questionnaire import Questionnaire
from tests_app.results import drawing, history, sentences
from tests_app.results.outcomes import Reading, Shown, kept


@dataclass
class Taken:
    """A result, and the one before of the same test among those that the reader sees."""

    result: Result
    comparison: history.Comparison | None = None

    @cached_property
    def row(self) -> history.Row:
        return history.Row(self.result)

    @property
    def test(self) -> Questionnaire:
        return self.row.questionnaire

    @cached_property
    def day(self) -> date:
        return timezone.localdate(self.result.finished_at)

    @property
    def in_words(self) -> str:
        """Say what came out; of a profile, whose answers are the result, only that it was taken."""
        if self.test.scoring.method == "profile":
            return _("taken; this test has no score")
        return self.row.in_words

    @property
    def parts(self) -> list[Reading]:
        """Return the subscales that have a score."""
        return [part for part in Shown(self.test, kept(self.result)).parts if part.score is not None]

    @property
    def change(self) -> str:
        """Say how the score differs from the one before; nothing where they cannot be compared."""
        compared = self.comparison
        return sentences.change(compared.difference, self.test.scoring.higher_is) if compared else ""

    @property
    def matters(self) -> bool:
        """Say whether studies call that a change that matters."""
        known = self.comparison and self.test.scoring.change
        return bool(known) and abs(self.comparison.difference) >= known.points


@dataclass
class Row:
    """A test with what was taken of it on each of the days of a table."""

    test: Questionnaire
    cells: list[list[Taken]] = field(default_factory=list)


def taken(results: Iterable[Result]) -> list[Taken]:
    """Return results, newest first, each beside the one before of its test."""
    found = [Taken(result) for result in results]
    by_test: dict[int, list[Taken]] = {}
    for one in found:
        by_test.setdefault(one.result.instrument_id, []).append(one)
    for series in by_test.values():
        for later, earlier in pairwise(series):
            later.comparison = history.comparison([later.row, earlier.row])
    return found


def days_of(found: Iterable[Taken]) -> list[date]:
    """Return the days on which something was taken, latest first."""
    return sorted({one.day for one in found}, reverse=True)


def table(found: Iterable[Taken], days: Sequence[date]) -> list[Row]:
    """Return a row for each test that was taken on one of these days, by name, with a cell for each day."""
    place, rows = {day: number for number, day in enumerate(days)}, {}
    for one in found:
        if one.day in place:
            row = rows.setdefault(one.result.instrument_id, Row(one.test, [[] for _day in days]))
            row.cells[place[one.day]].append(one)
    return sorted(rows.values(), key=lambda row: row.test.name)


def tests_in(found: Iterable[Taken]) -> list[Questionnaire]:
    """Return the tests that were taken, by name, each as it was at last."""
    newest: dict[int, Questionnaire] = {}
    for one in found:
        newest.setdefault(one.result.instrument_id, one.test)
    return sorted(newest.values(), key=lambda test: test.name)


@dataclass(frozen=True)
class Course:
    """The scores of one test that a page shows, newest first, as a drawing and in words."""

    taken: list[Taken]

    @property
    def drawn(self) -> list[Taken]:
        """Return those with a place on the newest one's scale, oldest first."""
        scale = self.taken[0].row.scale if self.taken else None
        return [one for one in reversed(self.taken) if one.row.scored and one.row.scale == scale]

    @property
    def chart(self) -> SafeString | None:
        """Return the drawing; nothing where less than two scores could stand in it."""
        points = [drawing.Point(one.result.score, written(one.day, "j.m.y"), _said(one)) for one in self.drawn]
        return history.chart(self.taken[0].test, points) if points else None

    @property
    def in_words(self) -> str:
        return "; ".join(_said(one) for one in self.drawn) + "."

    @property
    def direction(self) -> str:
        return sentences.direction(self.taken[0].test)


def _said(one: Taken) -> str:
    return f"{written(one.day, 'DATE_FORMAT')}: {one.in_words}"
