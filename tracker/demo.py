"""Two months of moods for the demonstration user, so that charts, comparisons and journal have something to show."""

import uuid
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.demo import DOMAIN
from accounts.models import User
from tracker.choices import Cause, Feeling
from tracker.models import MoodEntry

DAYS = 60
GAPS = {9, 10, 23, 37, 38, 39, 52}  # days ago without an entry, as everybody has them
LEVELS = [3, 2, 4, 3, 5, 4, 3, 2, 3, 3, 2, 4, 4, 3]
HOURS = [9, 20, 13, 19, 10, 21, 18, 8, 19, 12, 20, 9, 17, 11]
WORDS = {
    1: ([Feeling.SADNESS, Feeling.TIREDNESS], [Cause.PAIN]),
    2: ([Feeling.TIREDNESS], [Cause.PAIN, Cause.SLEEP]),
    3: ([Feeling.ANXIETY], [Cause.STUDY]),
    4: ([Feeling.CALM], [Cause.REST]),
    5: ([Feeling.JOY, Feeling.GRATITUDE], [Cause.PEOPLE, Cause.REST]),
}
NOTES = {0: "Демонстрациялық жазба: түнде ұйқым тыныш болды.", 4: "Демонстрациялық жазба: достарыммен серуендедім."}
JOURNAL = "Демонстрациялық жазба: бүгін терезе алдында отырып, қардың жауғанын тыңдадым. Ішім тыныш."


def load() -> None:
    """Add the entries once: one of an hour ago, the others on the days before."""
    owner = User.objects.get(email=f"user@{DOMAIN}")
    if MoodEntry.objects.of(owner).exists():
        return
    zone = ZoneInfo(owner.time_zone)
    yesterday = timezone.localdate(timezone=zone) - timedelta(days=1)
    MoodEntry.objects.create(owner=owner, level=4, felt_at=timezone.now() - timedelta(hours=1))
    MoodEntry.objects.create(owner=owner, note=JOURNAL, prompt="now", felt_at=timezone.now() - timedelta(hours=2))
    for i in range(DAYS):
        if i in GAPS:
            continue
        level = LEVELS[i % len(LEVELS)]
        feelings, causes = WORDS[level] if i % 3 else ([], [])
        moment = datetime.combine(yesterday - timedelta(days=i), time(HOURS[i % len(HOURS)], 15), zone)
        MoodEntry.objects.create(
            owner=owner,
            level=level,
            felt_at=moment,
            form_key=uuid.uuid4(),
            note=NOTES.get(i, ""),
            feelings=feelings,
            causes=causes,
        )
