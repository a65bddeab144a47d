"""What people hear of alarms: on the pages that they have open, and as news; nothing of it says who asks, or why."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from accounts import live
from accounts.models import User
from emergency.alarms import ladder
from emergency.alarms.ladder import Subject
from emergency.alarms.live import say_request
from emergency.choices import Level, Rung
from emergency.duty.access import on_duty
from emergency.models import FollowUp, HelpRequest
from emocare.notices import tell
from notifications.models import Notification
from notifications.services import notify_all

ALARM, CHANGED = "urgent.alarm", "urgent.changed"
FREE = "SELECT p FROM unnest(%s::bigint[]) p WHERE pg_try_advisory_xact_lock(hashtextextended(%s || p, 0))"
OPENED, AGAIN, OVERDUE = "opened", "again", "overdue"


def call(subject: Subject, people: list[User], what: str) -> None:
    """Call people: at once on their open pages, then by news, which leave Emocare as letters and on devices.

    The inbox has each call. An hour has one letter of an urgency for each reader, so that many at once are not as many
    letters; but danger to life has its own each time, and never waits behind something else.
    """
    _say(people, {"type": ALARM})
    waits = isinstance(subject, FollowUp) and what == OPENED
    loud, quiet = ("attention", "attention_again") if waits else ("urgent", "urgent_again")
    data: dict[str, Any] = {"what": what}
    hour = f"{timezone.now():%Y-%m-%dT%H}:{subject.level}"
    if what == OVERDUE:  # what was promised keeps back no letter of somebody who asks now
        hour += f":{OVERDUE}"
    if isinstance(subject, HelpRequest):
        data["public_id"] = str(subject.public_id)
        if subject.level == Level.IMMINENT:
            hour += f":{subject.public_id}"
    first = _without_letter(people, loud, hour)
    notify_all([person for person in people if person.pk in first], loud, data, key=hour)
    rest = [person for person in people if person.pk not in first]
    notify_all(rest, quiet, data, key=f"{subject.public_id}:{subject.round}:{subject.rung}")


def changed(subject: Subject) -> None:
    """Say to the pages of all whom it concerns that it is not as it was."""
    _say(_concerned(subject), {"type": CHANGED, "request": str(subject.public_id)})
    if isinstance(subject, HelpRequest):
        say_request(subject)


def nobody(subject: Subject) -> None:
    """Tell whoever asked that nobody could answer, and whom to call: at once, and once each time it comes to that."""
    if subject.user is not None:
        kind = "help_request" if isinstance(subject, HelpRequest) else "follow_up"
        key = f"{subject.public_id}:{subject.round}:nobody"
        tell(subject.user, kind, "nobody", key=key, public_id=str(subject.public_id))


def _without_letter(people: Iterable[User], kind: str, key: str) -> set[int]:
    """Return to whom no letter of this hour has gone, and none is being written by another just now.

    Nobody who asks for help may wait for another who does, as for a row that both write: whoever comes second writes
    no letter. The locks end with the transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute(FREE, [[person.pk for person in people], f"{kind}:{key}:"])
        free = {person for (person,) in cursor.fetchall()}
    told = Notification.objects.filter(user__in=free, kind=kind, key=key)
    return free - set(told.values_list("user_id", flat=True))


def _concerned(subject: Subject) -> list[User]:
    """Return who asks, who has it, who was called to it, and whoever can see it in the queue."""
    people = [*on_duty(), *ladder.administrators(), *User.objects.filter(alarms__in=subject.alarms.all()).distinct()]
    if subject.rung >= Rung.ALL:
        people += ladder.everybody()
    if isinstance(subject, HelpRequest):
        there = Q(ended_at__isnull=True) | Q(ended_at=subject.closed_at)  # and, once it is over, those of the end
        people += User.objects.filter(claims__in=subject.claims.filter(there)).distinct()
    else:
        people += [subject.taken_by] if subject.taken_by else []
    people += [subject.user] if subject.user else []
    return list({person.pk: person for person in people}.values())


def _say(people: Iterable[User], message: dict[str, Any]) -> None:
    everybody = list(people)
    if everybody:
        transaction.on_commit(lambda: live.say_together(everybody, message), robust=True)
