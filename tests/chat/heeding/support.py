"""Two who write to each other, and words of each urgency."""

import uuid

from accounts.models import Assignment, User
from chat.access import Seat
from chat.conversations.services import of_assignment
from chat.models import Message, Side
from chat.writing.services import write

CALM = "Бүгін жақсы ұйықтадым"
IMMINENT = "Я наглоталась таблеток, прощайте"


def seats_of(owner: User, helper: User) -> tuple[Seat, Seat]:
    """Return the seats of the person and of the helper."""
    conversation = of_assignment(Assignment.objects.get(user=owner, helper=helper))
    return Seat(conversation, owner, can_write=True), Seat(conversation, helper, can_write=True)


def say(seat: Seat, text: str) -> Message:
    """Write a message, which nobody has looked at yet."""
    return Message.objects.get(public_id=write(seat, text, client_id=uuid.uuid4()).public_id)


def agree(seat: Seat) -> None:
    Side.objects.filter(conversation=seat.conversation, person=seat.person).update(alarm=True)
