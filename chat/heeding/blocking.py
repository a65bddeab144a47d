"""Blocking: nobody writes in a conversation until whoever closed it opens it again."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.helping.steps import Refused
from chat import live
from chat.access import Seat
from chat.models import Conversation

NOT_YOURS = _("You two cannot write to each other now.")


@transaction.atomic
def block(seat: Seat) -> None:
    """Let nobody write there; a second press changes nothing. Raises Refused when the other was quicker."""
    held = _hold(seat)
    if held.blocked_at is None:
        held.blocked_at, held.blocked_by = timezone.now(), seat.person
        held.save(update_fields=["blocked_at", "blocked_by"])
        live.say(held, {"type": "over", "why": "blocked"})
    elif held.blocked_by_id != seat.person.pk:
        raise Refused(NOT_YOURS)


@transaction.atomic
def unblock(seat: Seat) -> None:
    """Let both write again; a second press changes nothing. Raises Refused to everybody but who blocked."""
    held = _hold(seat)
    if held.blocked_at is None:
        return
    if held.blocked_by_id != seat.person.pk:
        raise Refused(NOT_YOURS)
    held.blocked_at = held.blocked_by = None
    held.save(update_fields=["blocked_at", "blocked_by"])


def _hold(seat: Seat) -> Conversation:
    return Conversation.objects.select_for_update(no_key=True, of=("self",)).get(pk=seat.conversation.pk)
