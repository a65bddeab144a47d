"""What people record of themselves is theirs alone, and their supporters' as far as they allow it."""

import uuid

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts import events
from accounts.journal.choices import Looked, Why
from accounts.kin import access as kin
from accounts.kin.choices import Right
from accounts.models import Support, User
from tracker.models import Draft, MoodEntry, MoodEntryQuerySet, OwnWord, ReportOffer
from tracker.periods import Period

LOOKS = {Right.SEE_MOODS: Looked.MOODS, Right.SEE_NOTES: Looked.NOTES}


def entries_of(user: User) -> MoodEntryQuerySet:
    """Return the person's own entries, newest first."""
    return MoodEntry.objects.of(user)


def entries_to_show(user: User) -> MoodEntryQuerySet:
    """Return the person's own entries with who wrote them; where nobody else did, this costs no query."""
    return entries_of(user).prefetch_related("recorded_by")


def moods_of(user: User) -> MoodEntryQuerySet:
    """Return those of the person's entries that hold a mood, newest first."""
    return entries_of(user).filter(level__isnull=False)


def entries_in(user: User, period: Period) -> MoodEntryQuerySet:
    """Return the person's own entries of a period in the active time zone, oldest first."""
    start, end = period.moments()
    return entries_of(user).filter(felt_at__gte=start, felt_at__lt=end).order_by("felt_at", "pk")


def get_entry_for(user: User, public_id: uuid.UUID) -> MoodEntry:
    """Return the person's own entry; anybody else's does not exist for them (404)."""
    return get_object_or_404(entries_of(user), public_id=public_id)


def get_own_word_for(user: User, public_id: uuid.UUID) -> OwnWord:
    """Return the person's own word; anybody else's does not exist for them (404)."""
    return get_object_or_404(OwnWord, owner=user, public_id=public_id)


def draft_of(user: User) -> Draft | None:
    """Return what the person was writing and did not save, if anything."""
    return Draft.objects.filter(owner=user).first()


def report_offer_of(user: User) -> ReportOffer | None:
    """Return when the person last closed the offer of the report on two weeks, if they ever did."""
    return ReportOffer.objects.filter(owner=user).first()


def look_at_supported(supporter: User, public_id: uuid.UUID) -> Support:
    """Return the support that lets somebody see moods or read notes of its owner; 404 when it does neither.

    Whoever fetches it shows what it allows, so the look is written down here.
    """
    support = kin.get_support_for(supporter, public_id)
    looks = [(support.owner, looked) for right, looked in LOOKS.items() if support.may(right)]
    if not looks:
        raise Http404
    events.looked_at_all(actor=supporter, looks=looks, why=Why.SUPPORTER)
    return support


def get_support_to_record(supporter: User, public_id: uuid.UUID) -> Support:
    """Return the support that lets somebody record a mood for its owner, or 404."""
    return kin.get_support_for(supporter, public_id, Right.RECORD_MOOD)
