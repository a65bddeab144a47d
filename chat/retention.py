"""How long messages are kept; what has no words any more keeps its place in the numbering."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.retention.lengths import kept
from accounts.retention.periods import Period, in_batches
from chat.attachments.letting_go import let_go
from chat.models import Attachment, Message


def periods() -> list[Period]:
    """Return messages with what they were answered with; conversations count on where they are."""
    return [
        Period(
            "messages",
            _("What you and a helper wrote to each other"),
            _("the day it was written"),
            kept("messages"),
            lambda before: in_batches(
                Message.objects.filter(written_at__lt=before),
                _let_go,
            ),
        )
    ]


def _let_go(batch: QuerySet[Message]) -> int:
    let_go(Attachment.objects.filter(message__in=batch))
    return batch.delete()[1].get("chat.Message", 0)
