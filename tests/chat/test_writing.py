"""Messages into the database: numbers without gaps, one for what was sent twice, none where nobody can write."""

import uuid

import pytest

from accounts.helping import services as helping
from accounts.helping.choices import EndReason
from accounts.helping.steps import Refused
from accounts.models import Assignment, User
from chat.access import Seat
from chat.conversations.services import of_assignment
from chat.models import Message
from chat.writing.services import OTHER_WORDS, write
from tests.support.talking import refused

pytestmark = pytest.mark.django_db
WORDS = "Бүгін ұйықтай алмадым 🌙"


@pytest.fixture
def assignment(owner: User, assigned_volunteer: User) -> Assignment:
    return Assignment.objects.get(user=owner, helper=assigned_volunteer)


@pytest.fixture
def seats(assignment: Assignment) -> tuple[Seat, Seat]:
    """Return the seats of the person and of the helper."""
    conversation = of_assignment(assignment)
    return Seat(conversation, assignment.user, can_write=True), Seat(conversation, assignment.helper, can_write=True)


def test_messages_of_both_are_numbered_and_encrypted(seats):
    owner, helper = seats
    sent = [write(seat, WORDS, client_id=uuid.uuid4()) for seat in (owner, helper, owner)]
    assert [one.number for one in sent] == [1, 2, 3]
    rows = Message.objects.order_by("number")
    assert [(row.text, row.by_owner) for row in rows] == [(WORDS, True), (WORDS, False), (WORDS, True)]
    stored = Message.objects.filter(number=1).values_list("text", flat=True).get()
    assert WORDS.encode() not in bytes(stored)
    owner.conversation.refresh_from_db()
    assert owner.conversation.last_number == 3
    assert owner.conversation.written_at == rows.last().written_at


def test_the_same_sent_twice_is_one_message(seats):
    owner, helper = seats
    key = uuid.uuid4()
    first, second = (write(owner, WORDS, client_id=key) for _time in range(2))
    assert (first.is_new, second.is_new) == (True, False)
    assert second.number == first.number
    with refused(OTHER_WORDS):
        write(owner, "Басқа сөз", client_id=key)
    with refused(OTHER_WORDS):
        write(helper, WORDS, client_id=key)
    assert Message.objects.get().text == WORDS


def test_nobody_writes_where_the_two_are_not_together(seats, assignment):
    helping.end(assignment=assignment, actor=assignment.user, reason=EndReason.USER)
    for seat in seats:
        with pytest.raises(Refused):
            write(seat, WORDS, client_id=uuid.uuid4())
    assert not Message.objects.exists()
