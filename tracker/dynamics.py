"""How a person's mood went over a period: what the page of the dynamics, the print and the report show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils import timezone
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR

from accounts.models import User
from tracker import access, statistics
from tracker.choices import Level
from tracker.periods import Part, Period, Span
from tracker.statistics import Effect, Sample, Summary
from tracker.words import Vocabulary, Word


def nearest_level(mean: float) -> int:
    """Return the level nearest to a mean, a half counting up."""
    return int(mean + 0.5)


@dataclass(frozen=True)
class Point:
    """One column of a chart and one row of its table: some moods, and what they belong to."""

    name: str
    short_name: str
    levels: Sequence[int]

    @cached_property
    def mean(self) -> float | None:
        """Return the mean level, 1 to 5, or None when nothing is recorded."""
        return statistics.mean(self.levels)

    @property
    def nearest(self) -> Level | None:
        return Level(nearest_level(self.mean)) if self.levels else None


@dataclass(frozen=True)
class WordEffect:
    """A feeling or a cause, and how days with it differ."""

    word: Word
    effect: Effect


@dataclass(frozen=True)
class Dynamics:
    """A period, its moods and those of the period before."""

    period: Period
    samples: list[Sample]
    samples_before: list[Sample]
    vocabulary: Vocabulary

    @cached_property
    def summary(self) -> Summary | None:
        return statistics.summarise(self.samples)

    @cached_property
    def before(self) -> Summary | None:
        return statistics.summarise(self.samples_before)

    @cached_property
    def change(self) -> float | None:
        """Return how much higher the mean is than in the period before, in levels."""
        return round(self.summary.mean - self.before.mean, 6) if self.summary and self.before else None

    @cached_property
    def points(self) -> list[Point]:
        """Return the period part by part, also parts without a mood."""
        days = statistics.by_day(self.samples)

        def levels(part: Part) -> list[int]:
            return [level for day in sorted(days) if part.first <= day <= part.last for level in days[day]]

        return [Point(part.name(), part.short_name(self.period.span), levels(part)) for part in self.period.parts()]

    @cached_property
    def weekdays(self) -> list[Point]:
        groups = enumerate(statistics.by_weekday(self.samples))
        return [Point(str(WEEKDAYS[i]), str(WEEKDAYS_ABBR[i]), levels) for i, levels in groups]

    @cached_property
    def hours(self) -> list[Point]:
        groups = enumerate(statistics.by_hour(self.samples))
        return [Point(f"{hour:02}:00–{hour:02}:59", str(hour), levels) for hour, levels in groups]

    @cached_property
    def extremes(self) -> tuple[list[tuple[date, float]], list[tuple[date, float]]]:
        """Return the best and the hardest days."""
        return statistics.extremes(self.samples)

    @cached_property
    def causes(self) -> list[WordEffect]:
        return self._effects("causes")

    @cached_property
    def feelings(self) -> list[WordEffect]:
        return self._effects("feelings")

    def _effects(self, attribute: str) -> list[WordEffect]:
        found = ((self.vocabulary.word(effect.code), effect) for effect in statistics.effects(self.samples, attribute))
        return [WordEffect(word, effect) for word, effect in found if word]


def samples_of(user: User, period: Period) -> list[Sample]:
    """Return the moods of a period on the person's wall clock, in the order of time."""
    start, end = period.moments()
    rows = access.moods_of(user).filter(felt_at__gte=start, felt_at__lt=end).order_by("felt_at", "pk")
    return [
        Sample(timezone.localtime(felt_at).replace(tzinfo=None), level, tuple(feelings), tuple(causes))
        for felt_at, level, feelings, causes in rows.values_list("felt_at", "level", "feelings", "causes")
    ]


def dynamics_of(user: User, span: Span, day: date) -> Dynamics:
    """Return the period of the calendar that holds `day`; of all time, from the first entry to `day`."""
    earliest = None
    if span == Span.ALL:
        first = access.entries_of(user).order_by("felt_at").values_list("felt_at", flat=True).first()
        earliest = timezone.localtime(first).date() if first else None
    period = Period.around(span, day, earliest)
    before = period.before()
    return Dynamics(period, samples_of(user, period), samples_of(user, before) if before else [], Vocabulary(user))
