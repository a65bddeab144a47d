"""What of follow-ups, urgent requests, the duty rota and sentences about the risk check is kept only for a time."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from accounts.retention.lengths import kept
from accounts.retention.periods import Period, delete, in_batches
from emergency.choices import GOES_ON, State
from emergency.judgements.choices import Verdict
from emergency.models import FollowUp, HelpRequest, Judgement, Shift


def periods() -> list[Period]:
    """Return closed follow-ups and urgent requests with what was written in them, shifts, sentences about the check."""
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
        *of_requests(),
        *of_judgements(),
    ]


def of_requests() -> list[Period]:
    """Return how long urgent requests and shifts are kept; a request stays while its follow-up goes on."""
    goes_on = Exists(FollowUp.objects.filter(request=OuterRef("pk"), state__in=GOES_ON))
    return [
        Period(
            "help_requests",
            _("Urgent requests: your words, what you and a psychologist wrote, what was done"),
            _("the day it was closed"),
            kept("help_requests"),
            lambda before: in_batches(
                HelpRequest.objects.filter(~goes_on, state=State.CLOSED, closed_at__lt=before),
                lambda batch: batch.delete()[1].get("emergency.HelpRequest", 0),
            ),
        ),
        Period(
            "shifts",
            _("Who of the psychologists was on duty when"),
            _("the end of the shift"),
            kept("shifts"),
            lambda before: in_batches(
                Shift.objects.filter(ends_at__lt=before),
                lambda batch: batch.delete()[1].get("emergency.Shift", 0),
            ),
        ),
    ]


def of_judgements() -> list[Period]:
    """Return how long sentences are kept that people sent because the risk check was wrong."""
    return [
        Period(
            "judgements",
            _("Sentences about the risk check that nobody has read yet, or that cannot be used"),
            _("the day you sent it"),
            kept("judgements"),
            lambda before: delete(Judgement.objects.filter(sent_at__lt=before).exclude(verdict=Verdict.LABEL)),
        ),
        Period(
            "judgements_reviewed",
            _("Sentences about the risk check from which it can learn"),
            _("the day an administrator read it"),
            kept("judgements_reviewed"),
            lambda before: delete(Judgement.objects.filter(verdict=Verdict.LABEL, reviewed_at__lt=before)),
        ),
    ]
