"""What happens to a message after it was written; forms and the socket both come here.

All of it can be asked for twice: the second time nothing changes, and nobody is told again.
"""

from django.db import connection, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.helping.steps import Refused
from chat import live
from chat.access import Seat
from chat.attachments.letting_go import let_go
from chat.changing import statements
from chat.changing.access import DELETED, hold, is_own, refusal
from chat.choices import Reacted
from chat.models import Attachment
from chat.writing.services import CLOSED
from chat.writing.words import cleaned

NOT_YOUR_OWN = _("Support and thanks are for messages of the other side.")
UNKNOWN = _("Choose support or thanks.")


def got(seat: Seat, number: int) -> None:
    """Remember that messages up to this number came to a device of this person, and tell the other side."""
    _mark(seat, number, read=False)


def read(seat: Seat, number: int) -> None:
    """Remember that this person saw messages up to this number, and tell the other side."""
    _mark(seat, number, read=True)


@transaction.atomic
def edit(seat: Seat, number: int, text: str) -> bool:
    """Give a message other words, within 5 minutes and by its author; say whether they are other ones.

    The risk check looks at it again.

    Raises Refused when it is too late, when nobody can write there now, or when there are no words or too many;
    Http404 when this person wrote no such message.
    """
    text = cleaned(text)
    seat, message = hold(seat, number)
    if not is_own(seat, message):
        raise Http404
    if message.text == text:
        return False
    if why := refusal(seat, message):
        raise Refused(why)
    message.text, message.edited_at, message.risk_level, message.risk_kind = text, timezone.now(), None, ""
    message.save(update_fields=["text", "edited_at", "risk_level", "risk_kind"])
    _changed(seat, number)
    return True


@transaction.atomic
def delete(seat: Seat, number: int) -> None:
    """Take the words of a message away from both sides, by its author at any time; its number stays.

    Raises Http404 when this person wrote no such message, or does not see the conversation any more.
    """
    seat, message = hold(seat, number)
    if not is_own(seat, message):
        raise Http404
    if message.deleted_at:
        return
    message.reactions.all().delete()
    let_go(Attachment.objects.filter(message=message))
    message.text, message.deleted_at = "", timezone.now()
    message.save(update_fields=["text", "deleted_at"])
    _changed(seat, number)


@transaction.atomic
def react(seat: Seat, number: int, what: str | None) -> None:
    """Answer a message of the other side in one press, or take that back with None; one answer of a person.

    Raises Refused for anything but Reacted, for one's own or a deleted message, or when nobody can write there now.
    """
    if what is not None and what not in Reacted.values:
        raise Refused(UNKNOWN)
    seat, message = hold(seat, number)
    if message.by_owner == seat.by_owner:
        raise Refused(NOT_YOUR_OWN)
    if message.deleted_at:
        raise Refused(DELETED)
    if not seat.can_write:
        raise Refused(CLOSED)
    before = message.reactions.filter(person=seat.person).first()
    if what == (before.what if before else None):
        return
    if what is None:
        before.delete()
    else:
        answer = {"what": what, "at": timezone.now()}
        message.reactions.update_or_create(person=seat.person, defaults=answer)
    _changed(seat, number)


# Parts of the above


@transaction.atomic
def _mark(seat: Seat, number: int, *, read: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(*statements.mark(seat.conversation.pk, seat.person.pk, number, read=read))
        moved = cursor.fetchone()
    if moved:
        marks = {"type": "marks", "by_owner": seat.by_owner, "got": moved[0], "read": moved[1]}
        live.say(seat.conversation, marks)


def _changed(seat: Seat, number: int) -> None:
    """Tell the open pages of both that a message is another one now; they ask for it."""
    live.say(seat.conversation, {"type": "changed", "number": number})
