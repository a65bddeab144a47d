"""What moods say when they are counted, against fractions and plain loops."""

import random
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker import statistics
from tracker.statistics import Sample

CODES = ["sleep", "pain", "people", "0f" * 16]
START = datetime(2026, 3, 1)
words = st.lists(st.sampled_from(CODES), max_size=3, unique=True).map(tuple)
moments = st.builds(
    lambda day, minute, us: START + timedelta(days=day, minutes=minute, microseconds=us),
    st.integers(0, 20),
    st.sampled_from([0, 1, 59, 60, 719, 720, 1380, 1439]),
    st.sampled_from([0, 0, 999_999]),
)
samples = st.lists(st.builds(Sample, moments, st.integers(1, 5), words, words), max_size=40)


def exact(levels: list[int]) -> Fraction:
    return Fraction(sum(levels), len(levels))


def by_date(taken: list[Sample]) -> dict[date, Fraction]:
    """Say the exact mean of each day."""
    levels: dict[date, list[int]] = {}
    for sample in taken:
        levels.setdefault(sample.at.date(), []).append(sample.level)
    return {day: exact(own) for day, own in levels.items()}


def of_days(levels: list[int], codes: set[int] = frozenset(), code: str = "sleep") -> list[Sample]:
    """Return one sample a day; those at the places `codes` have the code as a cause."""
    return [
        Sample(START + timedelta(days=i), level, (), (code,) if i in codes else ()) for i, level in enumerate(levels)
    ]


# Summaries


def test_nothing_has_no_summary():
    assert statistics.summarise([]) is None
    assert statistics.mean([]) is None
    assert statistics.extremes([]) == ([], [])
    assert statistics.effects([], "causes") == []
    assert (statistics.by_day([]), statistics.by_weekday([]), statistics.by_hour([])) == ({}, [[]] * 7, [[]] * 24)


def test_one_mood_is_its_own_mean_and_has_no_spread():
    found = statistics.summarise([Sample(START, 4)])
    assert found == statistics.Summary(count=1, mean=4, spread=0, lowest=4, highest=4, days=1)


def test_the_spread_is_that_of_the_whole_not_of_a_draw():
    assert statistics.summarise([Sample(START, 1), Sample(START, 5)]).spread == 2


@given(samples.filter(bool))
def test_a_summary_is_what_fractions_say(taken):
    levels, found = [sample.level for sample in taken], statistics.summarise(taken)
    middle = exact(levels)
    variance = sum((level - middle) ** 2 for level in levels) / len(levels)
    assert found.mean == pytest.approx(float(middle), abs=1e-12)
    assert found.spread**2 == pytest.approx(float(variance), abs=1e-9)
    assert (found.count, found.lowest, found.highest) == (len(levels), sorted(levels)[0], sorted(levels)[-1])
    assert found.days == len(by_date(taken))


@given(samples.filter(bool))
def test_mean_and_spread_stay_within_the_levels(taken):
    found = statistics.summarise(taken)
    assert found.lowest - 1e-9 <= found.mean <= found.highest + 1e-9
    assert 0 <= found.spread <= (found.highest - found.lowest) / 2 + 1e-9


# Groups


@given(samples)
def test_groups_hold_each_mood_once_where_it_belongs(taken):
    in_time = sorted(taken, key=lambda sample: sample.at)
    for i, levels in enumerate(statistics.by_weekday(taken)):
        assert levels == [sample.level for sample in in_time if sample.at.strftime("%u") == str(i + 1)]
    for i, levels in enumerate(statistics.by_hour(taken)):
        assert levels == [sample.level for sample in in_time if sample.at.strftime("%H") == f"{i:02}"]
    days = statistics.by_day(taken)
    assert set(days) == {sample.at.date() for sample in taken}
    for day, levels in days.items():
        assert levels == [sample.level for sample in in_time if sample.at.isoformat().startswith(day.isoformat())]


@given(samples, st.randoms(use_true_random=False))
def test_the_order_in_which_samples_come_does_not_matter(taken, chance: random.Random):
    taken = list({sample.at: sample for sample in taken}.values())
    mixed = chance.sample(taken, len(taken))
    for group in (statistics.by_day, statistics.by_weekday, statistics.by_hour, statistics.extremes):
        assert group(mixed) == group(taken)
    assert statistics.effects(mixed, "causes") == statistics.effects(taken, "causes")


# The best and the hardest days


@given(samples)
def test_no_day_outside_the_extremes_is_more_extreme(taken):
    means = by_date(taken)
    best, hardest = statistics.extremes(taken)
    middle = sum(means.values()) / len(means) if means else 0
    above = [day for day, value in means.items() if value > middle]
    below = [day for day, value in means.items() if value < middle]
    for shown, possible, sign in ((best, above, 1), (hardest, below, -1)):
        wanted = sorted(possible, key=lambda day: (sign * means[day], day), reverse=True)[:3]
        assert [day for day, _mean in shown] == wanted
        assert [value for _day, value in shown] == pytest.approx([float(means[day]) for day in wanted])


@given(samples)
def test_no_day_is_both_best_and_hardest(taken):
    best, hardest = ({day for day, _mean in days} for days in statistics.extremes(taken))
    assert not best & hardest


@given(st.integers(1, 5), st.integers(1, 30))
def test_days_that_are_alike_are_neither_best_nor_hardest(level, count):
    assert statistics.extremes(of_days([level] * count)) == ([], [])


def test_of_equal_days_the_latest_come_first():
    best, hardest = statistics.extremes(of_days([5, 5, 5, 5, 1, 1]))
    assert [day.day for day, _mean in best] == [4, 3, 2]
    assert [day.day for day, _mean in hardest] == [6, 5]


# What goes with a mood


def plain_effects(taken: list[Sample], attribute: str) -> dict[str, tuple[int, int, Fraction, Fraction]]:
    means = by_date(taken)
    found = {}
    for code in CODES:
        marked = {sample.at.date() for sample in taken if code in getattr(sample, attribute)}
        with_it = [means[day] for day in means if day in marked]
        without = [means[day] for day in means if day not in marked]
        if min(len(with_it), len(without)) >= 5:
            found[code] = (len(with_it), len(without), sum(with_it) / len(with_it), sum(without) / len(without))
    return found


@settings(max_examples=200)
@given(st.lists(st.builds(Sample, moments, st.integers(1, 5), words, words), min_size=10, max_size=60))
def test_effects_are_what_fractions_say(taken):
    for attribute in ("feelings", "causes"):
        expected, found = plain_effects(taken, attribute), statistics.effects(taken, attribute)
        assert {effect.code for effect in found} == set(expected)
        for effect in found:
            days_with, days_without, with_it, without = expected[effect.code]
            assert (effect.days_with, effect.days_without) == (days_with, days_without)
            assert effect.mean_with == pytest.approx(float(with_it), abs=1e-12)
            assert effect.difference == pytest.approx(float(with_it - without), abs=1e-6)
        exactly = [abs(expected[e.code][2] - expected[e.code][3]) for e in found]
        assert all(larger >= smaller - Fraction(1, 10**6) for larger, smaller in pairwise(exactly))


@pytest.mark.parametrize(("with_it", "without", "says"), [(4, 9, 0), (9, 4, 0), (5, 5, 1), (0, 20, 0), (20, 0, 0)])
def test_too_few_days_on_either_side_say_nothing(with_it, without, says):
    taken = of_days([2] * with_it + [4] * without, set(range(with_it)))
    assert len(statistics.effects(taken, "causes")) == says


def test_a_day_counts_once_however_often_it_was_recorded():
    often = [Sample(START + timedelta(minutes=i), 1, (), ("sleep",)) for i in range(50)]
    taken = of_days([5] * 10, set(range(5))) + often
    [effect] = statistics.effects(taken, "causes")
    assert (effect.days_with, effect.mean_without) == (5, 5)
    assert effect.mean_with == pytest.approx((4 * 5 + (50 + 5) / 51) / 5)


def test_what_was_named_once_on_a_day_belongs_to_the_whole_day():
    evenings = [Sample(sample.at + timedelta(hours=9), 5) for sample in of_days([1] * 5)]
    [effect] = statistics.effects([*of_days([1] * 5, set(range(5))), *evenings, *of_days([3] * 10)[5:]], "causes")
    assert (effect.mean_with, effect.difference) == (3, 0)


def test_feelings_are_not_causes():
    taken = of_days([1] * 5 + [5] * 5, set(range(5)))
    assert statistics.effects(taken, "feelings") == []


def test_of_equal_differences_the_order_is_stable():
    taken = [Sample(s.at, s.level, (), ("pain", *s.causes)) if i < 5 else s for i, s in enumerate(of_days([1] * 10))]
    both = [Sample(s.at, s.level, (), (*s.causes, "body")) if s.causes else s for s in taken]
    assert [effect.code for effect in statistics.effects(both, "causes")] == ["body", "pain"]
