"""Blocking a conversation: nobody writes, the other side learns nothing more, and only who blocked opens it again."""

import uuid

import pytest
from django.template.loader import render_to_string

from accounts.helping.steps import Refused
from chat.access import get_seat_for
from chat.heeding import blocking
from tests.chat.heeding.support import CALM, say

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("by", [0, 1])
def test_who_blocked_opens_it_again_and_nobody_else(seats, as_person, by):
    mine, other = seats[by], seats[1 - by]
    place = f"/en/chat/{mine.conversation.public_id}/"
    client = as_person(mine.person)
    assert client.get(f"{place}block/").status_code == 200
    assert say(other, CALM).number == 1
    client.post(f"{place}block/")
    for seat in seats:
        with pytest.raises(Refused):
            say(seat, CALM)
    as_person(other.person).post(f"{place}unblock/")
    assert not get_seat_for(other.person, mine.conversation.public_id).can_write
    with pytest.raises(Refused):
        blocking.block(other)
    pieces = [piece_for(seat.person, mine.conversation.public_id) for seat in (mine, other)]
    assert ["unblock" in piece for piece in pieces] == [True, False]
    assert ["blocked" in piece for piece in pieces] == [True, False]
    client.post(f"{place}unblock/")
    assert say(other, CALM).number == 2


def piece_for(person, public_id: uuid.UUID) -> str:
    return render_to_string("chat/heeding/_blocked.html", {"seat": get_seat_for(person, public_id)})


def test_a_stranger_blocks_nothing(seats, as_person, unrelated_volunteer):
    place = f"/en/chat/{seats[0].conversation.public_id}/block/"
    assert as_person(unrelated_volunteer).post(place).status_code == 404
