"""From a piece of news to a browser's push service."""

import logging
from datetime import timedelta
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from emocare.background import TryLater
from emocare.notices import Kind
from notifications.choices import Channel, State
from notifications.kinds import to_deliver
from notifications.models import Delivery, Notification, PushSubscription
from notifications.outcomes import AWAY, keep_trying
from notifications.push import access, keys
from notifications.push.posting import Answer, post

logger = logging.getLogger(__name__)
USUALLY = timedelta(days=1)  # for which a message waits at the push service for its browser
LONGEST_WAIT = 6 * 3600  # seconds; however long a service asks for
PATIENCE = timedelta(days=3)  # a device that took nothing for so long is taken off the list


def deliver(delivery: int) -> None:
    """Send a delivery that waits still to its device.

    Its row is locked until the answer is written down. Whoever is killed in between sends it once more, and the
    browser, which knows the tag, shows it once.
    """
    answer = None
    try:
        with transaction.atomic():
            row = _waiting(delivery)
            if row is None:
                return
            answer = _send(row)
            _write_down(row, answer)
    except AWAY:
        if answer is None:
            raise
        keep_trying(lambda: _write_down(row, answer))
    _after(row.subscription, answer)


def _waiting(delivery: int) -> Delivery | None:
    rows = Delivery.objects.select_for_update(skip_locked=True, of=("self",))
    rows = rows.select_related("notification", "subscription__user")
    waits = {"pk": delivery, "channel": Channel.PUSH, "state": State.WAITING}
    row = rows.filter(**waits).first()
    if row is None and Delivery.objects.filter(**waits).exists():
        raise TryLater("another worker is sending this")
    return row


def _send(row: Delivery) -> Answer | None:
    """Return the push service's answer; None when nobody needs this any more."""
    news, device = row.notification, row.subscription
    kind = to_deliver(news.kind)
    lasts = _lasts(kind, news)
    if not (keys.is_on() and device and lasts > timedelta(0)):
        return None
    if news.read_at or device.user_id != news.user_id or not access.is_theirs(device):
        return None
    message = _message(device.user, kind.outside, tag=str(news.public_id))
    return post(device, message, topic=news.public_id.hex, lasts=int(lasts.total_seconds()), urgent=kind.safety)


def _lasts(kind: Kind, news: Notification) -> timedelta:
    """Return for how long a piece of news is still worth showing."""
    if kind.lasts is None:
        return USUALLY
    return news.made_at + kind.lasts - timezone.now()


def _message(user: User, words: object, tag: str) -> dict[str, str]:
    with translation.override(user.language):
        return {"words": str(words), "tag": tag, "language": user.language}


def _write_down(row: Delivery, answer: Answer | None) -> None:
    """End the delivery, unless it is to be tried again; note on the device whether it takes what it is sent."""
    if answer is None or answer.gone:
        state = State.DROPPED
    elif not answer.later:
        state = State.SENT if answer.taken else State.FAILED
    else:
        state = State.WAITING
    now = timezone.now()
    if state != State.WAITING:
        Delivery.objects.filter(pk=row.pk, state=State.WAITING).update(state=state, ended_at=now)
    _note(row.subscription, answer)


def _note(device: PushSubscription | None, answer: Answer | None) -> None:
    if device is None or answer is None or answer.gone:
        return
    own, now = PushSubscription.objects.filter(pk=device.pk), timezone.now()
    if answer.taken:
        own.update(sent_at=now, failing_since=None)
    else:
        own.filter(failing_since=None).update(failing_since=now)


def _after(device: PushSubscription | None, answer: Answer | None) -> None:
    """Take off the list what shows nothing any more, with its deliveries; ask for another try where there is hope."""
    if device is None or (answer and answer.taken):
        return
    if answer is None and access.is_theirs(device):
        return  # it was the news that nobody needed any more
    if answer is None or answer.gone or _is_lost(device):
        PushSubscription.objects.filter(pk=device.pk).delete()
    elif answer.later:
        wait = None if answer.wait is None else min(answer.wait, LONGEST_WAIT)
        raise TryLater(f"push service answered {answer.status or 'nothing'}", wait)
    else:
        logger.error("push service %s refused a message: %s", urlsplit(device.endpoint).hostname, answer.status)


def _is_lost(device: PushSubscription) -> bool:
    return bool(device.failing_since) and timezone.now() - device.failing_since > PATIENCE


def try_out(device: int) -> None:
    """Send a trial message to a device that is its person's still."""
    row = PushSubscription.objects.select_related("user").filter(pk=device).first()
    if row is None or not (keys.is_on() and access.is_theirs(row)):
        return
    with translation.override(row.user.language):
        words = _("This is how Emocare tells you on this device that there is something new.")
    message = _message(row.user, words, tag="trial")
    answer = post(row, message, topic="trial", lasts=int(timedelta(minutes=10).total_seconds()), urgent=False)
    _note(row, answer)
    _after(row, answer)
