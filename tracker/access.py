"""Mood entries are their owner's alone."""

import uuid

from django.shortcuts import get_object_or_404

from accounts.models import User
from tracker.models import MoodEntry, MoodEntryQuerySet


def entries_of(user: User) -> MoodEntryQuerySet:
    """Return the person's own entries, newest first."""
    return MoodEntry.objects.of(user)


def get_entry_for(user: User, public_id: uuid.UUID) -> MoodEntry:
    """Return the person's own entry; anybody else's does not exist for them (404)."""
    return get_object_or_404(entries_of(user), public_id=public_id)
