"""What a week holds, against a plain reference; and its picture."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import chain, pairwise
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.zones import ZONES
from tracker import chart
from tracker.choices import Level
from tracker.dynamics import nearest_level
from tracker.models import MoodEntry
from tracker.week import Day, Week, week_of

# Beside the zones that people choose: clocks that change at midnight, by half an hour, and a day that never was.
STRANGE = ["Africa/Cairo", "America/Sao_Paulo", "Asia/Tehran", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu"]
zones = st.sampled_from([name for name, _label in ZONES] + STRANGE)
CHANGES = [date(2026, 3, 8), date(2026, 3, 29), date(2026, 10, 25), date(2026, 11, 1), date(2024, 3, 1)]
days = st.one_of(st.sampled_from(CHANGES), st.dates(date(2017, 1, 1), date(2027, 12, 31)))
minutes = st.one_of(st.integers(-15 * 1440, 8 * 1440), st.integers(-15, 8).flatmap(lambda d: st.just(d * 1440)))
edges = st.tuples(minutes, st.sampled_from([-1, 0, 0, 1]), st.integers(1, 5))
entries = st.lists(edges, max_size=12)


def moments(today: date, zone: ZoneInfo, drawn: list) -> list[tuple[datetime, int]]:
    """Place drawn entries around the day, many of them a microsecond before, at and after a midnight."""
    midnight = datetime(today.year, today.month, today.day, tzinfo=zone).astimezone(UTC)
    return [(midnight + timedelta(minutes=m, microseconds=us), level) for m, us, level in drawn]


def reference(today: date, zone: ZoneInfo, felt: list[tuple[datetime, int]]) -> tuple[list, list]:
    """Say what the week and the week before hold, entry by entry, by the date on the wall."""
    monday = today - timedelta(days=today.weekday())
    by_date = sorted((moment, n, moment.astimezone(zone).date(), level) for n, (moment, level) in enumerate(felt))
    in_days = [[level for _m, _n, day, level in by_date if day == monday + timedelta(days=i)] for i in range(-7, 7)]
    return in_days[7:], list(chain(*in_days[:7]))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(zone=zones, today=days, drawn=entries)
@example(zone="Asia/Almaty", today=date(2024, 3, 1), drawn=[(-30, 0, 1), (-90, 0, 5), (0, -1, 2), (0, 0, 3)])
def test_a_week_holds_what_the_calendar_on_the_wall_says(owner, zone, today, drawn):
    place = ZoneInfo(zone)
    felt = moments(today, place, drawn)
    MoodEntry.objects.all().delete()
    MoodEntry.objects.bulk_create([MoodEntry(owner=owner, level=level, felt_at=moment) for moment, level in felt])
    this_week, before = reference(today, place, felt)
    with timezone.override(place):
        week = week_of(owner, today)
    assert [[entry.level for entry in day.entries] for day in week.days] == this_week
    assert [day.date.weekday() for day in week.days] == list(range(7))
    assert week.days[today.weekday()].date == today
    assert week.mean_before == (pytest.approx(sum(before) / len(before)) if before else None)


def test_a_week_is_the_owners_alone(owner, other_user, record):
    record(other_user, 1, datetime(2026, 11, 18, 7, tzinfo=UTC))
    record(other_user, 1, datetime(2026, 11, 11, 7, tzinfo=UTC))
    week = week_of(owner, date(2026, 11, 18))
    assert (week.levels, week.mean, week.mean_before) == ([], None, None)


# Levels, means and comparisons, without the database

levels_of_days = st.lists(st.lists(st.integers(1, 5), max_size=4), min_size=7, max_size=7)


def week_with(levels: list[list[int]], mean_before: float | None = None) -> Week:
    monday = date(2026, 11, 16)
    noon = datetime(2026, 11, 16, 12, tzinfo=UTC)
    return Week(
        [
            Day(
                monday + timedelta(days=i),
                [MoodEntry(level=Level(level), felt_at=noon + timedelta(days=i)) for level in own],
            )
            for i, own in enumerate(levels)
        ],
        mean_before,
    )


@given(st.lists(st.integers(1, 5), min_size=1, max_size=40))
def test_the_nearest_level_is_the_mean_rounded_with_a_half_counting_up(levels):
    exact = Fraction(sum(levels), len(levels))
    nearest = nearest_level(sum(levels) / len(levels))
    assert abs(nearest - exact) <= Fraction(1, 2)
    assert nearest - exact != Fraction(-1, 2)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=30), st.lists(st.integers(1, 5), min_size=1, max_size=30))
def test_a_comparison_is_made_with_exact_means(now, before):
    change = Fraction(sum(now), len(now)) - Fraction(sum(before), len(before))
    expected = "better" if change >= Fraction(3, 10) else "harder" if change <= -Fraction(3, 10) else "about the same"
    week = week_with([now, *[[]] * 6], sum(before) / len(before))
    with translation.override("en"):
        assert week.sentence().endswith(f"This week is {expected} than last week.".replace("same than", "same as"))


# The chart

weeks = levels_of_days.map(week_with)


@given(weeks)
def test_all_marks_stand_inside_the_drawing(week):
    drawn = chart.draw(week.days, str)
    points = [(mark.x, mark.y) for mark in drawn.marks] + drawn.dots
    points += [tuple(map(float, point.split(","))) for run in drawn.runs for point in run.split()]
    assert all(chart.LEFT < x < chart.WIDTH - chart.RIGHT for x, _y in points)
    assert all(chart.TOP <= y <= chart.HEIGHT - chart.BOTTOM for _x, y in points)
    assert [y for y, _level in chart.LEVELS] == sorted(y for y, _level in chart.LEVELS)
    assert [level.value for _y, level in chart.LEVELS] == [5, 4, 3, 2, 1]


@given(weeks)
def test_days_go_from_left_to_right_and_a_better_day_stands_higher(week):
    drawn = chart.draw(week.days, str)
    columns = [x for x, _day in drawn.columns]
    assert len(columns) == 7
    assert max(right - left for left, right in pairwise(columns)) == pytest.approx(columns[1] - columns[0], abs=0.2)
    y_of = {mark.x: mark.y for mark in drawn.marks}
    assert set(y_of) == {x for x, day in drawn.columns if day.entries}
    by_mean = sorted((day.mean, y_of[x]) for x, day in drawn.columns if day.entries)
    assert all(higher <= lower for (_m, lower), (_n, higher) in pairwise(by_mean))


@given(weeks)
def test_a_line_joins_neighbouring_days_and_breaks_at_days_without_entries(week):
    drawn = chart.draw(week.days, str)
    joined = {(left.split(",")[0], right.split(",")[0]) for run in drawn.runs for left, right in pairwise(run.split())}
    expected = {
        (str(left), str(right))
        for (left, day), (right, next_day) in pairwise(drawn.columns)
        if day.entries and next_day.entries
    }
    assert joined == expected


@given(weeks)
def test_single_entries_are_drawn_only_where_a_day_has_several(week):
    assert len(chart.draw(week.days, str).dots) == sum(len(set(day.levels)) for day in week.days if len(day.levels) > 1)
