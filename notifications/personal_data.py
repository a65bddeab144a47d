"""What notifications keep of people: `accounts.personal.registry` says how to read it."""

import json
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.personal.registry import INNER, SECRET, Table
from notifications.inbox import sentences
from notifications.kinds import table
from notifications.mail.addresses import digest, of_envelope
from notifications.models import Letter, Notification, PushSubscription

TOLD = "It says what was told and when."
KIND = {"kind": pgettext_lazy("a column", "What it is about")}
CHANNEL = {"channel": pgettext_lazy("a column", "Over which way")}


def _kind(row: Any, person: User) -> str:
    kind = table().get(row.kind)
    return str(kind.label) if kind else str(row.kind)


def _sentence(row: Notification, person: User) -> str:
    return sentences.sentence(row)


def _data(row: Notification, person: User) -> Any:
    return json.loads(row.data)


def _service(row: PushSubscription, person: User) -> str:
    """Say whose service it is: the rest of the address lets whoever has it write to the browser."""
    return urlsplit(row.endpoint).hostname or ""


TABLES = [
    Table(
        name="notifications",
        model="notifications.Notification",
        person="user",
        title=_("Notifications"),
        fields=("kind", "data", "made_at", "read_at"),
        hidden={"id": INNER, "public_id": INNER, "user": INNER, "key": "It keeps the same from being told twice."},
        fixed=TOLD,
        words=KIND
        | {
            "data": pgettext_lazy("a column", "What you were told"),
            "made_at": pgettext_lazy("a column", "When"),
            "read_at": pgettext_lazy("a column", "Read"),
        },
        shown={"kind": _kind, "data": _sentence},
        as_data={"data": _data},
    ),
    Table(
        name="deliveries",
        model="notifications.Delivery",
        person="notification__user",
        title=_("Notifications that were sent to you"),
        fields=("channel", "state", "due_at", "ended_at"),
        hidden={"id": INNER, "notification": INNER, "subscription": INNER},
        fixed=TOLD,
        words=CHANNEL
        | {
            "due_at": pgettext_lazy("a column", "Not before"),
            "ended_at": pgettext_lazy("a column", "Ended"),
        },
    ),
    Table(
        name="push_subscriptions",
        model="notifications.PushSubscription",
        person="user",
        title=_("Devices that show notifications"),
        fields=("endpoint", "made_at", "sent_at", "failing_since"),
        hidden={"id": INNER, "public_id": INNER, "user": INNER, "sign_in": INNER, "digest": SECRET, "keys": SECRET},
        fixed="The browser gave it; it is taken away together with the device.",
        words={
            "endpoint": pgettext_lazy("a column", "The service of the browser"),
            "made_at": pgettext_lazy("a column", "Since"),
            "sent_at": pgettext_lazy("a column", "Last notification"),
            "failing_since": pgettext_lazy("a column", "Does not answer since"),
        },
        shown={"endpoint": _service},
        as_data={"endpoint": _service},
    ),
    Table(
        name="notification_hours",
        model="notifications.Rhythm",
        person="user",
        title=_("Hours of notifications"),
        fields=("quiet_from", "quiet_until", "digest_hour"),
        hidden={"user": INNER, "digest_on": "It keeps a daily letter from coming twice."},
        corrected_at={"notification_preferences": ("quiet_from", "quiet_until", "digest_hour")},
        words={
            "quiet_from": pgettext_lazy("a column", "Quiet from, in minutes of the day"),
            "quiet_until": pgettext_lazy("a column", "Quiet until, in minutes of the day"),
            "digest_hour": pgettext_lazy("a column", "Hour of the daily letter"),
        },
    ),
    Table(
        name="notification_choices",
        model="notifications.Choice",
        person="user",
        title=_("What you chose about notifications"),
        fields=("kind", "channel", "how"),
        hidden={"id": INNER, "user": INNER},
        corrected_at={"notification_preferences": ("kind", "channel", "how")},
        words=KIND | CHANNEL | {"how": pgettext_lazy("a column", "How")},
        shown={"kind": _kind},
    ),
    Table(
        name="ways_out",
        model="notifications.WayOut",
        person="user",
        title=_("Links that stop letters"),
        hidden={
            "id": INNER,
            "user": INNER,
            "kind": INNER,
            "before": INNER,
            "token": "Whoever has it can stop letters.",
        },
        fixed="It belongs to letters that were sent.",
    ),
    Table(
        name="mail_trouble",
        model="notifications.MailTrouble",
        person="user",
        title=_("Letters to you that did not arrive"),
        fields=("count", "last_at"),
        hidden={"user": INNER, "address": "It is a digest of your address."},
        fixed=TOLD,
        words={
            "count": pgettext_lazy("a column", "How many, one after the other"),
            "last_at": pgettext_lazy("a column", "The last one"),
        },
    ),
]


@transaction.atomic
def end_letters(*, user: User) -> None:
    """Delete what was written to the person, sent or not; what says that the account is gone is written after this.

    To whom a letter goes is encrypted: a digest finds it. One that is being sent in this moment stays, and goes with
    the others like it after a while.
    """
    theirs = {user.email, *user.emailaddress_set.values_list("email", flat=True)} - {None}
    found = Letter.objects.filter(address__in=[known for email in theirs for known in _digests(email)])
    Letter.objects.filter(pk__in=list(found.select_for_update(skip_locked=True).values_list("pk", flat=True))).delete()


def _digests(email: str) -> list[bytes]:
    try:
        return [digest(of_envelope(email))]
    except ValueError:
        return []  # an address that no letter goes to


ENDINGS = [end_letters]
