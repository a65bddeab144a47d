"""Shifts around the clock for the demonstration psychologists: one by day, one by night, both for two hours."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from accounts.demo import DOMAIN
from accounts.models import User
from accounts.zones import DEFAULT_ZONE, zone_of
from emergency.duty.clock import moment, monday_of
from emergency.models import Shift

DAYS = 5 * 7  # from last Monday on: at every start four weeks ahead are full
DAY, NIGHT = (time(8), timedelta(hours=12)), (time(18), timedelta(hours=14))


def load() -> None:
    """Fill the weeks that come, and the night that goes on; what stands there already stays. Nobody is told."""
    pair = [User.objects.get(email=f"{name}@{DOMAIN}") for name in ("psychologist", "psychologist2")]
    planned = []
    with timezone.override(zone_of(DEFAULT_ZONE)):
        first = monday_of(timezone.localdate()) - timedelta(days=1)
        for day in (first + timedelta(days=i) for i in range(DAYS + 1)):
            by_day, by_night = pair if day.isocalendar().week % 2 else reversed(pair)
            for person, (begins, length) in ((by_day, DAY), (by_night, NIGHT)):
                starts = datetime.combine(day, begins)
                planned.append(Shift(psychologist=person, starts_at=moment(starts), ends_at=moment(starts + length)))
    Shift.objects.bulk_create(planned, ignore_conflicts=True)
