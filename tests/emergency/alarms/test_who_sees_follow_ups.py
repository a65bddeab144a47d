"""Who sees a follow-up while it climbs, and who may take it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from emergency import access, services
from emergency.alarms import services as alarms
from emergency.choices import Level, Source
from emergency.models import FollowUp, Shift
from tests.support.cast import helper_of, make_person
from tests.support.html import page, text_of

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 7, 10, tzinfo=UTC)
HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture
def people(owner, admin) -> dict[str, User]:
    """The owner's own psychologist, one on duty for a day, one who is off, and an administrator."""
    found = {name: make_person(name, role=Role.PSYCHOLOGIST) for name in ("dana", "asel")}
    Shift.objects.create(psychologist=found["dana"], starts_at=AT, ends_at=AT + timedelta(hours=24))
    return {"own": helper_of(owner, "own", Role.PSYCHOLOGIST), **found, "admin": admin}


@pytest.fixture
def seen_by(as_person, people) -> Callable[[FollowUp], list[str]]:
    """Return who finds the page of a follow-up."""

    def names(found: FollowUp) -> list[str]:
        place = f"/en/follow-ups/{found.public_id}/"
        return [name for name in people if as_person(people[name]).get(place).status_code == 200]

    return names


def opened(user: User) -> FollowUp:
    return services.open_follow_up(user=user, level=Level.HIGH, source=Source.TEST, agreed=True)


def test_with_each_rung_more_people_see_it(owner, people, seen_by):
    with time_machine.travel(AT, tick=False) as clock:
        found, seen = opened(owner), []
        for _rung in range(3):
            seen.append(seen_by(found))
            clock.shift(HALF_AN_HOUR)
            alarms.climb_due()
        assert seen == [["own"], ["own", "dana"], ["own", "dana", "asel"]]
        assert list(access.overdue_for_administrators()) == [found]


def test_without_an_own_psychologist_those_on_duty_see_it_and_whoever_comes_on_duty(other_user, people, seen_by):
    with time_machine.travel(AT, tick=False):
        found = opened(other_user)
        assert seen_by(found) == ["dana"]
        Shift.objects.create(psychologist=people["asel"], starts_at=AT, ends_at=AT + HALF_AN_HOUR)
        assert seen_by(found) == ["dana", "asel"]


def test_what_is_taken_the_others_see_no_more_until_it_is_overdue_and_then_take_it_over(
    as_person, owner, people, seen_by
):
    with time_machine.travel(AT, tick=False) as clock:
        found = opened(owner)
        clock.shift(HALF_AN_HOUR)
        alarms.climb_due()
        take = f"/en/follow-ups/{found.public_id}/take/"
        as_person(people["own"]).post(take)
        assert seen_by(found) == ["own"]
        as_person(people["dana"]).post(take)
        assert FollowUp.objects.get().holder == people["own"]
        clock.shift(timedelta(hours=23, minutes=20))
        alarms.climb_due()
        assert seen_by(found) == ["own", "dana"]
        client = as_person(people["dana"])
        assert "Own has it and has not written" in text_of(page(client.get(take.removesuffix("take/"))).main)
        client.post(take)
        assert FollowUp.objects.get().holder == people["dana"]


def test_its_person_reads_when_nobody_could_answer(as_person, owner, people):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        found = opened(owner)
        for _rung in range(6):
            clock.shift(HALF_AN_HOUR)
            alarms.climb_due()
        words = text_of(page(as_person(owner).get(f"/en/follow-ups/{found.public_id}/")).main)
    assert "Nobody here could answer yet. Please call 112" in words
