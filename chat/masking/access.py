"""Who sees what unmasked: between a volunteer and a person both have to agree; a psychologist is shown everything."""

from collections.abc import Set

from chat.access import Seat
from chat.choices import Wish
from chat.masking.words import masked, spans
from chat.models import Conversation, Message


def hides(conversation: Conversation, shared: Set[Wish]) -> bool:
    """Say whether the two see each other's words masked; `shared` is what both wish."""
    helper = conversation.helper
    return Wish.CONTACTS not in shared and not (helper is not None and helper.is_psychologist)


def shown_text(message: Message, seat: Seat, shared: Set[Wish]) -> str:
    """Return the words of a message as this side sees them: one's own as they are, nothing of a deleted one."""
    if message.deleted_at:
        return ""
    other = message.by_owner != seat.by_owner
    return masked(message.text) if other and hides(seat.conversation, shared) else message.text


def is_hidden_from_other(message: Message, seat: Seat, shared: Set[Wish]) -> bool:
    """Say whether a part of one's own words is masked for the other side; the writer reads a note then."""
    own = message.by_owner == seat.by_owner and not message.deleted_at
    return own and hides(seat.conversation, shared) and bool(spans(message.text))
