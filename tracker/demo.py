"""Two weeks of moods for the demonstration user, so that chart and list have something to show."""

import uuid
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.demo import DOMAIN
from accounts.models import User
from tracker.models import MoodEntry

LEVELS = [3, 2, 4, 3, 5, 4, 3, 2, 3, 3, 2, 4, 4, 3]
HOURS = [9, 20, 13, 19, 10, 21, 18, 8, 19, 12, 20, 9, 17, 11]
NOTES = {0: "Демонстрациялық жазба: түнде ұйқым тыныш болды.", 4: "Демонстрациялық жазба: достарыммен серуендедім."}


def load() -> None:
    """Add the entries once: one of an hour ago, the others on the days before."""
    owner = User.objects.get(email=f"user@{DOMAIN}")
    if MoodEntry.objects.of(owner).exists():
        return
    zone = ZoneInfo(owner.time_zone)
    yesterday = timezone.localdate(timezone=zone) - timedelta(days=1)
    MoodEntry.objects.create(owner=owner, level=4, felt_at=timezone.now() - timedelta(hours=1))
    for i, (level, hour) in enumerate(zip(LEVELS, HOURS, strict=True)):
        moment = datetime.combine(yesterday - timedelta(days=i), time(hour, 15), zone)
        MoodEntry.objects.create(owner=owner, level=level, felt_at=moment, form_key=uuid.uuid4(), note=NOTES.get(i, ""))
