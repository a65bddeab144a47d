"""Telling each side that there are new words for them: once, and again only after a while."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Greatest
from django.utils import timezone

from chat.models import Conversation, Message, Side
from emocare.notices import tell

QUIET = timedelta(seconds=30)  # in which whoever is there has read it
AGAIN = timedelta(hours=1)  # after which who did not come is told of newer words
LONGEST_AGO = timedelta(days=7)
MOST = 500  # sides that one run tells


def tell_all() -> int:
    """Tell all sides for which words wait; return how many. Each has a transaction of its own."""
    keys = list(_due().order_by("conversation__written_at").values_list("pk", flat=True)[:MOST])
    return sum(_tell_one(key) for key in keys)


def _due() -> QuerySet[Side]:
    """Return the sides that have not read, for some seconds, what the other wrote; nobody who cannot read it now."""
    now = timezone.now()
    seen = Greatest(OuterRef("told"), OuterRef("read"))
    theirs = Message.objects.filter(conversation=OuterRef("conversation"), number__gt=seen, deleted_at__isnull=True)
    new = theirs.exclude(author=OuterRef("person")).filter(author__isnull=False, written_at__lte=now - QUIET)
    owners = Q(person=F("conversation__owner"))
    helping = Exists(Conversation.objects.in_force().filter(pk=OuterRef("conversation")))
    lately = Q(conversation__written_at__gte=now - LONGEST_AGO)
    came_since = Q(told__lte=F("read")) | Q(told_at__lte=now - AGAIN)
    here = Q(conversation__last_number__gt=Greatest("read", "told"), person__is_active=True)
    return Side.objects.filter(lately, here, came_since, owners | helping).filter(Exists(new))


@transaction.atomic
def _tell_one(key: int) -> bool:
    """Tell one side if it is due still: whoever tells it at the same time is left to it."""
    held = _due().select_for_update(skip_locked=True, of=("self",)).select_related("person", "conversation")
    side = held.filter(pk=key).first()
    if side is None:
        return False
    newest = side.conversation.messages.exclude(author=side.person).aggregate(newest=Max("number"))["newest"]
    side.told, side.told_at = newest, timezone.now()
    side.save(update_fields=["told", "told_at"])
    public_id = str(side.conversation.public_id)
    tell(side.person, "chat", "written", key=f"{public_id}:{newest}", public_id=public_id)
    return True
