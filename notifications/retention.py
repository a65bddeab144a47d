"""What of notifications is kept only for a time; how each was delivered goes with it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.retention.lengths import kept
from accounts.retention.periods import Period, delete, in_batches
from notifications.choices import Post
from notifications.kinds import table
from notifications.models import Letter, Notification

PASSING = timedelta(days=2)  # a reminder is of no use after hours; for a day it says that the person was reminded


def periods() -> list[Period]:
    """Return the news that were read, those that nobody reads, and the letters that are through."""
    return [
        Period(
            "notifications_read",
            _("Notifications that you have read"),
            _("that reading"),
            kept("notifications_read"),
            _news(lambda before: Notification.objects.filter(read_at__lt=before)),
        ),
        Period(
            "notifications",
            _("Notifications that you have not read"),
            _("that notification"),
            kept("notifications"),
            _news(lambda before: Notification.objects.filter(made_at__lt=before)),
        ),
        Period(
            "reminders",
            _("Reminders to record your mood"),
            _("that reminder"),
            PASSING,
            _news(lambda before: Notification.objects.filter(kind__in=_passing(), made_at__lt=before)),
        ),
        Period(
            "letters",
            _("That a letter was sent; to whom and its words go as soon as it is on its way"),
            _("that letter"),
            kept("letters"),
            lambda before: delete(Letter.objects.exclude(state=Post.WAITING).filter(ended_at__lt=before)),
        ),
    ]


def _passing() -> list[str]:
    return [kind.key for kind in table().values() if kind.lasts]


def _news(old: Callable[[datetime], QuerySet[Notification]]) -> Callable[[datetime], int]:
    """Let go of news together with their deliveries; return how many news they were."""
    counted = "notifications.Notification"
    return lambda before: in_batches(old(before), lambda batch: batch.delete()[1].get(counted, 0))
