"""A conversation as a text file of one's own, in the language and the time zone in which it was asked for."""

from collections.abc import AsyncIterator, Iterator
from itertools import islice

from asgiref.sync import sync_to_async
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from chat.access import Seat
from chat.attachments.showing import whole
from chat.choices import Wish
from chat.conversations.reading import messages_of, name_of
from chat.models import Message
from chat.wishes.access import shared
from emocare import dates

BOM = "\ufeff"  # so that old editors see that it is UTF-8
AT_ONCE = 500  # messages


def copy(seat: Seat) -> Iterator[bytes]:
    """Return the parts of the file, the oldest message first."""
    # Read now: while the file is sent, the language and the time zone of the request are over.
    language, zone, other = translation.get_language(), timezone.get_current_timezone(), name_of(seat.other)
    title = _("Conversation: %(name)s") % {"name": other}
    kept = _("Copy of %(moment)s. It holds what you two wrote; keep it where others do not read it.") % {
        "moment": dates.moment(timezone.now())
    }
    agreed = shared(seat.conversation)
    written = messages_of(seat).order_by("number").iterator(chunk_size=AT_ONCE)

    def parts() -> Iterator[bytes]:
        yield f"{BOM}{title}\n{kept}\n".encode()
        while rows := list(islice(written, AT_ONCE)):
            with translation.override(language), timezone.override(zone):
                part = "".join(_in_words(message, seat, other, agreed) for message in rows)
            yield part.encode()

    return parts()


async def awaited(parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Give out the same parts where the server is asynchronous, without holding all of them at once."""
    step = sync_to_async(next)
    while (part := await step(parts, None)) is not None:
        yield part


def _in_words(message: Message, seat: Seat, other: str, agreed: set[Wish]) -> str:
    sender = _("You") if message.by_owner == seat.by_owner else other
    text = _("This message was deleted") if message.deleted_at else whole(message, seat, agreed)
    edited = f" ({_('edited')})" if message.edited_at and not message.deleted_at else ""
    return f"\n{dates.moment(message.written_at)}, {sender}{edited}:\n{text}\n"
