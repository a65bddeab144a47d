"""Day and time are the person's own, also where clocks change."""

from datetime import UTC, datetime

import pytest
import time_machine

from tests.support.html import errors, page, text_of, typed
from tracker.models import MoodEntry

RECORD = "/en/mood/record/"


@pytest.fixture
def living_in(owner, as_person):
    """Return a signed-in browser of the owner, who lives in this zone."""

    def move(zone: str):
        owner.time_zone = zone
        owner.save(update_fields=["time_zone"])
        return as_person(owner)

    return move


def moment() -> datetime:
    return MoodEntry.objects.get().felt_at


@pytest.mark.parametrize(
    ("zone", "hour"),
    [("Asia/Almaty", 4), ("UTC", 9), ("America/New_York", 14), ("Europe/Berlin", 8), ("Asia/Seoul", 0)],
)
@time_machine.travel(datetime(2026, 11, 18, 20, 0, tzinfo=UTC), tick=False)
def test_a_time_is_that_of_the_persons_clock(living_in, zone, hour):
    client = living_in(zone)
    client.post(RECORD, {"level": "3", "day": "2026-11-18", "time": "09:00"})
    assert moment() == datetime(2026, 11, 18, hour, 0, tzinfo=UTC)
    assert text_of(page(client.get("/en/mood/")).select_one(".entry time")) == "18 November 2026, 09:00"


@time_machine.travel(datetime(2026, 11, 18, 20, 0, tzinfo=UTC), tick=False)  # 01:00 of the 19th in Almaty
def test_today_is_the_day_of_the_person(living_in):
    almaty = living_in("Asia/Almaty")
    almaty.post(RECORD, {"level": "3", "day": "2026-11-19"})
    assert moment() == datetime(2026, 11, 18, 20, 0, tzinfo=UTC)
    new_york = living_in("America/New_York")
    assert errors(new_york.post(RECORD, {"level": "3", "day": "2026-11-19"}), "day")
    assert MoodEntry.objects.count() == 1


# New York, 8 March 2026: at 2:00 the clocks go to 3:00


@time_machine.travel(datetime(2026, 3, 8, 16, 0, tzinfo=UTC), tick=False)
def test_an_hour_that_does_not_exist_is_the_hour_after_it(living_in):
    client = living_in("America/New_York")
    client.post(RECORD, {"level": "3", "day": "2026-03-08", "time": "02:30"})
    assert moment() == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)
    assert "03:30" in text_of(page(client.get("/en/mood/")).select_one(".entry time"))


@time_machine.travel(datetime(2026, 3, 8, 7, 10, tzinfo=UTC), tick=False)  # 3:10
def test_an_hour_that_does_not_exist_is_never_later_than_now(living_in):
    living_in("America/New_York").post(RECORD, {"level": "3", "day": "2026-03-08", "time": "02:30"})
    assert moment() == datetime(2026, 3, 8, 7, 10, tzinfo=UTC)


# New York, 1 November 2026: at 2:00 the clocks go back to 1:00


@time_machine.travel(datetime(2026, 11, 1, 6, 10, tzinfo=UTC), tick=False)  # 1:10 for the second time
def test_an_hour_that_comes_twice_is_the_first_one(living_in):
    living_in("America/New_York").post(RECORD, {"level": "3", "day": "2026-11-01", "time": "01:40"})
    assert moment() == datetime(2026, 11, 1, 5, 40, tzinfo=UTC)


@time_machine.travel(datetime(2026, 11, 1, 5, 10, tzinfo=UTC), tick=False)  # 1:10 for the first time
def test_an_hour_that_comes_twice_and_has_not_come_once_is_refused(living_in):
    response = living_in("America/New_York").post(RECORD, {"level": "3", "time": "01:40"})
    assert errors(response, "time") == "This moment has not come yet."


@pytest.mark.parametrize("hour", [5, 6])
@time_machine.travel(datetime(2026, 11, 2, 12, 0, tzinfo=UTC), tick=False)
def test_editing_a_note_does_not_move_an_entry_of_the_hour_that_comes_twice(living_in, owner, record, hour):
    felt = datetime(2026, 11, 1, hour, 40, 17, tzinfo=UTC)
    entry, client = record(owner, 3, felt), living_in("America/New_York")
    address = f"/en/mood/{entry.public_id}/"
    shown = {name: typed(client.get(address), name) for name in ("day", "time")}
    assert shown == {"day": "2026-11-01", "time": "01:40"}
    client.post(address, shown | {"level": "3", "note": "жаңа сөз"})
    assert (moment(), MoodEntry.objects.get().note) == (felt, "жаңа сөз")
