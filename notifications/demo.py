"""A few news for the demonstration people, so that their inboxes have something to show."""

import json
from datetime import timedelta

from django.utils import timezone

from accounts.demo import DOMAIN
from accounts.models import User
from notifications.models import Notification

NEWS = [  # who, kind, what, days ago, whether it was read
    ("user", "helping", "accepted", 40, True),
    ("user", "supporting", "accepted", 12, True),
    ("user", "helping", "place_free", 3, False),
    ("user", "tests", "asked", 1, False),
    ("volunteer", "role", "trained", 20, True),
    ("volunteer", "people", "asked", 1, False),
]


def load() -> None:
    """Put the news there, once; nothing is sent."""
    now = timezone.now()
    for name, kind, what, days, read in NEWS:
        made = now - timedelta(days=days)
        user = User.objects.get(email=f"{name}@{DOMAIN}")
        known = {"data": json.dumps({"what": what}), "made_at": made, "read_at": made if read else None}
        Notification.objects.get_or_create(user=user, kind=kind, key=f"demo:{what}", defaults=known)
