"""When news may come: on the person's wall clock, in every zone, on the days on which clocks are changed too."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as some

from accounts.models import User
from accounts.zones import ZONES, zone_of
from notifications.clock import Clock
from notifications.models import Rhythm

BERLIN = ZoneInfo("Europe/Berlin")  # 2026: an hour is skipped on 29 March, one comes twice on 25 October
CHANGES = [
    datetime(2026, 3, 8, 10, tzinfo=UTC),  # Los Angeles
    datetime(2026, 3, 8, 7, tzinfo=UTC),  # New York
    datetime(2026, 3, 29, 1, tzinfo=UTC),  # Europe
    datetime(2026, 10, 25, 1, tzinfo=UTC),
    datetime(2026, 11, 1, 6, tzinfo=UTC),
    datetime(2026, 11, 1, 9, tzinfo=UTC),
    datetime(2024, 2, 29, 19, tzinfo=UTC),  # Almaty moved from UTC+6 to UTC+5
]
minutes = some.integers(0, 24 * 60 - 1)
near_a_change = some.builds(
    lambda change, minute: change + timedelta(minutes=minute), some.sampled_from(CHANGES), some.integers(-3000, 3000)
)
moments = near_a_change | some.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1), timezones=some.just(UTC))
zones = some.sampled_from([zone for zone, _name in ZONES])
MANY = settings(max_examples=120, deadline=None, database=None)


def at(*wall: int, fold: int = 0, zone: ZoneInfo = BERLIN) -> datetime:
    return datetime(*wall, fold=fold, tzinfo=zone).astimezone(UTC)


def night(start: int, end: int, zone: ZoneInfo = BERLIN) -> Clock:
    return Clock(zone, (start, end), 18)


@MANY
@given(moment=moments, zone=zones, start=minutes, end=minutes)
def test_what_is_due_is_never_in_quiet_hours_and_never_early(moment, zone, start, end):
    assume(start != end)
    clock = Clock(ZoneInfo(zone), (start, end), 18)
    due = clock.free_from(moment)
    assert not clock.is_quiet(due)
    assert moment <= due <= moment + timedelta(hours=50)  # two days where a clock skips the end of the hours
    assert due == moment or clock.is_quiet(moment)


@MANY
@given(moment=moments, zone=zones, start=minutes, length=some.integers(1, 20 * 60))
def test_between_now_and_what_is_due_it_is_quiet(moment, zone, start, length):
    clock = Clock(ZoneInfo(zone), (start, (start + length) % (24 * 60)), 18)
    due = clock.free_from(moment)
    if due - moment > timedelta(hours=3):  # where no clock is changed it comes to the minute
        assert clock.is_quiet(moment + timedelta(minutes=1))
    assert due - moment <= timedelta(minutes=length + 60)


@MANY
@given(moment=moments, zone=zones, hour=some.integers(0, 23), start=minutes, end=minutes)
def test_the_hour_of_the_daily_letter_comes_each_day_and_never_in_quiet_hours(moment, zone, hour, start, end):
    assume(start != end)
    clock = Clock(ZoneInfo(zone), (start, end), hour)
    daily = clock.daily_before(moment)
    assert daily <= moment
    assert not clock.is_quiet(daily)
    assert moment - daily <= timedelta(hours=75)
    assert clock.daily_before(daily) == daily


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (at(2026, 11, 23, 21, 59), at(2026, 11, 23, 21, 59)),
        (at(2026, 11, 23, 22, 0), at(2026, 11, 24, 8, 0)),
        (at(2026, 11, 24, 7, 59), at(2026, 11, 24, 8, 0)),
        (at(2026, 11, 24, 8, 0), at(2026, 11, 24, 8, 0)),
        (at(2026, 3, 28, 23, 0), at(2026, 3, 29, 8, 0)),  # the night has an hour less
        (at(2026, 10, 24, 23, 0), at(2026, 10, 25, 8, 0)),  # and one more
    ],
)
def test_a_night_ends_at_its_hour_by_the_wall_clock(now, due):
    assert night(22 * 60, 8 * 60).free_from(now) == due


def test_an_end_that_the_clock_skips_comes_after_as_many_hours_as_usual():
    assert night(22 * 60, 150).free_from(at(2026, 3, 29, 1, 0)) == at(2026, 3, 29, 3, 30)


def test_an_end_that_comes_twice_counts_each_time():
    clock = night(22 * 60, 150)
    assert clock.free_from(at(2026, 10, 25, 2, 10)) == at(2026, 10, 25, 2, 30)
    assert clock.free_from(at(2026, 10, 25, 2, 10, fold=1)) == at(2026, 10, 25, 2, 30, fold=1)


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../etc/passwd", "Asia", "/etc/localtime", "a\0b", "x" * 500])
def test_a_zone_that_does_not_exist_is_that_of_kazakhstan(name):
    assert zone_of(name) == ZoneInfo("Asia/Almaty")
    clock = Clock.of(User(time_zone=name), Rhythm(quiet_from=0, quiet_until=60))
    assert clock.is_quiet(datetime(2026, 11, 23, 19, 30, tzinfo=UTC))
