"""How the results of a person went: by test, and within one test. No answer is read here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import User
from emocare.dates import moment, written
from tests_app import access
from tests_app.models import Result, ResultQuerySet
from tests_app.questionnaire import Band, Questionnaire, of
from tests_app.results import drawing, sentences
from tests_app.safety.access import passed

PAGE_SIZE = 30
MOST_TESTS = 200  # on the page of all tests


def _read_only(user: User) -> ResultQuerySet:
    return access.results_of(user).defer("answers", "version__content")


@dataclass(frozen=True)
class Row:
    """One result of a list."""

    result: Result
    earlier_text: bool = False  # its text is not that of the newest result

    @property
    def questionnaire(self) -> Questionnaire:
        return of(self.result.version)

    @property
    def waits(self) -> bool:
        """Say whether the safety step comes before this result; until then nothing tells its score."""
        return not passed(self.result)

    @property
    def scored(self) -> bool:
        return self.result.score is not None and not self.waits

    @property
    def band(self) -> Band | None:
        return self.questionnaire.band_of(self.result.band)

    @property
    def in_words(self) -> str:
        """Say what came out: score and band, or why there is none."""
        if self.waits:
            return _("This result waits for you.")
        scoring = self.questionnaire.scoring
        if scoring.method == "profile":
            return _("Your answers in words")
        if self.result.score is None:
            return _("no score")
        score = sentences.score(self.result.score, scoring.lowest, scoring.highest)
        return f"{score}: {self.band.label}" if self.band else score

    @property
    def scale(self) -> tuple[int, int, str]:
        return self.questionnaire.scoring.scale


@dataclass(frozen=True)
class Comparison:
    """The last score beside the one before, in words."""

    last: Row
    before: Row

    @property
    def difference(self) -> int:
        return self.last.result.score - self.before.result.score

    @property
    def in_words(self) -> str:
        return sentences.compared(self.difference, self.last.questionnaire.scoring.higher_is)

    @property
    def matters(self) -> str:
        return sentences.matters(self.difference, self.last.questionnaire.scoring.change)

    @property
    def citation(self) -> str:
        change = self.last.questionnaire.scoring.change
        return change.citation if change else ""

    @property
    def texts_differ(self) -> bool:
        return self.last.result.version_id != self.before.result.version_id


def comparison(rows: Sequence[Row]) -> Comparison | None:
    """Compare the newest two of rows (newest first); nothing where one has no score or their scales differ."""
    if len(rows) < 2 or not (rows[0].scored and rows[1].scored) or rows[0].scale != rows[1].scale:
        return None
    return Comparison(rows[0], rows[1])


@dataclass(frozen=True)
class Taken:
    """A test that the person took: its last result, how often, and how it changed."""

    last: Row
    times: int
    comparison: Comparison | None


def by_test(user: User) -> list[Taken]:
    """Return each test that the person took, the one taken last first; one query."""
    newest = {"partition_by": F("instrument"), "order_by": [F("finished_at").desc(), F("pk").desc()]}
    ranked = (
        _read_only(user)
        .annotate(rank=Window(RowNumber(), **newest), times=Window(Count("pk"), partition_by=F("instrument")))
        .filter(rank__lte=2)[: 2 * MOST_TESTS]
    )
    found: dict[int, list[Result]] = {}
    for result in ranked:
        found.setdefault(result.instrument_id, []).append(result)
    taken = []
    for results in found.values():
        rows = [Row(result) for result in results]
        taken.append(Taken(rows[0], results[0].times, comparison(rows)))
    return taken


@dataclass(frozen=True)
class Course:
    """A page of the results of one test, newest first, with its drawing and a sentence on the newest two of all."""

    questionnaire: Questionnaire
    page: Page
    rows: list[Row]
    comparison: Comparison | None

    @property
    def drawn(self) -> list[Row]:
        """Return the rows of the page that have a place on the newest one's scale, oldest first."""
        scale = self.questionnaire.scoring.scale
        return [row for row in reversed(self.rows) if row.scored and row.scale == scale]

    @property
    def chart(self) -> SafeString | None:
        return chart(self.questionnaire, [_point(row) for row in self.drawn])

    @property
    def in_words(self) -> str:
        return "; ".join(_said(row) for row in self.drawn) + "."

    @property
    def direction(self) -> str:
        return sentences.direction(self.questionnaire)


def chart(questionnaire: Questionnaire, points: Sequence[drawing.Point]) -> SafeString | None:
    """Return the drawing of scores on the scale of a test; nothing where less than two could stand in it."""
    if len(points) < 2:
        return None
    scoring = questionnaire.scoring
    borders = [band.low for band in questionnaire.bands if band.low != scoring.lowest]
    return drawing.course(points, scoring.lowest, scoring.highest, borders)


def _said(row: Row) -> str:
    said = f"{moment(row.result.finished_at)}: {row.in_words}"
    return f"{said} ({_('earlier text of the test')})" if row.earlier_text else said


def _point(row: Row) -> drawing.Point:
    day = timezone.localdate(row.result.finished_at)
    return drawing.Point(row.result.score, written(day, "j.m.y"), _said(row))


def _rows(results: Iterable[Result], newest: Result) -> list[Row]:
    return [Row(result, result.version_id != newest.version_id) for result in results]


def course_of(user: User, key: str, number: str | None) -> Course | None:
    """Return a page of a person's results of one test; nothing where it was never taken."""
    results = _read_only(user).filter(instrument__key=key)
    first = list(results.annotate(total=Window(Count("pk")))[:PAGE_SIZE])
    if not first:
        return None
    pages = Paginator(results, PAGE_SIZE)
    pages.count = first[0].total  # known already
    page = pages.get_page(number)
    rows = _rows(first if page.number == 1 else page.object_list, first[0])
    return Course(of(first[0].version), page, rows, comparison(_rows(first[:2], first[0])))
