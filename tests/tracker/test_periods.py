"""Spans of the calendar: whole, without gaps, and beginning at midnight on the person's wall."""

import calendar
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation
from hypothesis import example, given
from hypothesis import strategies as st

from accounts.zones import ZONES
from tests.tracker.test_week import STRANGE
from tracker.periods import Period, Span

zones = st.sampled_from([name for name, _label in ZONES] + STRANGE)
days = st.dates(date(2005, 1, 1), date(2090, 12, 31))
CALENDAR = [Span.WEEK, Span.FORTNIGHT, Span.MONTH, Span.QUARTER, Span.YEAR]
spans = st.sampled_from(CALENDAR)
all_times = st.builds(
    lambda day, back: Period.around(Span.ALL, day, day - timedelta(days=back)), days, st.integers(-3, 4000)
)
periods = st.one_of(st.builds(Period.around, spans, days), all_times)


def each_day(first: date, last: date) -> list[date]:
    found = []
    while first <= last:
        found.append(first)
        first += timedelta(days=1)
    return found


@given(spans, days)
@example(Span.WEEK, date(2027, 1, 1))
@example(Span.MONTH, date(2028, 2, 29))
@example(Span.QUARTER, date(2026, 12, 31))
def test_a_period_holds_its_day_and_is_as_long_as_the_calendar_says(span, day):
    period = Period.around(span, day)
    length = {
        Span.WEEK: 7,
        Span.FORTNIGHT: 14,
        Span.MONTH: calendar.monthrange(day.year, day.month)[1],
        Span.QUARTER: sum(calendar.monthrange(day.year, (day.month - 1) // 3 * 3 + i)[1] for i in (1, 2, 3)),
        Span.YEAR: 366 if calendar.isleap(day.year) else 365,
    }[span]
    assert period.holds(day)
    assert period.days == length == len(each_day(period.first, period.last))


@given(st.sampled_from([Span.WEEK, Span.MONTH, Span.QUARTER, Span.YEAR]), days)
def test_every_day_of_a_period_leads_to_the_same_period(span, day):
    period = Period.around(span, day)
    assert {Period.around(span, any_day) for any_day in (period.first, period.last, day)} == {period}


@given(days)
def test_periods_begin_where_people_expect(day):
    assert Period.around(Span.WEEK, day).first.isoweekday() == 1
    assert Period.around(Span.FORTNIGHT, day).last == day
    assert Period.around(Span.MONTH, day).first == day.replace(day=1)
    assert Period.around(Span.YEAR, day).first == date(day.year, 1, 1)
    quarter = Period.around(Span.QUARTER, day).first
    assert (quarter.day, quarter.month % 3) == (1, 1)


# All time


@given(days, st.integers(0, 4000))
def test_all_time_goes_from_the_first_mood_to_the_day(day, back):
    period = Period.around(Span.ALL, day, day - timedelta(days=back))
    assert (period.first, period.last) == (day - timedelta(days=back), day)
    assert (period.before(), period.after()) == (None, None)


@given(days, st.integers(1, 400))
def test_all_time_without_moods_or_before_the_first_one_is_the_day(day, ahead):
    for earliest in (None, day + timedelta(days=ahead)):
        assert Period.around(Span.ALL, day, earliest) == Period(Span.ALL, day, day)


# Neighbours


@given(spans, days)
def test_the_period_before_ends_the_day_before_and_the_one_after_begins_the_day_after(span, day):
    period = Period.around(span, day)
    before, after = period.before(), period.after()
    assert before.last + timedelta(days=1) == period.first
    assert after.first - timedelta(days=1) == period.last
    assert before.span == after.span == span


@given(spans, days)
def test_one_back_and_one_forward_is_where_one_was(span, day):
    period = Period.around(span, day)
    assert period.before().after() == period.after().before() == period


@pytest.mark.parametrize("span", CALENDAR)
def test_going_back_ends(span):
    period, steps = Period.around(span, date(2026, 11, 22)), 0
    while period := period.before():
        steps += 1
    assert 0 < steps < 1500


# Parts


@given(periods)
def test_parts_hold_each_day_of_the_period_once(period):
    assert [day for part in period.parts() for day in each_day(part.first, part.last)] == each_day(
        period.first, period.last
    )


@given(periods)
def test_parts_are_days_or_weeks_or_months_or_years(period):
    parts = period.parts()
    assert sum(part.days for part in parts) == period.days
    if period.span in {Span.WEEK, Span.FORTNIGHT, Span.MONTH}:
        assert all(part.days == 1 for part in parts)
    for _left, right in pairwise(parts):
        starts_well = right.first.isoweekday() == 1 or right.first.day == 1
        assert starts_well or period.days <= 31


@given(periods)
def test_a_chart_never_has_more_columns_than_it_can_show(period):
    assert len(period.parts()) <= 31


@given(periods, st.sampled_from(["kk", "ru", "en"]))
def test_every_part_has_a_name_of_its_own(period, language):
    with translation.override(language):
        names = [part.name() for part in period.parts()]
        assert all(part.short_name(period.span) for part in period.parts())
    assert len(set(names)) == len(names)


@given(spans, days)
def test_neighbouring_periods_have_different_titles(span, day):
    period = Period.around(span, day)
    with translation.override("en"):
        assert len({period.before().title(), period.title(), period.after().title()}) == 3


# On the wall


@given(periods, zones)
@example(Period.around(Span.WEEK, date(2011, 12, 30)), "Pacific/Apia")  # a day that never was
@example(Period(Span.ALL, date(2011, 12, 30), date(2011, 12, 30)), "Pacific/Apia")
@example(Period(Span.ALL, date(2017, 10, 15), date(2017, 10, 15)), "America/Sao_Paulo")  # no midnight
def test_moments_are_the_midnights_of_the_first_day_and_of_the_day_after_the_last(period, zone):
    place = ZoneInfo(zone)
    with timezone.override(place):
        start, end = period.moments()
    for moment, day in ((start, period.first), (end, period.last + timedelta(days=1))):
        just_before = moment.astimezone(UTC) - timedelta(microseconds=1)
        assert just_before.astimezone(place).date() < day <= moment.astimezone(UTC).astimezone(place).date()
    assert start.astimezone(UTC) <= end.astimezone(UTC)


@given(st.sampled_from(CALENDAR), days, zones)
def test_moments_of_neighbours_leave_no_gap(span, day, zone):
    period = Period.around(span, day)
    with timezone.override(ZoneInfo(zone)):
        assert period.before().moments()[1] == period.moments()[0]
        assert period.moments()[1] == period.after().moments()[0]


@given(days, st.integers(0, 86_399), zones)
def test_a_moment_lies_in_the_period_of_its_day_on_the_wall(day, second, zone):
    place = ZoneInfo(zone)
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(seconds=second)
    with timezone.override(place):
        for span in CALENDAR:
            start, end = Period.around(span, moment.astimezone(place).date()).moments()
            assert start <= moment < end
