"""When a helper has time: on their clock, told on the reader's."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from accounts.helping.hours import availability, stretches
from accounts.models import HelperHours
from tests.support.html import errors, page, text_of

pytestmark = pytest.mark.django_db
MONDAY = "2026-11-23 05:00 +0000"  # ten in Almaty
PAGE = "/kk/people/hours/"


def hours(profile) -> list[tuple[int, str]]:
    return [(part.weekday, part.times) for part in profile.hours.all()]


def add(client, *days: int, start: str = "18:00", end: str = "21:00"):
    return client.post(PAGE, {"weekdays": days, "start": start, "end": end})


def shown(client, profile) -> str:
    return text_of(page(client.get(f"/en/helpers/{profile.public_id}/")).main)


def test_hours_are_added_to_several_days_and_removed_one_by_one(saule, as_person):
    client = as_person(saule.user)
    add(client, 0, 2)
    assert hours(saule) == [(0, "18:00–21:00"), (2, "18:00–21:00")]
    client.post(f"{PAGE}{saule.hours.first().public_id}/remove/")
    assert hours(saule) == [(2, "18:00–21:00")]


def test_hours_over_midnight_are_two_parts_also_from_sunday_to_monday(saule, as_person):
    add(as_person(saule.user), 6, start="22:00", end="02:00")
    assert hours(saule) == [(0, "00:00–02:00"), (6, "22:00–24:00")]


def test_a_whole_day_is_from_midnight_to_midnight(saule, as_person):
    add(as_person(saule.user), 1, start="00:00", end="00:00")
    assert hours(saule) == [(1, "00:00–24:00")]


@pytest.mark.parametrize(
    ("start", "end"), [("17:00", "18:30"), ("18:00", "21:00"), ("20:59", "23:00"), ("23:00", "19:00")]
)
def test_hours_that_overlap_are_refused_and_nothing_is_added(saule, as_person, start, end):
    client = as_person(saule.user)
    add(client, 0, 1)
    assert errors(add(client, 0, 3, start=start, end=end), "start")
    assert len(hours(saule)) == 2


def test_hours_that_touch_and_those_of_others_do_not_overlap(saule, make_helper, as_person):
    client = as_person(saule.user)
    add(client, 0)
    assert add(client, 0, start="21:00", end="22:00").status_code == 302
    assert add(as_person(make_helper("timur").user), 0).status_code == 302


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"weekdays": []}, "weekdays"),
        ({"weekdays": ["7"]}, "weekdays"),
        ({"weekdays": ["0\x00"]}, "weekdays"),
        ({"start": "25:00"}, "start"),
        ({"end": ""}, "end"),
        ({"start": "18:00", "end": "18:00"}, "end"),
    ],
)
def test_hours_that_cannot_be_are_refused_beside_their_field(saule, as_person, answers, field):
    right = {"weekdays": ["0"], "start": "18:00", "end": "21:00"}
    assert errors(as_person(saule.user).post(PAGE, right | answers), field)
    assert hours(saule) == []


def test_nobody_removes_the_hours_of_another(saule, unrelated_volunteer, owner, as_person):
    add(as_person(saule.user), 0)
    for stranger in (unrelated_volunteer, owner):
        assert as_person(stranger).post(f"{PAGE}{saule.hours.get().public_id}/remove/").status_code == 404
    assert len(hours(saule)) == 1


@time_machine.travel(MONDAY, tick=False)
def test_the_reader_sees_the_hours_on_their_own_clock(owner, saule, as_person):
    add(as_person(saule.user), 0)
    owner.time_zone = "Europe/Berlin"
    owner.save()
    words = shown(as_person(owner), saule)
    assert "14:00–17:00" in words
    assert "next on 23 November 2026, 14:00" in words


@time_machine.travel(MONDAY, tick=False)
def test_an_evening_in_almaty_goes_over_midnight_in_seoul(owner, saule, as_person):
    add(as_person(saule.user), 0)
    owner.time_zone = "Asia/Seoul"
    owner.save()
    words = shown(as_person(owner), saule)
    assert "Monday, 23 November: 22:00–24:00" in words
    assert "Tuesday, 24 November: 00:00–01:00" in words


@time_machine.travel("2026-11-23 19:30 +0000", tick=False)
def test_after_midnight_the_hours_of_yesterday_still_go_on(owner, saule, as_person):
    """It is half past midnight on Tuesday in Almaty."""
    add(as_person(saule.user), 0, start="22:00", end="02:00")
    assert "has time now, until 24 November 2026, 02:00" in shown(as_person(owner), saule)


@time_machine.travel(MONDAY, tick=False)
def test_a_helper_on_a_break_has_no_time(owner, make_helper, as_person):
    away = make_helper("away", on_break=True)
    add(as_person(away.user), 0, start="08:00", end="22:00")
    words = shown(as_person(owner), away)
    assert "on a break" in words
    assert "has time now" not in words


def test_without_hours_nothing_is_promised(owner, saule, as_person):
    assert "did not say yet" in shown(as_person(owner), saule)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 10, 25), (datetime(2026, 10, 24, 23, tzinfo=UTC), datetime(2026, 10, 25, 3, tzinfo=UTC))),
        (date(2026, 3, 29), (datetime(2026, 3, 29, 0, tzinfo=UTC), datetime(2026, 3, 29, 2, tzinfo=UTC))),
    ],
)
def test_a_night_in_which_clocks_change_is_an_hour_longer_or_shorter(day, expected):
    part = HelperHours(weekday=6, start_minute=60, end_minute=240)  # 01:00 to 04:00
    assert stretches([part], ZoneInfo("Europe/Berlin"), day, 1) == [expected]


def test_a_zone_without_such_changes_has_the_same_hours_all_year():
    part = HelperHours(weekday=6, start_minute=60, end_minute=240)
    for day in (date(2026, 10, 25), date(2026, 3, 29)):
        ((start, end),) = stretches([part], ZoneInfo("Asia/Almaty"), day, 1)
        assert (end - start).total_seconds() == 3 * 3600


def test_somebody_who_always_has_time_has_no_next_time(saule):
    always = [HelperHours(weekday=day, start_minute=0, end_minute=1440) for day in range(7)]
    found = availability(saule, always, datetime(2026, 11, 23, 12, tzinfo=UTC))
    assert found.free_until
    assert found.next_start is None
    assert len(found.coming) == 1
