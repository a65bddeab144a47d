"""Whose words go with whose account, and what the daily run lets go."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from accounts.erasure import services as erasure
from accounts.retention.services import run
from chat.models import Conversation, Message, Reaction
from tests.chat.heeding.support import CALM, say

pytestmark = pytest.mark.django_db


def test_with_the_person_go_all_words_of_their_conversations(seats):
    for seat in seats:
        say(seat, CALM)
    erasure.erase(user=seats[0].person)
    assert not Conversation.objects.exists()
    assert not Message.objects.exists()


def test_of_a_helper_who_goes_only_places_stay(seats):
    owner, helper = seats
    for seat in (owner, helper, owner):
        say(seat, CALM)
    erasure.erase(user=helper.person)
    rows = Message.objects.order_by("number")
    assert [(row.number, row.text, bool(row.author_id), bool(row.deleted_at)) for row in rows] == [
        (1, CALM, True, False),
        (2, "", False, True),
        (3, CALM, True, False),
    ]


def test_old_messages_go_and_the_next_one_counts_on(seats):
    owner, helper = seats
    Reaction.objects.create(message=say(owner, CALM), person=helper.person, what="thanks")
    with time_machine.travel(timezone.now() + timedelta(days=settings.KEEP_DAYS["messages"] - 1)):
        say(helper, CALM)
    with time_machine.travel(timezone.now() + timedelta(days=settings.KEEP_DAYS["messages"], hours=1)):
        assert run().counts["messages"] == 1
        assert not Reaction.objects.exists()
        assert say(owner, CALM).number == 3
