"""What people record of themselves is theirs alone; supporters and a psychologist see what they are shown."""

import uuid
from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts import events
from accounts.choices import Purpose
from accounts.consents import access as consents
from accounts.helping import access as helping
from accounts.journal.choices import Looked, Why
from accounts.kin import access as kin
from accounts.kin.choices import Right
from accounts.models import Assignment, Support, User
from tracker.models import Draft, MoodEntry, MoodEntryQuerySet, OwnWord, ReportOffer
from tracker.periods import Period


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


@dataclass(frozen=True)
class Sight:
    """What somebody sees of another person's entries, and by what: `source` is a support or an assignment."""

    owner: User
    moods: bool
    notes: bool
    source: Support | Assignment

    def looked(self, by: User, why: Why) -> "Sight":
        """Write the look down: whoever fetches a sight shows all of it. 404 when there is nothing to see."""
        shown = [what for what, seen in ((Looked.MOODS, self.moods), (Looked.NOTES, self.notes)) if seen]
        if not shown:
            raise Http404
        events.looked_at_all(actor=by, looks=[(self.owner, what) for what in shown], why=why)
        return self


def look_as_supporter(supporter: User, public_id: uuid.UUID) -> Sight:
    """Return what a support lets somebody see of its owner; 404 when that is nothing."""
    support = kin.get_support_for(supporter, public_id)
    sight = Sight(support.owner, support.may(Right.SEE_MOODS), support.may(Right.SEE_NOTES), support)
    return sight.looked(supporter, Why.SUPPORTER)


def look_as_psychologist(psychologist: User, public_id: uuid.UUID) -> Sight:
    """Return what the person with this id shows to their psychologist; for everybody else it is not there (404)."""
    assignment = helping.get_help_for(psychologist, public_id)
    shown = consents.shown_to(assignment)
    sight = Sight(assignment.user, Purpose.SHARE_MOODS in shown, Purpose.SHARE_NOTES in shown, assignment)
    return sight.looked(psychologist, Why.SHARED)


def get_support_to_record(supporter: User, public_id: uuid.UUID) -> Support:
    """Return the support that lets somebody record a mood for its owner, or 404."""
    return kin.get_support_for(supporter, public_id, Right.RECORD_MOOD)
