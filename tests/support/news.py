"""What people were told, as their inboxes have it; and news that need no kind."""

import json

from django.utils import timezone

from accounts.models import User
from notifications.models import Notification


def told(person: User | None = None) -> list[str]:
    """Return what somebody, or everybody, was told, oldest first, as `kind what`."""
    news = Notification.objects.order_by("pk")
    found = news.filter(user=person) if person else news
    return [f"{row.kind} {json.loads(row.data)['what']}" for row in found]


def written() -> str:
    """Return all that the news of everybody hold, to look for words that must not be there."""
    return " ".join(f"{row.kind} {row.key} {row.data}" for row in Notification.objects.all())


def news_of(owner: User) -> tuple[str, ...]:
    """Let a person have been told something, read and unread; return the inbox, and where one of them leads.

    Of a kind that this version does not know, the inbox says that there was something.
    """
    now = timezone.now()
    unread, _read = (Notification.objects.create(user=owner, kind="of long ago", read_at=at) for at in (None, now))
    return "notifications/", f"notifications/{unread.public_id}/"
