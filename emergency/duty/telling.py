"""What time tells people of: that their shift begins soon, that nobody is on duty in the days that come.

Both read the rota as it is at that moment, so that a shift that was moved or given up reminds nobody of it.
"""

from datetime import datetime, timedelta
from itertools import groupby

from django.utils import timezone

from emergency.duty import access
from emergency.duty.gaps import gaps
from notifications.services import notify_all

BEFORE = timedelta(hours=1)
AHEAD = timedelta(days=3)


def remind(now: datetime) -> int:
    """Tell those whose shift begins within the hour, each once; return how many were told."""
    coming = [shift for shift in access.shifts_between(now, now + BEFORE) if shift.starts_at > now]
    told = 0
    for begins, shifts in groupby(coming, key=lambda shift: shift.starts_at):
        people = [shift.psychologist for shift in shifts]
        told += len(notify_all(people, "duty_begins", {"what": "soon"}, key=f"{begins:%Y-%m-%dT%H:%MZ}"))
    return told


def tell_of_gaps(now: datetime) -> int:
    """Tell administrators, once a day, when nobody is on duty at some hours of the next days."""
    if not any(gap.nobody for gap in gaps(now, now + AHEAD)):
        return 0
    day = timezone.localdate(now).isoformat()
    return len(notify_all(access.administrators(), "duty_gaps", {"what": "ahead"}, key=f"ahead:{day}"))
