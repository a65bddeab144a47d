"""On which ways news leaves Emocare, and when."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.mail import EmailMessage

from accounts.models import User
from emocare.background import SAFETY
from emocare.notices import tell
from notifications.models import Choice, Delivery, PushSubscription, Rhythm
from notifications.services import notify_all
from tests.support.background import waiting, work
from tests.support.cast import make_person

pytestmark = pytest.mark.django_db
ALMATY = ZoneInfo("Asia/Almaty")
EVENING = datetime(2026, 11, 23, 21, tzinfo=ALMATY)
NIGHT = datetime(2026, 11, 23, 23, tzinfo=ALMATY)
MORNING = datetime(2026, 11, 24, 8, tzinfo=ALMATY)


def device_of(person: User, name: str = "phone") -> PushSubscription:
    digest = f"{name} of {person.pk}".encode().ljust(32, b" ")
    return PushSubscription.objects.create(user=person, digest=digest, endpoint="https://push.example/", keys="{}")


def choose(person: User, kind: str, channel: str, how: str) -> None:
    Choice.objects.create(user=person, kind=kind, channel=channel, how=how)


def rest(person: User) -> None:
    """Let a person want to be left alone from 22:00 to 08:00."""
    Rhythm.objects.update_or_create(user=person, defaults={"quiet_from": 1320, "quiet_until": 480})


def planned() -> list[tuple[str, str]]:
    return sorted(Delivery.objects.values_list("channel", "state"))


def test_news_go_to_the_address_and_to_each_device(owner):
    device_of(owner)
    device_of(owner, "computer")
    tell(owner, "trial_news", "came")
    assert planned() == [("email", "waiting"), ("push", "waiting"), ("push", "waiting")]
    assert len(waiting("notifications.deliver_push")) == 2
    assert len(waiting("notifications.deliver_letter")) == 1


def test_news_do_not_keep_back_a_letter_that_somebody_asked_for(owner, outbox):
    tell(owner, "trial_news", "came")
    EmailMessage("Сәлем", "Мәтін", to=[owner.email]).send()
    assert [job.task_name for job in waiting()] == ["notifications.send_letter", "notifications.deliver_letter"]


def test_a_letter_about_danger_does_not_wait_for_devices(owner, outbox):
    device_of(owner)
    tell(owner, "trial_safety", "came")
    assert work("notifications.deliver_letter")
    assert [job.task_name for job in waiting()] == ["notifications.send_letter", "notifications.deliver_push"]


def test_a_clock_that_was_ahead_holds_up_nothing_that_goes_at_once(owner):
    with time_machine.travel(datetime(2027, 11, 23, tzinfo=ALMATY)):
        tell(owner, "trial_safety", "came")
    assert [job.scheduled_at for job in waiting()] == [None]


def test_what_everybody_has_holds_until_a_person_chooses(owner):
    device_of(owner)
    tell(owner, "trial_daily", "came")
    assert planned() == [("email", "digest")]
    assert waiting() == []


def test_what_was_chosen_decides(owner):
    device_of(owner)
    choose(owner, "trial_daily", "push", "now")
    choose(owner, "trial_daily", "email", "off")
    choose(owner, "trial_news", "email", "digest")
    tell(owner, "trial_daily", "came")
    assert planned() == [("push", "waiting")]
    tell(owner, "trial_news", "came")
    assert planned() == [("email", "digest"), ("push", "waiting"), ("push", "waiting")]


def test_whoever_has_no_address_gets_no_letter(anonymous_account):
    tell(anonymous_account, "trial_news", "came")
    assert planned() == []


def test_quiet_hours_move_news_to_their_end(owner):
    rest(owner)
    for now, due in ((EVENING, EVENING), (NIGHT, MORNING)):
        with time_machine.travel(now, tick=False):
            tell(owner, "trial_news", "came")
        delivery = Delivery.objects.latest("pk")
        assert delivery.due_at == due
        assert waiting()[-1].scheduled_at == (due if due > now else None)


def test_what_is_about_safety_goes_at_once_whatever_was_chosen(owner):
    rest(owner)
    device_of(owner)
    for channel in ("email", "push"):
        choose(owner, "trial_safety", channel, "off")
    with time_machine.travel(NIGHT, tick=False):
        tell(owner, "trial_safety", "came")
    assert planned() == [("email", "waiting"), ("push", "waiting")]
    assert {delivery.due_at for delivery in Delivery.objects.all()} == {NIGHT}
    assert {job.priority for job in waiting()} == {SAFETY, SAFETY - 1}


def test_what_is_about_safety_and_never_comes_by_letter_does_not_do_so_for_whom_it_was_chosen(owner):
    device_of(owner)
    choose(owner, "attention_again", "email", "now")
    tell(owner, "attention_again", "opened")
    assert planned() == [("push", "waiting")]


def test_what_would_come_too_late_is_not_planned(owner):
    rest(owner)
    with time_machine.travel(NIGHT, tick=False):
        tell(owner, "trial_short", "came")
    assert planned() == []
    with time_machine.travel(MORNING - timedelta(hours=2), tick=False):
        tell(owner, "trial_short", "came")
    assert planned() == [("email", "waiting")]


@pytest.mark.parametrize("zone", ["Mars/Olympus", "Asia/Seoul"])
def test_quiet_hours_are_those_of_the_persons_clock(owner, zone):
    owner.time_zone = zone
    rest(owner)
    night = datetime(2026, 11, 23, 23, tzinfo=ALMATY if zone.startswith("Mars") else ZoneInfo(zone))
    with time_machine.travel(night, tick=False):
        tell(owner, "trial_news", "came")
    assert Delivery.objects.get().due_at == night + timedelta(hours=9)


def test_what_is_late_waits_for_the_end_of_the_quiet_hours(owner):
    with time_machine.travel(EVENING, tick=False):
        tell(owner, "trial_news", "came")
        tell(owner, "trial_short", "came")
        tell(owner, "trial_safety", "came")
    rest(owner)
    with time_machine.travel(NIGHT, tick=False):
        assert work() == ["notifications.deliver_letter"] * 3
        due = dict(Delivery.objects.values_list("notification__kind", "due_at"))
        assert due == {"trial_news": MORNING, "trial_short": EVENING, "trial_safety": EVENING}
        assert Delivery.objects.get(notification__kind="trial_short").state == "dropped"
        assert [job.scheduled_at for job in waiting()] == [MORNING]


def test_a_clock_that_goes_back_or_ahead_loses_nothing_and_doubles_nothing(owner):
    rest(owner)
    with time_machine.travel(NIGHT, tick=False):
        tell(owner, "trial_news", "came", key="once")
    for jump in (timedelta(days=-400), timedelta(days=400)):
        with time_machine.travel(NIGHT + jump, tick=False):
            tell(owner, "trial_news", "came", key="once")
            assert Delivery.objects.filter(state="waiting").count() == 1
            assert len(waiting()) == 1


def test_many_people_are_told_in_as_few_queries_as_few(django_assert_num_queries):
    people = [make_person(f"person{number}") for number in range(12)]
    for person in people:
        device_of(person)
        rest(person)
        choose(person, "trial_news", "email", "digest" if person.pk % 3 else "now")
    for some_of_them in (people[:3], people):
        with django_assert_num_queries(10):
            notify_all(some_of_them, "trial_news", {"what": "came"})
    assert Delivery.objects.filter(channel="push").count() == 3 + 12
