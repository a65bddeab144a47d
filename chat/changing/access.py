"""Whose message it is, and what one may do with it."""

from datetime import timedelta
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chat.access import Seat, get_seat_for
from chat.models import Conversation, Message
from chat.writing.services import CLOSED

EDITABLE = timedelta(minutes=5)  # after a message was written, by its author
TOO_LATE = _("A message can be changed for 5 minutes. Now you can write a new one, or delete this one.")
DELETED = _("This message is deleted already.")


def get_own(seat: Seat, number: int) -> Message:
    """Return a message that this person wrote; to others there is none to change (404)."""
    written = Message.objects.filter(conversation=seat.conversation, author=seat.person, is_bot=False)
    return get_object_or_404(written, number=number)


def is_own(seat: Seat, message: Message) -> bool:
    """Say whether this person wrote a message."""
    return message.author_id == seat.person.pk and not message.is_bot


def may_edit(seat: Seat, message: Message) -> bool:
    """Say whether this person can give a message other words now."""
    return is_own(seat, message) and refusal(seat, message) is None


def refusal(seat: Seat, message: Message) -> Any:
    """Return why the author of a message cannot give it other words now, or None."""
    if message.deleted_at:
        return DELETED
    if not seat.can_write:
        return CLOSED
    return TOO_LATE if timezone.now() > message.written_at + EDITABLE else None


def hold(seat: Seat, number: int) -> tuple[Seat, Message]:
    """Lock a conversation, then a message in it; return the seat and the message as they are after the wait.

    A socket's seat may be old: whoever does not see the conversation any more gets 404, as for a number nobody wrote.
    """
    conversations = Conversation.objects.select_for_update(no_key=True).filter(pk=seat.conversation.pk)
    list(conversations.values_list("pk"))
    seat = get_seat_for(seat.person, seat.conversation.public_id)
    messages = Message.objects.select_for_update(no_key=True)
    return seat, get_object_or_404(messages, conversation=seat.conversation, number=number)
