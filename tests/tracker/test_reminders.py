"""The daily reminder to record a mood: at the hour that a person picked, on their own wall clock, once a day."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Profile, User
from accounts.zones import ZONES
from notifications.kinds import table
from notifications.models import Notification
from tests.accounts.support import at_once
from tests.support.background import waiting as tasks_waiting
from tests.support.cast import make_person
from tests.support.html import page, text_of
from tests.support.news import told
from tracker import reminders, tasks
from tracker.models import MoodEntry

pytestmark = pytest.mark.django_db
HOUR, STEP = timedelta(hours=1), timedelta(minutes=5)
NIGHT = {"Europe/Berlin": (date(2027, 3, 28), date(2027, 10, 31)), "America/New_York": (date(2027, 3, 14),)}


def picks(person: User, hour: int | None, zone: str = "Asia/Almaty") -> User:
    User.objects.filter(pk=person.pk).update(time_zone=zone)
    Profile.objects.filter(user=person).update(reminder_hour=hour)
    return person


def run(at: str | datetime) -> None:
    """Run the task as the worker does, at a moment."""
    with time_machine.travel(at, tick=False):
        tasks.remind.func(timestamp=int(timezone.now().timestamp()))


@pytest.fixture
def waiting(owner) -> User:
    """Somebody who is to be reminded at eight in the evening."""
    return picks(owner, 20)


def test_it_comes_in_the_hour_that_was_picked_and_once(waiting):
    for at in ("19:59", "20:05", "20:10", "20:59", "21:00", "20:30"):  # the last: somebody put the clock back
        run(f"2026-11-23 {at} +0500")
    assert told() == ["mood_reminder due"]
    run("2026-11-24 20:00 +0500")
    assert told(waiting) == ["mood_reminder due"] * 2


def test_a_worker_that_was_down_does_not_make_up_for_it_at_night(waiting):
    run("2026-11-23 23:40 +0500")
    assert told() == []


def test_whoever_has_recorded_a_mood_on_that_day_is_not_reminded(waiting):
    MoodEntry.objects.create(owner=waiting, level=4, felt_at=datetime(2026, 11, 22, 19, 1, tzinfo=UTC))  # 00:01
    run("2026-11-23 20:05 +0500")
    assert told() == []
    run("2026-11-24 20:05 +0500")
    assert told() == ["mood_reminder due"]


def test_words_alone_and_a_mood_of_yesterday_are_no_mood_of_today(waiting):
    MoodEntry.objects.create(owner=waiting, note="Сөз", felt_at=datetime(2026, 11, 23, 10, tzinfo=UTC))
    MoodEntry.objects.create(owner=waiting, level=4, felt_at=datetime(2026, 11, 22, 18, 59, tzinfo=UTC))  # 23:59
    run("2026-11-23 20:05 +0500")
    assert told() == ["mood_reminder due"]


@pytest.mark.parametrize(
    "change",
    [
        {"is_active": False},
        {"agreed_version": ""},
        {"agreed_version": "2020-01-01"},
        {"erasure_due_at": datetime(2026, 11, 29, tzinfo=UTC)},
        {"sixteen_from": date(2030, 1, 1)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_account_that_is_closed_for_now_is_left_alone(waiting, change):
    User.objects.filter(pk=waiting.pk).update(**change)
    run("2026-11-23 20:05 +0500")
    assert told() == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_remind_once(waiting):
    now = datetime(2026, 11, 23, 15, 5, tzinfo=UTC)
    assert sorted(at_once(*[lambda: reminders.remind(now)] * 2)) == [0, 1]
    assert told() == ["mood_reminder due"]


@pytest.mark.django_db(transaction=True)
def test_no_task_of_the_test_before_is_left():
    assert tasks_waiting() == []


def test_each_is_reminded_on_their_own_clock(owner, other_user, admin):
    picks(owner, 20)
    picks(other_user, 15, "UTC")
    picks(admin, 10, "America/New_York")
    run("2026-11-23 20:05 +0500")
    assert told(owner) == told(other_user) == told(admin) == ["mood_reminder due"]
    assert set(Notification.objects.values_list("key", flat=True)) == {"2026-11-23"}


@pytest.mark.parametrize(("zone", "day"), [(zone, day) for zone, days in NIGHT.items() for day in days])
@pytest.mark.parametrize("hour", [1, 2, 3])
def test_in_a_night_of_a_clock_change_it_comes_once(owner, zone, day, hour):
    picks(owner, hour, zone)
    moment = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    for i in range(6 * 4):
        run(moment + i * timedelta(minutes=15))
    assert told() == ["mood_reminder due"]
    local = Notification.objects.get().made_at.astimezone(ZoneInfo(zone))
    assert (local.date(), local.hour) == (day, 3 if hour == 2 and day.month == 3 else hour)


@given(st.sampled_from([name for name, _words in ZONES]), st.datetimes(datetime(2024, 1, 2), datetime(2037, 1, 1)))
def test_every_hour_of_every_day_has_its_turn(name, moment):
    """Walk two days: each hour of the wall clock that a day has or leaves out comes, and no later than the next."""
    zone, now = ZoneInfo(name), moment.replace(minute=moment.minute // 5 * 5, second=0, microsecond=0, tzinfo=UTC)
    seen: dict[datetime, datetime] = {}
    for i in range(48 * 4):
        at = now + i * timedelta(minutes=15)
        for hour in reminders.hours_due(at, zone):
            seen.setdefault(hour, at.astimezone(zone).replace(tzinfo=None))
    first = min(seen)
    assert sorted(seen) == [first + i * HOUR for i in range(len(seen))]
    assert len(seen) in {47, 48, 49, 50}
    assert all(hour <= at < hour + 2 * HOUR for hour, at in seen.items())


def test_many_people_cost_no_more_queries_than_one_but_for_the_tasks(owner):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            run("2026-11-23 20:05 +0500")
        return len([query for query in queries if "procrastinate" not in query["sql"]])

    picks(owner, 20)
    before = cost()
    Notification.objects.all().delete()
    for i in range(30):
        picks(make_person(f"p{i}", email=None, username=f"p{i}"), 20)
    assert cost() == before
    assert len(told()) == 31


def test_more_people_than_one_transaction_takes_are_all_reminded(owner, monkeypatch):
    monkeypatch.setattr(reminders, "BATCH", 2)
    for i in range(5):
        picks(make_person(f"p{i}"), 20)
    run("2026-11-23 20:05 +0500")
    assert len(told()) == 5


def test_the_hour_is_picked_in_the_profile_and_can_be_given_up(owner, as_person):
    client = as_person(owner)
    shown = page(client.get("/en/profile/"))
    assert "By the clock of the time zone" in text_of(shown.main)
    assert text_of(shown.select_one("#id_reminder_hour option")) == "No reminder"
    answers = {"shown_name": "Мен", "language": "kk", "time_zone": "Asia/Almaty", "avatar": "sun", "region": ""}
    for typed, kept in (("20", 20), ("", None)):
        client.post("/en/profile/", answers | {"reminder_hour": typed})
        assert Profile.objects.get(user=owner).reminder_hour == kept


def test_its_words_outside_say_nothing_of_moods():
    kind = table()["mood_reminder"]
    assert "mood" not in str(kind.outside).lower()
    assert kind.lasts == timedelta(hours=4)
