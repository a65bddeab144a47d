"""The one write path for mood entries."""

import uuid
from datetime import datetime

from accounts.models import User
from tracker import live
from tracker.models import MoodEntry


def record_mood(
    *, owner: User, level: int, felt_at: datetime, form_key: uuid.UUID, note: str = ""
) -> tuple[MoodEntry, bool]:
    """Record a mood; a form that is sent again records nothing new and returns what it recorded the first time.

    `level` is 1 (very bad) to 5 (very good); `felt_at` is an aware moment, not in the future.
    """
    entry, created = MoodEntry.objects.get_or_create(
        owner=owner, form_key=form_key, defaults={"level": level, "felt_at": felt_at, "note": note}
    )
    if created:
        live.changed(owner)
    return entry, created


def change_mood(*, entry: MoodEntry, level: int, felt_at: datetime, note: str) -> None:
    """Change an entry."""
    entry.level, entry.felt_at, entry.note = level, felt_at, note
    entry.save(update_fields=["level", "felt_at", "note", "updated_at"])
    live.changed(entry.owner)


def delete_mood(*, entry: MoodEntry) -> None:
    """Delete an entry for good."""
    entry.delete()
    live.changed(entry.owner)
