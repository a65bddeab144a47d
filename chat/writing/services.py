"""Writing a message from a form; sockets write the same rows by the same statements: chat/wire/."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.helping.steps import Refused
from chat import live
from chat.access import Seat
from chat.models import Message
from chat.writing import statements
from chat.writing.statements import Row, Written
from chat.writing.words import cleaned
from emocare import crypto

CLOSED = _("You two cannot write to each other now. What was written stays.")
OTHER_WORDS = _("This message was sent already with other words. It is sent as a new one if you send it again.")


@dataclass(frozen=True)
class Sent:
    """A message that is stored. `is_new` is false when it was there already: the same was sent twice."""

    number: int
    public_id: uuid.UUID
    written_at: datetime
    is_new: bool


def row(seat: Seat, text: str, client_id: uuid.UUID, reply_to: int | None = None) -> Row:
    """Return the row of a message of one side, its words encrypted for it."""
    public_id = uuid.uuid4()
    sealed = crypto.encrypt(text, binding(public_id))
    return Row(public_id, seat.conversation.pk, client_id, seat.person.pk, seat.by_owner, sealed, reply_to)


def binding(public_id: uuid.UUID) -> str:
    """Return what the words of a message are bound to: as EncryptedTextField does."""
    return f"{Message._meta.db_table}.text:{public_id}"


def outcome(row: Row, text: str, found: Written, now: datetime) -> Sent:
    """Say what became of a row; Refused where it was not written and is not there with the same words."""
    if found.number is not None:
        return Sent(found.number, row.public_id, now, is_new=True)
    known = found.known
    if known is None:
        raise Refused(CLOSED)
    same = known.was_changed or crypto.decrypt(known.sealed, binding(known.public_id)) == text
    if known.author_id != row.author_id or not same:
        raise Refused(OTHER_WORDS)
    return Sent(known.number, known.public_id, known.written_at, is_new=False)


@transaction.atomic
def write(seat: Seat, text: str, *, client_id: uuid.UUID, reply_to: int | None = None, carries: bool = False) -> Sent:
    """Store a message and tell the open pages of both; the same `client_id` twice is one message.

    With `carries` something besides words comes with it, which the caller stores in the same transaction.

    Raises Refused when there are no words or too many, or when nobody can write there now.
    """
    text = cleaned(text, may_be_none=carries)
    new, now = row(seat, text, client_id, reply_to), timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(statements.LOCK, [[new.conversation_id]])
        cursor.execute(*statements.write([new], now))
        (found,) = statements.written(cursor.fetchall())
    sent = outcome(new, text, found, now)
    if sent.is_new and carries:
        live.say(seat.conversation, live.carrying(seat.conversation, sent.number))
    elif sent.is_new:
        live.written(seat.conversation, new, sent.number, now.isoformat())
    return sent
