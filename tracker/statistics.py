"""What moods say when they are counted; plain functions of samples, without database, language or time zone."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import fsum, sqrt

ENOUGH_DAYS = 5  # with and without something; below that a difference says nothing
EXTREME_DAYS = 3


@dataclass(frozen=True)
class Sample:
    """A mood, 1 to 5, at a moment on the person's wall clock, with codes of feelings and causes."""

    at: datetime
    level: int
    feelings: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Summary:
    """How many moods, their mean (1 to 5), standard deviation, lowest and highest, and on how many days they are."""

    count: int
    mean: float
    spread: float
    lowest: int
    highest: int
    days: int


@dataclass(frozen=True)
class Effect:
    """How much the mean mood of days with something differs from that of days without it, in levels."""

    code: str
    days_with: int
    days_without: int
    mean_with: float
    mean_without: float

    @property
    def difference(self) -> float:
        return round(self.mean_with - self.mean_without, 6)  # 3.3 - 3.0 is 0.2999...


def mean(values: Sequence[float]) -> float | None:
    """Return the arithmetic mean, or None of nothing."""
    return fsum(values) / len(values) if values else None


def summarise(samples: Sequence[Sample]) -> Summary | None:
    """Return the summary, or None when there is no sample."""
    if not samples:
        return None
    levels = [sample.level for sample in samples]
    middle = mean(levels)
    spread = sqrt(fsum((level - middle) ** 2 for level in levels) / len(levels))
    return Summary(len(levels), middle, spread, min(levels), max(levels), len({sample.at.date() for sample in samples}))


def levels_by(samples: Iterable[Sample], key) -> dict:
    """Return the levels of samples grouped by key(sample), each group in the order of time."""
    groups = defaultdict(list)
    for sample in sorted(samples, key=lambda sample: sample.at):
        groups[key(sample)].append(sample.level)
    return dict(groups)


def by_day(samples: Iterable[Sample]) -> dict[date, list[int]]:
    return levels_by(samples, lambda sample: sample.at.date())


def by_weekday(samples: Iterable[Sample]) -> list[list[int]]:
    """Return the levels of each weekday, Monday first."""
    groups = levels_by(samples, lambda sample: sample.at.weekday())
    return [groups.get(i, []) for i in range(7)]


def by_hour(samples: Iterable[Sample]) -> list[list[int]]:
    """Return the levels of each hour of the day, 0 to 23."""
    groups = levels_by(samples, lambda sample: sample.at.hour)
    return [groups.get(i, []) for i in range(24)]


def extremes(samples: Iterable[Sample]) -> tuple[list[tuple[date, float]], list[tuple[date, float]]]:
    """Return the best and the hardest days with their means, each at most EXTREME_DAYS, the latest first of equals.

    A day above the middle of all days is a best one, a day below it a hardest one: days that are alike are neither.
    """
    days = sorted(((day, mean(levels)) for day, levels in by_day(samples).items()), reverse=True)
    if not days:
        return [], []
    middle = mean([value for _day, value in days])
    above = [item for item in days if item[1] > middle + 1e-9]
    below = [item for item in days if item[1] < middle - 1e-9]
    return (
        sorted(above, key=lambda item: -item[1])[:EXTREME_DAYS],
        sorted(below, key=lambda item: item[1])[:EXTREME_DAYS],
    )


def effects(samples: Iterable[Sample], attribute: str) -> list[Effect]:
    """Compare the days with each code of `attribute` ("feelings" or "causes") to the days without it.

    A day counts with the mean of its moods. Codes with fewer than ENOUGH_DAYS days on either side are left out; the
    largest difference comes first.
    """
    levels, codes = defaultdict(list), defaultdict(set)
    for sample in samples:
        day = sample.at.date()
        levels[day].append(sample.level)
        codes[day].update(getattr(sample, attribute))
    means = {day: mean(of_day) for day, of_day in levels.items()}
    found = []
    for code in sorted(set().union(*codes.values())):
        with_it = [value for day, value in means.items() if code in codes[day]]
        without = [value for day, value in means.items() if code not in codes[day]]
        if len(with_it) >= ENOUGH_DAYS and len(without) >= ENOUGH_DAYS:
            found.append(Effect(code, len(with_it), len(without), mean(with_it), mean(without)))
    return sorted(found, key=lambda effect: (-abs(round(effect.difference, 9)), effect.code))
