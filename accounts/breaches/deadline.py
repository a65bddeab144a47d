"""By when the authorised body has to be told: within one business day of finding out (Law 94-V as changed by 44-VIII).

Business days are Monday to Friday where the operator is. Public holidays are left out on purpose: they would only move
the day further, and a deadline that is too early harms nobody. A Saturday that the Government makes a working day would
move it nearer: docs/data-protection.md tells the operator.
"""

from datetime import datetime, time, timedelta

from django.utils import timezone

SATURDAY = 5


def due(detected_at: datetime) -> datetime:
    """Return the last minute of the next business day after a moment, on the operator's clock."""
    zone = timezone.get_default_timezone()
    day = timezone.localdate(detected_at, zone) + timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return datetime.combine(day, time(23, 59), zone)
