"""Which of one's own words help is offered after."""

from django.utils import timezone

from chat.access import Seat
from chat.models import Message
from emergency.heeding import SHOWN_FOR
from emergency.risk.levels import Level


def gravest_words(seat: Seat) -> Message | None:
    """Return what the check found most urgent of what this side wrote within the hour in which help is offered."""
    lately = timezone.now() - SHOWN_FOR
    mine = Message.objects.filter(conversation=seat.conversation, by_owner=seat.by_owner, deleted_at__isnull=True)
    found = mine.filter(author=seat.person, written_at__gte=lately, risk_level__gt=Level.NONE)
    return found.select_related("attachment").order_by("-risk_level", "-number").first()
