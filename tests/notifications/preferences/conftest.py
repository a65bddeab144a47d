"""Kinds of news that only these tests know, one of each sort."""

from datetime import timedelta

import pytest

from emocare.notices import Audience, How, Kind, News
from notifications.kinds import table

SAYS = {"came": News("Something came", "dashboard")}
KINDS = [
    Kind("trial_news", "News for trial", SAYS),
    Kind("trial_daily", "Daily news for trial", SAYS, email=How.DIGEST, push=How.OFF),
    Kind("trial_short", "Short-lived news for trial", SAYS, lasts=timedelta(hours=3)),
    Kind("trial_helpers", "News for helpers", SAYS, audience=Audience.HELPERS),
    Kind("trial_safety", "Safety for trial", SAYS, safety=True),
]


@pytest.fixture(autouse=True)
def _kinds(monkeypatch) -> None:
    for kind in KINDS:
        monkeypatch.setitem(table(), kind.key, kind)
