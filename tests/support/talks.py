"""Conversations that somebody has; every word in them is a digit, which is of no language."""

import uuid
from collections.abc import Iterable

from accounts.models import Assignment
from chat.access import Seat
from chat.conversations.services import of_assignment
from chat.models import Conversation, Message
from chat.writing.services import write


def talk(assignment: Assignment, words: Iterable[str] = ("7", "7", "7")) -> Conversation:
    """Let the two of an assignment write to each other in turns, the person first."""
    conversation = of_assignment(assignment)
    seats = [Seat(conversation, person, can_write=True) for person in (assignment.user, assignment.helper)]
    for i, text in enumerate(words):
        write(seats[i % 2], text, client_id=uuid.uuid4())
    conversation.refresh_from_db()
    return conversation


def fill(conversation: Conversation, count: int, by_owner: bool = False) -> None:
    """Let one side have written `count` messages at once."""
    author = conversation.owner if by_owner else conversation.helper
    begin = conversation.last_number
    numbers = range(begin + 1, begin + count + 1)
    given = {"conversation": conversation, "by_owner": by_owner, "author": author}
    Message.objects.bulk_create([Message(number=number, text=f"хабар {number}", **given) for number in numbers])
    newest = Message.objects.get(conversation=conversation, number=begin + count)
    Conversation.objects.filter(pk=conversation.pk).update(last_number=begin + count, written_at=newest.written_at)
    conversation.refresh_from_db()
