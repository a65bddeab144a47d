"""What the tracker keeps only for a time."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.retention.lengths import kept
from accounts.retention.periods import Period, delete
from tracker.models import Draft, ReportOffer
from tracker.periods import FORTNIGHT


def periods() -> list[Period]:
    """Return the drafts that nobody goes on with, and what says when a report was offered."""
    return [
        Period(
            "journal_drafts",
            _("What you began to write in the journal and did not save"),
            _("the last change"),
            kept("journal_drafts"),
            lambda before: delete(Draft.objects.filter(updated_at__lt=before)),
        ),
        Period(
            "report_offers",
            _("That you were offered the report on two weeks"),
            _("that offer"),
            timedelta(days=FORTNIGHT),
            lambda before: delete(ReportOffer.objects.filter(closed_at__lt=before)),
        ),
    ]
