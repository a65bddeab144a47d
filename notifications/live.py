"""Tell a person's open pages how many news they have not read."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from accounts import live
from accounts.models import User
from notifications.inbox import access

CHANGED = "notifications.changed"


def changed(people: Iterable[User]) -> None:
    """Send each of them their count, to all their open pages, once this transaction is committed."""
    if found := {user.pk: user for user in people}:
        transaction.on_commit(lambda: _say(found), robust=True)


def count(user: User) -> dict[str, Any]:
    """Return what a page is told of a person's unread news."""
    return _count(access.unread([user.pk])[user.pk])


def _say(people: Mapping[int, User]) -> None:
    unread = access.unread(people)
    live.say_now((user, _count(unread[key])) for key, user in people.items())


def _count(unread: int) -> dict[str, Any]:
    return {"type": CHANGED, "unread": unread}
