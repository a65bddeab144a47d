"""Kinds of news that only these tests know, and people who were told something."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from accounts.models import User
from emocare.notices import Kind, News
from notifications.kinds import table
from notifications.models import Notification
from notifications.services import notify

SAYS = {
    "came": News("Something came", "dashboard"),
    "entry": News("An entry came", "edit_mood", ("public_id",)),
}
KINDS = [Kind("inbox_news", "News", SAYS), Kind("inbox_short", "Short-lived news", SAYS, lasts=timedelta(hours=3))]


@pytest.fixture(autouse=True)
def _kinds(monkeypatch) -> None:
    for kind in KINDS:
        monkeypatch.setitem(table(), kind.key, kind)


@pytest.fixture
def told() -> Callable[..., Notification]:
    """Return a function that tells somebody something."""

    def tell(user: User, kind: str = "inbox_news", what: str = "came", **data: str) -> Notification:
        return notify(user, kind, {"what": what, **data})

    return tell
