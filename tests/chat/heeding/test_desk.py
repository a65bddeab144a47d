"""Messages of a process with sockets are looked at off their way."""

from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest

from chat.heeding.desk import Desk
from chat.models import Message
from emergency.risk.levels import Level
from tests.chat.heeding.support import CALM, IMMINENT, say


@dataclass
class Stored:
    message: UUID
    text: str


@pytest.mark.django_db(transaction=True)
def test_what_was_written_is_looked_at_and_what_fails_stops_nothing(seats):
    desk, texts = Desk(), (CALM, IMMINENT)
    desk.take(Stored(uuid4(), IMMINENT))  # of a message that is not there any more
    for text in texts:
        desk.take(Stored(say(seats[0], text).public_id, text))
    desk.wait()
    levels = list(Message.objects.order_by("number").values_list("risk_level", flat=True))
    assert levels == [Level.NONE, Level.IMMINENT]


@pytest.mark.django_db(transaction=True)
def test_when_it_cannot_be_kept_the_next_one_is_looked_at_all_the_same(seats, monkeypatch, caplog):
    desk = Desk()
    with monkeypatch.context() as broken:
        broken.setattr("chat.heeding.services.note_all", None)
        desk.take(Stored(say(seats[0], CALM).public_id, CALM))
        desk.wait()
    assert "could not be looked at: TypeError" in caplog.text
    assert CALM not in caplog.text
    desk.take(Stored(say(seats[0], IMMINENT).public_id, IMMINENT))
    desk.wait()
    levels = list(Message.objects.order_by("number").values_list("risk_level", flat=True))
    assert levels == [None, Level.IMMINENT]
