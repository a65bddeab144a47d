import uuid
from collections.abc import Callable
from datetime import datetime

import pytest
from django.utils import timezone

from accounts.models import User
from tracker import services
from tracker.models import MoodEntry


@pytest.fixture
def record(db) -> Callable[..., MoodEntry]:
    """Return a way to record a mood for a person: `record(owner, 4, moment, note="...")`."""

    def make(owner: User, level: int = 3, felt_at: datetime | None = None, note: str = "") -> MoodEntry:
        moment = felt_at or timezone.now()
        entry, _created = services.record_mood(
            owner=owner, level=level, felt_at=moment, form_key=uuid.uuid4(), note=note
        )
        return entry

    return make
