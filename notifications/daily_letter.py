"""The daily letter: what is new, together, at the hour that a person chose, once a day of theirs at most."""

import logging
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Min, Q
from django.utils import timezone

from accounts.models import User
from notifications.choices import Channel, State
from notifications.clock import Clock
from notifications.mail import letters
from notifications.models import Delivery, Rhythm

logger = logging.getLogger(__name__)
DAY = timedelta(days=1)
IN_DAILY = Q(notifications__deliveries__state=State.DIGEST, notifications__deliveries__channel=Channel.EMAIL)


def send_due() -> int:
    """Write the daily letters whose hour has come; return how many. Whoever's fails gets it with the next run.

    Nothing is remembered but the day of a person's newest letter: a run that did not happen is made up for by the next,
    a second one finds nothing to do, and a clock that was wrong for a while makes no second letter.
    """
    now = timezone.now()
    sent = 0
    waiting = User.objects.filter(IN_DAILY).annotate(since=Min("notifications__deliveries__due_at", filter=IN_DAILY))
    due = [user for user in waiting.select_related("rhythm").iterator() if _hour_has_come(user, now)]
    for user in due:
        try:
            sent += _send(user, now)
        except Exception:
            logger.exception("A daily letter was not written.")
    return sent


def _hour_has_come(user: User, now: datetime) -> bool:
    """Say whether a daily letter is due; news of days to come were told by a wrong clock, and wait for no day."""
    rhythm = getattr(user, "rhythm", None)
    clock = Clock.of(user, rhythm)
    daily = clock.daily_before(now)
    if daily < user.since <= now + DAY or clock.is_quiet(now):
        return False
    last = rhythm and rhythm.digest_on
    return last is None or not _counts(last, daily=clock.day(daily), today=clock.day(now))


def _counts(last: date, *, daily: date, today: date) -> bool:
    """Say whether the newest letter is that of this day; one of days to come was written by a clock that was wrong."""
    return daily <= last <= today + DAY


@transaction.atomic
def _send(user: User, now: datetime) -> bool:
    """Write one person's letter and end what is in it; the person's row is locked, so that two runs write one."""
    Rhythm.objects.get_or_create(user=user)
    rhythm = Rhythm.objects.select_for_update().get(user=user)
    user.rhythm = rhythm
    if not _hour_has_come(user, now):
        return False
    open_ = Delivery.objects.filter(notification__user=user, channel=Channel.EMAIL, state=State.DIGEST)
    needless = open_.filter(notification__read_at__isnull=False) if letters.reachable(user) else open_
    needless.update(state=State.DROPPED, ended_at=now)
    count = open_.update(state=State.SENT, ended_at=now)
    if count:
        letters.digest(user, count)
        rhythm.digest_on = Clock.of(user, rhythm).day(now)
        rhythm.save(update_fields=["digest_on"])
    return bool(count)
