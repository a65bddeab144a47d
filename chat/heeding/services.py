"""The risk check of messages: what was stored is looked at, its level kept, and whoever is concerned told of it."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from chat import live
from chat.attachments.showing import said_in
from chat.heeding import imminent
from chat.heeding.reading import read
from chat.models import Message
from emergency.risk.levels import Assessment, Level

LATE = timedelta(minutes=1)  # after which whoever should have looked will not any more
MOST = 1000  # messages that one sweep looks at
TOGETHER = 100


def look(public_id: uuid.UUID) -> None:
    """Assess a stored message, unless somebody has; where the check fails it is looked at again later."""
    _look_at(waiting().filter(public_id=public_id))


def look_again() -> None:
    """Assess what nobody has looked at for a minute, the newest first; the rest is left to the next time."""
    late = waiting().filter(written_at__lt=timezone.now() - LATE).order_by("-written_at")
    keys = list(late.values_list("pk", flat=True)[:MOST])
    for start in range(0, len(keys), TOGETHER):
        _look_at(late.filter(pk__in=keys[start : start + TOGETHER]))


def waiting() -> QuerySet[Message]:
    """Return what nobody has looked at."""
    return Message.objects.filter(risk_level__isnull=True, deleted_at__isnull=True)


def note_all(found: Iterable[tuple[uuid.UUID, Assessment | None]]) -> None:
    """Keep what the check said of messages as they were first written, by their ids; in one query for all calm ones."""
    known = [(public_id, one) for public_id, one in found if one is not None]
    calm = [public_id for public_id, one in known if one.level == Level.NONE]
    waiting().filter(public_id__in=calm, edited_at=None).update(risk_level=Level.NONE)
    for public_id, one in known:
        if one.level > Level.NONE:
            note(public_id, one)


@transaction.atomic
def note(public_id: uuid.UUID, found: Assessment, *, edited_at: datetime | None = None) -> None:
    """Keep what the check said of a message, and tell whom it concerns; nothing when it was changed since, or kept."""
    rows = waiting().select_for_update(of=("self",)).select_related("conversation__owner", "conversation__helper")
    message = rows.filter(public_id=public_id, edited_at=edited_at).first()
    if message is None:
        return
    message.risk_level, message.risk_kind = found.level, found.kind
    message.save(update_fields=["risk_level", "risk_kind"])
    if found.level > Level.NONE and not message.is_bot:
        _tell(message, found)


def _look_at(messages: QuerySet[Message]) -> None:
    rows = list(messages.select_related("attachment"))
    found = [(row, read(said_in(row))) for row in rows]
    note_all((row.public_id, one) for row, one in found if row.edited_at is None)
    for row, one in found:
        if row.edited_at is not None and one is not None:
            note(row.public_id, one, edited_at=row.edited_at)


def _tell(message: Message, found: Assessment) -> None:
    """Offer help to whoever wrote; let the helper see the level of what the person wrote, never the other way round."""
    conversation = message.conversation
    level, kind = int(found.level), found.kind.value
    live.say(conversation, {"type": "offer", "to_owner": message.by_owner, "level": level, "kind": kind})
    if message.by_owner:
        live.say(conversation, {"type": "changed", "number": message.number})
        if found.level == Level.IMMINENT:
            imminent.follow(message)
