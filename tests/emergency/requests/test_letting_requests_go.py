"""How long urgent requests and shifts are kept, and what keeps them longer."""

import io
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from accounts.models import RetentionRun
from emergency.models import FollowUp, HelpRequest, Message, Shift, Step
from tests.support.past_requests import asked

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365, minutes=2)


def daily() -> dict[str, int]:
    """Let go what is old; return how many of each kind went."""
    call_command("daily", stdout=io.StringIO())
    return {key: count for key, count in RetentionRun.objects.latest("pk").counts.items() if count}


def test_a_closed_request_goes_with_all_that_hangs_on_it_and_one_that_goes_on_stays(owner):
    now = timezone.now()
    closed = asked(at=now - timedelta(hours=1), taken_after=1, closed_after=60)
    Step.objects.create(request=closed, what="closed")
    Message.objects.create(request=closed, by_person=True, text="7")
    goes_on = asked(owner, taken_after=1)
    with time_machine.travel(now + YEAR):
        assert daily()["help_requests"] == 1
    assert list(HelpRequest.objects.all()) == [goes_on]
    assert not Step.objects.exists()
    assert not Message.objects.exists()


def test_a_request_whose_follow_up_goes_on_stays_until_that_is_closed(owner):
    now = timezone.now()
    closed = asked(owner, taken_after=1, closed_after=60)
    of = {"user": owner, "source": "request", "level": 2, "to_helpers": True, "asked_at": now, "due_at": now}
    left = FollowUp.objects.create(request=closed, **of)
    with time_machine.travel(now + 2 * YEAR):
        assert "help_requests" not in daily()
        FollowUp.objects.filter(pk=left.pk).update(state="closed", closed_at=timezone.now(), closed_by_person=True)
        assert daily()["help_requests"] == 1


def test_shifts_go_a_year_after_their_end(unrelated_psychologist):
    now = timezone.now()
    for days in (0, 30):
        begins = now + timedelta(days=days)
        Shift.objects.create(psychologist=unrelated_psychologist, starts_at=begins, ends_at=begins + timedelta(hours=8))
    with time_machine.travel(now + YEAR + timedelta(hours=8)):
        assert daily()["shifts"] == 1
    assert Shift.objects.count() == 1
