"""What the first page of the administrators' site says of the register."""

from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import Breach


def open_breaches() -> dict[str, int]:
    """Return how many entries are open, and for how many the time to tell the authorised body has passed."""
    overdue = Q(authority_notified_at__isnull=True, due_at__lt=timezone.now())
    return Breach.objects.open().aggregate(open=Count("pk"), overdue=Count("pk", filter=overdue))
