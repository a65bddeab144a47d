"""Sending a message with what it carries."""

import uuid

from django.db import transaction
from django.http import HttpRequest

from accounts.helping.steps import Refused
from chat.access import Seat
from chat.attachments.checking import Checked
from chat.attachments.letting_go import delete_files
from chat.attachments.showing import carried_by
from chat.heeding import services as heeding
from chat.models import Attachment, Message
from chat.writing.services import OTHER_WORDS, Sent, write
from emocare.crypto import CannotDecrypt
from emocare.heeding import heed


def attach(
    request: HttpRequest,
    seat: Seat,
    *,
    checked: Checked,
    description: str,
    text: str,
    form_key: uuid.UUID,
    reply_to: int | None = None,
) -> int:
    """Store a message with what it carries, offer help where its words tell of danger, and return its number.

    The same `form_key` twice is one message. Raises Refused as chat.writing.services.write does, and where that key
    was used for something else.
    """
    new = Attachment(kind=checked.kind, name=checked.name, description=description, content_type=checked.content_type)
    new.width, new.height = checked.sides or (None, None)
    new.seconds, new.waveform = checked.seconds, checked.waveform
    new.keep(checked.content, checked.ending)
    try:
        sent = _store(seat, new, text, form_key, reply_to)
    except BaseException:
        delete_files([new.file.name])
        raise
    if not sent.is_new:
        delete_files([new.file.name])
        _require_same(sent, checked, description)
        return sent.number
    heed(request, text, description, checked.name, about=Message(public_id=sent.public_id))
    heeding.look(sent.public_id)
    return sent.number


# Parts of the above


@transaction.atomic
def _store(seat: Seat, new: Attachment, text: str, form_key: uuid.UUID, reply_to: int | None) -> Sent:
    sent = write(seat, text, client_id=form_key, reply_to=reply_to, carries=True)
    if sent.is_new:
        new.message = Message.objects.only("pk").get(public_id=sent.public_id)
        new.save()
    return sent


def _require_same(sent: Sent, checked: Checked, description: str) -> None:
    """Refuse a key that was used for something else; what was deleted since was the same then, as far as we know."""
    message = Message.objects.select_related("attachment").get(public_id=sent.public_id)
    if message.deleted_at:
        return
    known = carried_by(message)
    try:
        same = known and (known.description, known.name) == (description, checked.name)
        same = same and known.content() == checked.content
    except (FileNotFoundError, CannotDecrypt):
        same = False
    if not same:
        raise Refused(OTHER_WORDS)
