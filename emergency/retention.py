"""What of follow-ups is kept only for a time."""

from django.utils.translation import gettext_lazy as _

from accounts.retention.lengths import kept
from accounts.retention.periods import Period, in_batches
from emergency.choices import State
from emergency.models import FollowUp


def periods() -> list[Period]:
    """Return the follow-ups that are closed, with what was written in them."""
    return [
        Period(
            "follow_ups",
            _("That you were asked how you are after a hard moment, and what you and a psychologist wrote then"),
            _("the day it was closed"),
            kept("follow_ups"),
            lambda before: in_batches(
                FollowUp.objects.filter(state=State.CLOSED, closed_at__lt=before),
                lambda batch: batch.delete()[1].get("emergency.FollowUp", 0),
            ),
        ),
    ]
