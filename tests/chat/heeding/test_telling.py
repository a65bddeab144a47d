"""Who is told that there are new words: once, not while they are there, and nothing of the words."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from chat.models import Side
from chat.tasks import tell_of_words
from tests.chat.heeding.support import CALM, say
from tests.support.news import told, written

pytestmark = pytest.mark.django_db
NEWS = "chat written"


def run_after(minutes: float = 1) -> list[str]:
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False):
        tell_of_words(0)
    return [news for news in told() if news == NEWS]


def test_the_other_side_is_told_once_and_again_only_after_reading_or_an_hour(seats):
    owner, helper = seats
    for _time in range(3):
        say(owner, CALM)
    assert run_after(0.3) == []
    assert run_after() == run_after(2) == [NEWS]
    assert told(helper.person) == [NEWS]
    assert CALM not in written()
    say(owner, CALM)
    assert run_after(5) == [NEWS]
    assert run_after(70) == run_after(200) == [NEWS] * 2
    Side.objects.filter(person=helper.person).update(read=4, delivered=4)
    say(owner, CALM)
    assert run_after(71) == [NEWS] * 3
    assert Side.objects.get(person=helper.person).told == 5


def test_nobody_is_told_of_what_they_read_or_wrote_or_cannot_see(seats):
    owner, helper = seats
    say(owner, CALM)
    Side.objects.filter(person=helper.person).update(read=1, delivered=1)
    gone = say(helper, CALM)
    gone.deleted_at = timezone.now()
    gone.save(update_fields=["deleted_at"])
    assert run_after() == []
    say(owner, CALM)
    helper.person.is_active = False
    helper.person.save(update_fields=["is_active"])
    assert run_after() == []
