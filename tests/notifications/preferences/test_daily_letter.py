"""What is new comes together, once a day, at the hour that a person chose."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.db import connection

from accounts.models import User
from emocare.notices import tell
from notifications import daily_letter, tasks
from notifications.models import Delivery, Rhythm
from notifications.preferences import services
from tests.support.cast import make_person

pytestmark = pytest.mark.django_db
ALMATY, SEOUL, LOS_ANGELES = (ZoneInfo(name) for name in ("Asia/Almaty", "Asia/Seoul", "America/Los_Angeles"))


def at(hour: int, minute: int = 0, day: int = 23, zone: ZoneInfo = ALMATY) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=zone)


def new(person: User, moment: datetime) -> None:
    with time_machine.travel(moment, tick=False):
        tell(person, "trial_daily", "came")


def letters(*moments: datetime) -> list[int]:
    """Run the task at each of these moments; return how many letters it wrote each time."""
    written = []
    for moment in moments:
        with time_machine.travel(moment, tick=False):
            written.append(daily_letter.send_due())
    return written


def live_in(person: User, zone: ZoneInfo) -> None:
    User.objects.filter(pk=person.pk).update(time_zone=zone.key)


def ended() -> list[str]:
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


def test_news_of_a_day_come_in_one_letter_at_its_hour(owner):
    new(owner, at(9))
    new(owner, at(12))
    assert letters(at(17, 59), at(18), at(18, 15), at(23)) == [0, 1, 0, 0]
    assert ended() == ["sent", "sent"]


def test_what_comes_after_the_hour_waits_for_the_next_day(owner):
    new(owner, at(18, 30))
    assert letters(at(18, 45), at(23, 45), at(17, 45, day=24), at(18, day=24)) == [0, 0, 0, 1]


def test_what_was_read_meanwhile_is_in_no_letter(owner):
    new(owner, at(9))
    owner.notifications.update(read_at=at(10))
    assert letters(at(18)) == [0]
    assert ended() == ["dropped"]


def test_a_run_that_did_not_happen_is_made_up_for_without_moving_the_hour(owner):
    services.save_hours(user=owner, quiet=None, digest_hour=23, time_zone="Asia/Almaty", reminder_hour=None)
    new(owner, at(9))
    assert letters(at(0, 30, day=24)) == [1]
    new(owner, at(9, day=24))
    assert letters(at(23, day=24), at(0, day=25), at(22, 45, day=25), at(23, day=25)) == [0, 0, 0, 1]


def test_a_letter_waits_for_the_end_of_the_quiet_hours_each_day(owner):
    services.save_hours(user=owner, quiet=(1320, 480), digest_hour=23, time_zone="Asia/Almaty", reminder_hour=None)
    for day in (23, 24, 25):
        new(owner, at(9, day=day))
        assert letters(at(23, day=day), at(7, 45, day=day + 1), at(8, day=day + 1)) == [0, 0, 1]


def test_a_late_letter_keeps_out_of_the_quiet_hours(owner):
    services.save_hours(user=owner, quiet=(1320, 480), digest_hour=18, time_zone="Asia/Almaty", reminder_hour=None)
    new(owner, at(9))
    assert letters(at(23), at(8, day=24)) == [0, 1]


def test_another_hour_makes_no_second_letter_of_a_day(owner):
    new(owner, at(9))
    assert letters(at(18)) == [1]
    new(owner, at(18, 30))
    services.save_hours(user=owner, quiet=None, digest_hour=20, time_zone="Asia/Almaty", reminder_hour=None)
    assert letters(at(20), at(23), at(20, day=24)) == [0, 0, 1]


def test_whoever_moves_to_another_zone_gets_one_letter_a_day_of_theirs(owner):
    new(owner, at(9))
    assert letters(at(18)) == [1]
    new(owner, at(19))
    live_in(owner, LOS_ANGELES)
    assert letters(at(18, zone=LOS_ANGELES), at(17, day=24, zone=LOS_ANGELES)) == [0, 0]
    live_in(owner, SEOUL)
    assert letters(at(18, day=24, zone=SEOUL), at(18, 15, day=24, zone=SEOUL)) == [1, 0]


def test_a_clock_that_goes_back_makes_no_second_letter_and_one_that_was_ahead_holds_none_up(owner):
    new(owner, at(9))
    assert letters(at(18), at(17), at(18)) == [1, 0, 0]
    Rhythm.objects.update(digest_on=date(2031, 1, 1))
    new(owner, at(9, day=24))
    assert letters(at(18, day=24), at(18, day=24)) == [1, 0]
    new(owner, at(9).replace(year=2031))
    assert letters(at(18, day=25), at(18, day=25)) == [1, 0]


@pytest.mark.parametrize("lost", [{"email": None, "username": "a"}, {"is_active": False}])
def test_whoever_has_no_address_any_more_gets_no_letter(owner, lost):
    new(owner, at(9))
    User.objects.filter(pk=owner.pk).update(**lost)
    assert letters(at(18)) == [0]
    assert ended() == ["dropped"]


def test_one_persons_failure_does_not_stop_the_others_and_is_made_up_for(owner, other_user):
    for person in (owner, other_user):
        new(person, at(9))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks to come cannot be changed
        cursor.execute(f"ALTER TABLE notifications_rhythm ADD CONSTRAINT broken CHECK (user_id <> {owner.pk})")
        assert letters(at(18)) == [1]
        assert ended() == ["digest", "sent"]
        cursor.execute("ALTER TABLE notifications_rhythm DROP CONSTRAINT broken")
    assert letters(at(18, 15)) == [1]
    assert ended() == ["sent", "sent"]


def test_the_worker_runs_it(owner, django_capture_on_commit_callbacks):
    new(owner, at(9))
    with time_machine.travel(at(18), tick=False), django_capture_on_commit_callbacks(execute=True):
        tasks.daily_letters(timestamp=0)
    assert [letter.to for letter in mail.outbox] == [[owner.email]]
    assert "trial" not in mail.outbox[0].subject + mail.outbox[0].body


def test_people_whose_hour_has_not_come_cost_no_query(django_assert_num_queries):
    for number in range(8):
        new(make_person(f"person{number}"), at(9))
    with django_assert_num_queries(1):
        assert letters(at(17)) == [0]
