"""Who takes a request and then does nothing is taken to be away: it waits again, and people are called anew."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.choices import Role
from emergency import thread
from emergency.choices import Happened, Level, State
from emergency.models import HelpRequest
from emergency.tasks import climb_all
from emergency.workspace import services as workspace
from tests.support.cast import make_person
from tests.support.urgent import open_for, take_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def helper():
    return make_person("saule", role=Role.PSYCHOLOGIST)


def after(minutes: int, request: HelpRequest) -> HelpRequest:
    """Return a request as it stands some minutes later."""
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False):
        climb_all(0)
    return HelpRequest.objects.get(pk=request.pk)


@pytest.mark.parametrize(("level", "minutes"), [(Level.IMMINENT, 5), (Level.HIGH, 10), (Level.WATCH, 60)])
def test_after_some_minutes_without_anything_it_waits_again(owner, helper, level, minutes):
    request = open_for(owner, level)
    take_by(request, helper)
    assert after(minutes - 1, request).state == State.TAKEN
    again = after(minutes + 1, request)
    assert (again.state, again.holder) == (State.OPEN, None)
    assert again.climbs_at is not None
    assert [step.what for step in again.steps.order_by("pk")][-2:] == [Happened.GIVEN_BACK, Happened.ALARMED]


@pytest.mark.parametrize("did", ["word", "note", "call"])
def test_whoever_did_anything_keeps_it(owner, helper, did):
    request = open_for(owner)
    take_by(request, helper)
    if did == "word":
        thread.say(thread=request, author=helper, by_person=False, text="7", key=uuid.uuid4())
    elif did == "note":
        workspace.write_note(request=request, author=helper, text="7")
    else:
        workspace.called(request=request, helper=helper, whom="ambulance", reason="7", told=True)
    assert after(120, request).holder == helper
