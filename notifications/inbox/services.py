"""Reading and deleting news; a person's other pages and devices agree at once."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from notifications import live
from notifications.inbox import access
from notifications.models import Notification


@transaction.atomic
def mark_read(*, user: User, news: Notification) -> None:
    """Note that somebody read one piece of their news."""
    if Notification.objects.filter(pk=news.pk, read_at__isnull=True).update(read_at=timezone.now()):
        access.count_anew(user)
        live.changed([user])


@transaction.atomic
def mark_all_read(*, user: User, until: datetime) -> int:
    """Note that a person read all news that were there at a moment; return how many."""
    rows = access.news_of(user).filter(read_at__isnull=True, made_at__lte=until).order_by()
    if read := rows.update(read_at=timezone.now()):
        live.changed([user])
    return read


@transaction.atomic
def delete(*, user: User, public_id: uuid.UUID) -> None:
    """Delete one piece of a person's news; what is gone already stays gone."""
    if access.news_of(user).filter(public_id=public_id).delete()[0]:
        live.changed([user])


@transaction.atomic
def delete_read(*, user: User) -> int:
    """Delete the news that a person has read; return how many there were."""
    return access.news_of(user).filter(read_at__isnull=False).delete()[1].get(Notification._meta.label, 0)
