"""Beginning a conversation, sending from a form, and writing down that a helper looked."""

import uuid

from django.http import HttpRequest

from accounts import events
from accounts.journal.choices import Looked, Why
from accounts.models import Assignment
from chat.access import Seat
from chat.heeding import services as heeding
from chat.models import Conversation, Message, Side
from chat.writing.services import write
from chat.writing.words import cleaned
from emergency.workspace.looks import note_once
from emocare.heeding import heed


def of_assignment(assignment: Assignment) -> Conversation:
    """Return the conversation of the two, which begins with the first look; one pair has one for all times."""
    found, new = Conversation.objects.get_or_create(owner=assignment.user, helper=assignment.helper)
    if new:
        Side.objects.bulk_create(
            [Side(conversation=found, person=person) for person in (assignment.user, assignment.helper)],
            ignore_conflicts=True,
        )
    return found


def send(request: HttpRequest, seat: Seat, *, text: str, form_key: uuid.UUID, reply_to: int | None) -> int:
    """Store a message from a form, offer help where its words tell of danger, and return its number.

    Raises Refused as chat.writing.services.write does.
    """
    sent = write(seat, text, client_id=form_key, reply_to=reply_to)
    if sent.is_new:
        heed(request, cleaned(text), about=Message(public_id=sent.public_id))
        heeding.look(sent.public_id)
    return sent.number


def note_look(request: HttpRequest, seat: Seat) -> None:
    """Write down that a helper looked at the words of a person, once a quarter of an hour while it goes on."""
    if seat.by_owner:
        return
    whose, why = seat.conversation.owner, Why.ASSIGNED
    note_once(
        request,
        f"chat {seat.conversation.public_id}",
        lambda: events.looked(actor=seat.person, whose=whose, what=Looked.CHAT, why=why),
    )
