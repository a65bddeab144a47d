"""Results over time side by side: which test on which day, with what score, and how it differs from the one before."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tests_app.models import Result
from tests_app.questionnaire import Band, Questionnaire, of


@dataclass(frozen=True)
class Change:
    """How a score differs from the one before of the same test, among the results that the reader sees.

    `is_better` is None where nothing changed; `is_real` is None where no value is published for it.
    """

    points: int
    is_better: bool | None
    is_real: bool | None
    citation: str = ""

    @property
    def words(self) -> str:
        """Say it plainly: how much, in which direction, whether that is better."""
        if not self.points:
            return _("the same as before")
        count = abs(self.points)
        if self.points < 0:
            said = ngettext("%(count)d point lower", "%(count)d points lower", count) % {"count": count}
        else:
            said = ngettext("%(count)d point higher", "%(count)d points higher", count) % {"count": count}
        return (
            _("%(change)s: better than before") % {"change": said}
            if self.is_better
            else (_("%(change)s: harder than before") % {"change": said})
        )

    @property
    def weight(self) -> str:
        """Say whether it may be chance; nothing where that is not known."""
        if self.is_real is None or not self.points:
            return ""
        return _("This is more than chance.") if self.is_real else _("It may be chance.")


@dataclass(frozen=True)
class Figure:
    """A score of the whole or of a part, with the words of its band."""

    name: str
    score: int | None
    band: Band | None


@dataclass
class Taken:
    """A result as helpers see it."""

    result: Result
    test: Questionnaire
    change: Change | None = None

    @property
    def day(self) -> date:
        return timezone.localdate(self.result.finished_at)

    @property
    def band(self) -> Band | None:
        return self.test.band_of(self.result.band)

    @property
    def has_score(self) -> bool:
        return self.test.scoring.method != "profile"

    @property
    def parts(self) -> list[Figure]:
        """Return the subscales that have a score."""
        found = []
        for part in self.test.scoring.parts:
            known = self.result.parts.get(part.code) or {}
            if known.get("score") is not None:
                band = next((band for band in part.bands if band.code == known.get("band")), None)
                found.append(Figure(part.name, known["score"], band))
        return found


@dataclass
class Row:
    """A test with what was taken of it on each of the days of a table."""

    test: Questionnaire
    cells: list[list[Taken]] = field(default_factory=list)


def taken(results: Iterable[Result]) -> list[Taken]:
    """Return results, newest first, each with its change against the one before of its test."""
    found = [Taken(result, of(result.version)) for result in results]
    by_test: dict[str, list[Taken]] = {}
    for one in found:
        by_test.setdefault(one.test.key, []).append(one)
    for series in by_test.values():
        for later, earlier in pairwise(series):
            later.change = change_between(earlier, later)
    return found


def change_between(earlier: Taken, later: Taken) -> Change | None:
    """Compare two scores of one test; nothing where one is missing or the scale became another."""
    before, now = earlier.test.scoring, later.test.scoring
    scales = {(s.method, s.lowest, s.highest, s.multiply, s.higher_is) for s in (before, now)}
    if earlier.result.score is None or later.result.score is None or len(scales) > 1:
        return None
    points = later.result.score - earlier.result.score
    return Change(
        points,
        is_better=None if not points else (points > 0) == (now.higher_is == "better"),
        is_real=abs(points) >= now.change.points if now.change else None,
        citation=now.change.citation if now.change else "",
    )


def days_of(found: Iterable[Taken]) -> list[date]:
    """Return the days on which something was taken, latest first."""
    return sorted({one.day for one in found}, reverse=True)


def table(found: Iterable[Taken], days: list[date]) -> list[Row]:
    """Return a row for each test that was taken on one of these days, by name, with a cell for each day."""
    rows: dict[str, Row] = {}
    for one in found:
        if one.day in days:
            row = rows.setdefault(one.test.key, Row(one.test, [[] for _day in days]))
            row.cells[days.index(one.day)].append(one)
    return sorted(rows.values(), key=lambda row: row.test.name)


def tests_in(found: Iterable[Taken]) -> list[Questionnaire]:
    """Return the tests that were taken, by name, each as it was at last."""
    newest: dict[str, Questionnaire] = {}
    for one in found:
        newest.setdefault(one.test.key, one.test)
    return sorted(newest.values(), key=lambda test: test.name)
