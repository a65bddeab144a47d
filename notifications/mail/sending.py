"""From a piece of news to the mail server. docs/decisions/0025-once.md"""

import json
import logging

from django.db import transaction
from django.utils import timezone

from emocare.background import TryLater
from emocare.notices import Kind
from notifications.choices import Post, State
from notifications.kinds import to_deliver
from notifications.mail import failing, letters, transport
from notifications.models import Delivery, Letter, Notification
from notifications.outcomes import AWAY, keep_trying

logger = logging.getLogger(__name__)


@transaction.atomic
def deliver(delivery: int) -> None:
    """Write the letter of a delivery that waits still, and store it with the delivery's end."""
    waiting = Delivery.objects.select_for_update(of=("self",)).select_related("notification__user")
    row = waiting.filter(pk=delivery, state=State.WAITING).first()
    if row is None:
        return
    kind = to_deliver(row.notification.kind)
    wanted = _is_wanted(row.notification, kind)
    if wanted:
        letters.news(row.notification.user, kind)
    row.state, row.ended_at = State.SENT if wanted else State.DROPPED, timezone.now()
    row.save(update_fields=["state", "ended_at"])


def _is_wanted(news: Notification, kind: Kind) -> bool:
    over = kind.is_over(news.made_at, timezone.now())
    return news.read_at is None and not over and letters.reachable(news.user, safety=kind.safety)


def send(letter: int) -> None:
    """Give a letter that waits still to the mail server.

    Its row is locked meanwhile. Once the server has said yes the letter is gone: that is written down however long
    the database is away, within the pauses of `keep_trying`.
    """
    ended: Post | None = None
    try:
        with transaction.atomic():
            row = _locked(letter)
            if row is None:
                return
            to, ended, about_address = _post(row)
            _end(letter, ended)
            if about_address:
                failing.count(to)
    except AWAY:
        if ended is None:
            raise
        keep_trying(lambda: _end(letter, ended))


def _locked(letter: int) -> Letter | None:
    row = Letter.objects.select_for_update(skip_locked=True).filter(pk=letter, state=Post.WAITING).first()
    if row is None and Letter.objects.filter(pk=letter, state=Post.WAITING).exists():
        raise TryLater("another worker is sending this letter")
    return row


def _post(row: Letter) -> tuple[str, Post, bool]:
    """Return the address of the account, the letter's end, and whether the address is why it did not go."""
    envelope = json.loads(row.envelope)
    account = envelope["account"]
    if row.expires_at <= timezone.now():
        logger.warning("A letter grew too old to be sent")
        return account, Post.EXPIRED, False
    try:
        transport.post(envelope["from"], envelope["to"], row.content)
    except transport.Refused as refused:
        return account, Post.REFUSED, refused.about_address
    return account, Post.SENT, False


def _end(letter: int, ended: Post) -> None:
    """Write down how a letter ended; its words go."""
    waiting = Letter.objects.filter(pk=letter, state=Post.WAITING)
    waiting.update(state=ended, ended_at=timezone.now(), envelope=b"", content=b"")
