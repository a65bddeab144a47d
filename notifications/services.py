"""The one write path for news: stored in the inbox, and sent on its ways, with the transaction of what happened."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from notifications import live, planning
from notifications.kinds import table
from notifications.models import Notification, new_key


@transaction.atomic
def notify(user: User, kind: str, data: Mapping[str, Any], *, key: str = "") -> Notification | None:
    """Tell one person something; None when it was told under this key before.

    `data` holds under "what" which of the kind's sentences it is, and ids; KeyError for a kind or a sentence that does
    not exist.
    """
    told = notify_all([user], kind, data, key=key)
    return told[0] if told else None


@transaction.atomic
def notify_all(users: Iterable[User], kind: str, data: Mapping[str, Any], *, key: str = "") -> list[Notification]:
    """Tell several people the same, in a fixed number of queries; return what is new."""
    if data["what"] not in table()[kind].news:
        raise KeyError(data["what"])
    text = json.dumps(dict(data))
    rows = [Notification(user=user, kind=kind, data=text, key=key or new_key()) for user in users]
    made = Notification.objects.bulk_create(rows, ignore_conflicts=True)
    stored = {row.public_id: row for row in made}
    new = list(Notification.objects.filter(public_id__in=stored).values_list("pk", "public_id"))
    for pk, public_id in new:
        stored[public_id].pk = pk
    told = [row for row in made if row.pk]
    planning.send_on(table()[kind], told)
    live.changed([row.user for row in told])
    return told
