"""What the two see of what a message carries: on pages, in frames, in copies, in what the risk check reads."""

from collections.abc import Set
from typing import Any

from django.utils.translation import gettext as _

from chat.access import Seat
from chat.attachments.choices import Carried
from chat.choices import Wish
from chat.masking.access import hides, shown_text
from chat.masking.words import masked
from chat.models import Attachment, Message

COVERED = ("name", "description")  # as words are, until both agree


def carried_by(message: Message) -> Attachment | None:
    """Return what a message carries; `attachment` should have been fetched with it."""
    return getattr(message, "attachment", None)


def facts(message: Message) -> dict[str, Any] | None:
    """Return what a page shows of it, as in chat/frames.py; its address stands below that of the conversation."""
    found = None if message.deleted_at else carried_by(message)
    if found is None:
        return None
    return {
        "kind": found.kind,
        "name": found.name,
        "description": found.description,
        "address": f"attachments/{found.public_id}/",
        "size": found.size,
        "width": found.width,
        "height": found.height,
        "seconds": found.seconds,
        "waveform": list(bytes.fromhex(found.waveform)),
    }


def covered(carried: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return the same with what the other side does not see until both agree."""
    return carried and carried | {name: masked(carried[name]) for name in COVERED}


def shown(message: Message, seat: Seat, agreed: Set[Wish]) -> dict[str, Any] | None:
    """Return what this side sees of it."""
    is_covered = message.by_owner != seat.by_owner and hides(seat.conversation, agreed)
    return covered(facts(message)) if is_covered else facts(message)


def is_covered_for_other(message: Message, seat: Seat, agreed: Set[Wish]) -> bool:
    """Say whether a part of what one's own message carries is masked for the other side."""
    found = facts(message) if message.by_owner == seat.by_owner and hides(seat.conversation, agreed) else None
    return covered(found) != found


def in_words(carried: dict[str, Any] | None) -> str:
    """Return what it is in one line: for lists, quotes and the copy as text."""
    if carried is None:
        return ""
    words = carried["description"]
    if carried["kind"] == Carried.PICTURE:
        return _("Picture: %(words)s") % {"words": words}
    if carried["kind"] == Carried.FILE:
        what = _("File: %(name)s") % {"name": carried["name"]}
    else:
        what = _("Voice message, %(length)s") % {"length": length(carried["seconds"])}
    return f"{what}. {words}" if words else what


def whole(message: Message, seat: Seat, agreed: Set[Wish]) -> str:
    """Return all that a message says to this side, the words first."""
    parts = [shown_text(message, seat, agreed), in_words(shown(message, seat, agreed))]
    return "\n".join(filter(None, parts))


def said_in(message: Message) -> str:
    """Return all words in a message, for the risk check."""
    found = carried_by(message)
    return "\n".join(filter(None, [message.text, found.description, found.name] if found else [message.text]))


def length(seconds: int) -> str:
    """Return minutes and seconds."""
    return f"{seconds // 60}:{seconds % 60:02}"
