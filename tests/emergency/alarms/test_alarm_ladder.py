"""Who is called when nobody answers: rung by rung, each once, and nothing is dropped."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import DataError
from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from emergency import services as follow_ups
from emergency.alarms import services as alarms
from emergency.choices import Happened, Level, Origin, Rung, Source, State
from emergency.models import Alarm, Claim, FollowUp, HelpRequest, Shift
from emergency.requests import services as requests
from emergency.tasks import climb_all
from tests.accounts.support import at_once
from tests.support.cast import helper_of, make_person
from tests.support.news import told, written

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 7, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def wait(clock) -> Callable[..., list[str]]:
    """Let time pass; whoever is called by then is returned."""

    def later(**span: float) -> list[str]:
        before = Alarm.objects.count()
        clock.shift(timedelta(**span))
        alarms.climb_due()
        return called(before)

    return later


def called(before: int = 0) -> list[str]:
    """Return who was called, in the order in which it happened, with their rung."""
    rows = Alarm.objects.order_by("at", "round", "rung", "pk").select_related("person")[before:]
    return [f"{Rung(row.rung).name} {row.person.shown_name}" for row in rows]


def psychologist(name: str, *, begins: timedelta | None = None) -> User:
    """Make a psychologist, on duty for eight hours from some time on."""
    person = make_person(name, role=Role.PSYCHOLOGIST)
    if begins is not None:
        Shift.objects.create(psychologist=person, starts_at=AT + begins, ends_at=AT + begins + 8 * HOUR)
    return person


@pytest.fixture
def rota(db, admin) -> dict[str, User]:
    """One psychologist on duty, one whose shift is the next, one who is off, and an administrator."""
    return {
        "dana": psychologist("dana", begins=-HOUR),
        "nurlan": psychologist("nurlan", begins=2 * HOUR),
        "asel": psychologist("asel"),
        "admin": admin,
    }


def asked(user: User | None, level: Level = Level.HIGH) -> HelpRequest:
    return requests.open_request(user=user, level=level, origin=Origin.BUTTON, language="kk")


def steps(request: HelpRequest) -> list[str]:
    return [f"{s.what} {s.people or ''}".strip() for s in request.steps.order_by("at", "pk")]


def claim(request: HelpRequest, helper: User) -> None:
    """Take it as its workspace does."""
    held = requests.lock(request)
    Claim.objects.create(request=held, helper=helper)
    held.state, held.taken_at = State.TAKEN, timezone.now()
    held.save(update_fields=["state", "taken_at"])
    alarms.stop(held)


def test_those_on_duty_are_called_then_the_next_then_all_then_administrators(owner, rota, wait):
    request = asked(owner)
    assert called() == ["DUTY Dana"]
    assert wait(minutes=4) == []
    assert wait(minutes=1) == ["NEXT Nurlan"]
    assert wait(minutes=5) == ["ALL Asel"]
    assert wait(minutes=5) == ["ADMINS Admin"]
    assert wait(minutes=5) == []
    assert steps(request) == ["opened", "alarmed 1", "alarmed 1", "alarmed 1", "alarmed 1", "nobody"]


@pytest.mark.parametrize(("level", "minutes"), [(Level.IMMINENT, 1), (Level.HIGH, 5), (Level.WATCH, 30)])
def test_the_more_urgent_the_sooner_the_next_are_called(owner, rota, wait, level, minutes):
    asked(owner, level)
    assert wait(minutes=minutes - 0.1) == []
    assert wait(minutes=0.1) == ["NEXT Nurlan"]


def test_where_nobody_answers_the_person_hears_it_at_once_and_all_are_called_again_until_somebody_does(
    owner, rota, wait
):
    request = asked(owner)
    for _rung in range(4):
        wait(minutes=5)
    assert told(owner) == ["help_request nobody"]
    everybody = [f"NOBODY {name}" for name in ("Admin", "Asel", "Dana", "Nurlan")]
    for minutes in (15, 15, 15, 15, 60, 60):
        assert wait(minutes=minutes - 1) == []
        assert sorted(wait(minutes=1)) == everybody
    claim(request, rota["asel"])
    assert wait(hours=5) == []
    assert told(owner) == ["help_request nobody"]


def test_where_nobody_is_on_duty_all_are_called_at_once(owner, admin, wait):
    psychologist("nurlan", begins=2 * HOUR)
    psychologist("asel")
    asked(owner)
    assert sorted(called()) == ["ALL Asel", "ALL Nurlan"]
    assert wait(minutes=5) == ["ADMINS Admin"]


def test_a_rung_on_which_nobody_new_stands_is_not_waited_for(owner, admin, wait):
    psychologist("dana", begins=-HOUR)
    asked(owner)
    assert wait(minutes=5) == ["ADMINS Admin"]


def test_where_nobody_is_there_at_all_it_is_said_at_once_and_whoever_comes_is_called(owner, wait):
    request = asked(owner)
    assert (request.rung, steps(request), told(owner)) == (Rung.NOBODY, ["opened", "nobody"], ["help_request nobody"])
    psychologist("dana")
    assert wait(minutes=15) == ["NOBODY Dana"]


def test_who_asks_is_never_called_to_it(rota):
    asked(rota["dana"])
    assert "Dana" not in " ".join(called())


def test_what_is_taken_or_over_calls_nobody_any_more(owner, other_user, rota, wait):
    undone, ended = asked(owner), asked(other_user)
    claim(asked(None), rota["dana"])
    assert requests.undo(request=undone)
    requests.end(request=ended)
    assert wait(hours=3) == []
    assert not HelpRequest.objects.filter(climbs_at__isnull=False).exists()


def test_what_is_given_back_begins_anew_and_not_with_who_gave_it_back(owner, rota, wait):
    request = asked(owner)
    wait(minutes=5)
    claim(request, rota["dana"])
    held = requests.lock(request)
    held.state = State.OPEN
    held.save(update_fields=["state"])
    before = Alarm.objects.count()
    alarms.start(held, but=rota["dana"])
    assert called(before) == ["NEXT Nurlan"]


def test_after_hours_without_a_worker_all_whose_time_has_passed_are_called_and_then_have_their_time(owner, rota, wait):
    request = asked(owner)
    assert wait(hours=6) == ["NEXT Nurlan", "ALL Asel", "ADMINS Admin"]
    assert "nobody" not in steps(request)  # they have not had a minute yet
    assert wait(minutes=4) == []
    wait(minutes=1)
    assert steps(request)[-1] == "nobody"


def test_a_little_late_means_one_rung_and_not_two(owner, rota, wait):
    asked(owner)
    assert wait(minutes=8) == ["NEXT Nurlan"]
    assert wait(minutes=4) == []
    assert wait(minutes=1) == ["ALL Asel"]


def test_a_timer_that_runs_twice_calls_nobody_twice(owner, rota, wait):
    request = asked(owner)
    wait(minutes=5)
    assert alarms.climb_due() == alarms.climb_due(request=request.pk) == 0
    assert len(called()) == len(told(rota["dana"]) + told(rota["nurlan"])) == 2


def test_more_urgent_calls_those_who_were_called_once_more_and_the_next_sooner(owner, rota, wait):
    request = asked(owner, Level.WATCH)
    assert alarms.raise_level(request, Level.IMMINENT)
    assert not alarms.raise_level(request, Level.HIGH)
    assert called() == ["DUTY Dana"] * 2
    assert told(rota["dana"]) == ["urgent opened"] * 2
    assert wait(minutes=1) == ["NEXT Nurlan"]
    assert steps(request)[2] == Happened.RAISED


def test_a_flood_writes_few_letters_but_each_is_in_the_inbox(rota):
    for _one in range(5):
        asked(None)
    assert told(rota["dana"]) == ["urgent opened"] + ["urgent_again opened"] * 4
    asked(None, Level.IMMINENT)
    asked(None, Level.IMMINENT)
    assert told(rota["dana"])[5:] == ["urgent opened"] * 2
    assert len(called()) == 7


def test_news_say_nothing_of_who_asks_or_what_they_wrote(owner, rota, wait):
    requests.open_request(
        user=owner, level=Level.HIGH, origin=Origin.BUTTON, language="kk", words="Көмек", place="Абай 1"
    )
    wait(hours=1)
    assert not [word for word in ("Owner", "Көмек", "Абай") if word in written()]


def test_what_somebody_had_who_is_no_psychologist_any_more_is_given_back(owner, rota):
    request = asked(owner)
    claim(request, rota["dana"])
    User.objects.filter(pk=rota["dana"].pk).update(role=Role.USER)
    before = Alarm.objects.count()
    climb_all(0)
    assert sorted(called(before)) == ["ALL Asel", "ALL Nurlan"]
    assert steps(request)[-2:] == ["given-back", "alarmed 2"]


def test_one_that_fails_keeps_no_other_back_and_nothing_of_it_is_done(owner, other_user, rota):
    broken, whole = asked(owner, Level.IMMINENT), asked(other_user)
    cannot_grow = {"round": 2**31 - 1, "rung": Rung.NOBODY, "alone_since": timezone.now()}
    HelpRequest.objects.filter(pk=broken.pk).update(**cannot_grow)
    HelpRequest.objects.update(climbs_at=timezone.now())
    with pytest.raises(DataError):
        alarms.climb_due()
    whole.refresh_from_db()
    broken.refresh_from_db()
    assert (whole.rung, broken.climbs_at) == (Rung.NEXT, timezone.now())


@pytest.mark.django_db(transaction=True)
def test_many_who_ask_at_the_same_moment_never_wait_for_each_other_and_each_is_called_for(rota):
    people = [make_person(f"at-once-{number}") for number in range(8)]
    assert len(at_once(*(lambda person=person: asked(person) for person in people))) == 8
    assert called() == ["DUTY Dana"] * 8
    assert 1 <= told(rota["dana"]).count("urgent opened") <= len(told(rota["dana"])) == 8


# Follow-ups


def waiting(user: User, level: Level = Level.HIGH) -> FollowUp:
    return follow_ups.open_follow_up(user=user, level=level, source=Source.TEST, agreed=True)


def test_a_follow_up_calls_the_own_psychologist_then_those_on_duty_and_so_on(owner, rota, wait):
    helper_of(owner, "own", Role.PSYCHOLOGIST)
    waiting(owner)
    assert called() == ["OWN Own"]
    assert wait(minutes=29) == []
    assert wait(minutes=1) == ["DUTY Dana"]
    assert wait(minutes=30) == ["NEXT Nurlan"]
    assert wait(minutes=30) == ["ALL Asel"]
    assert wait(minutes=30) == ["ADMINS Admin"]
    wait(minutes=30)
    assert told(owner)[-1] == "follow_up nobody"


def test_without_an_own_psychologist_those_on_duty_are_called_at_once_and_a_calm_one_waits_longer(owner, rota, wait):
    waiting(owner, Level.WATCH)
    assert called() == ["DUTY Dana"]
    assert told(rota["dana"]) == ["attention opened"]
    assert wait(hours=11.9) == []
    assert sorted(wait(hours=0.1)) == ["ALL Asel", "ALL Nurlan"]  # both shifts are over by then


def test_who_took_it_has_until_noon_of_the_next_day_and_then_others_are_called_and_can_take_it_over(owner, rota, wait):
    found = waiting(owner)
    follow_ups.take(follow_up=found, psychologist=rota["dana"])
    assert wait(hours=23) == []  # 11:10 in Almaty
    Shift.objects.create(psychologist=rota["nurlan"], starts_at=timezone.now(), ends_at=timezone.now() + HOUR)
    assert sorted(wait(minutes=50)) == ["DUTY Dana", "DUTY Nurlan"]
    assert told(rota["nurlan"]) == ["urgent overdue"]
    follow_ups.take(follow_up=found, psychologist=rota["nurlan"])
    assert FollowUp.objects.get().holder == rota["nurlan"]
    assert told(rota["dana"])[-1] == "follow_up taken_over"
    assert wait(hours=2) == []


def test_words_to_the_person_are_an_answer_and_closing_is(owner, rota, wait):
    found = waiting(owner)
    follow_ups.take(follow_up=found, psychologist=rota["dana"])
    wait(hours=22)
    follow_ups.say(follow_up=found, author=rota["dana"], text="Қалайсыз?", key=found.public_id)
    assert wait(hours=25) == []
    follow_ups.close(follow_up=found, psychologist=rota["dana"], note="Жақсы")
    assert wait(days=3) == []
