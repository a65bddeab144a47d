"""What the two of a conversation let each other see: only what both want, and nothing of what one of them wants."""

from django.db.models import Exists, OuterRef

from chat.access import Seat
from chat.choices import Wish
from chat.models import Conversation, Side

NOW = {
    Wish.TYPING,
    Wish.LIVE,
    Wish.PRESENCE,
}  # what is seen of somebody now, and so only while the two can write to each other


def shared(conversation: Conversation) -> set[Wish]:
    """Return what both sides want; of now nothing where nobody can write: after the end, or behind a block."""
    open_ones = Conversation.objects.in_force().filter(pk=OuterRef("conversation_id"), blocked_at__isnull=True)
    both = Side.objects.filter(conversation=conversation).annotate(is_open=Exists(open_ones))
    sides = list(both.values("is_open", *Wish.values))
    if len(sides) != 2:  # somebody's account is gone
        return set()
    wanted = {wish for wish in Wish if all(side[wish.value] for side in sides)}
    return wanted if sides[0]["is_open"] else wanted - NOW


def offered(conversation: Conversation) -> set[Wish]:
    """Return what the two can choose: to a psychologist nothing is masked, so that there is nothing to ask."""
    helper = conversation.helper
    return set(Wish) - {Wish.CONTACTS} if helper and helper.is_psychologist else set(Wish)


def chosen_by(seat: Seat) -> set[Wish]:
    """Return what this person wants."""
    side = Side.objects.filter(conversation=seat.conversation, person=seat.person).values(*Wish.values).first()
    return {wish for wish in Wish if side and side[wish.value]}
