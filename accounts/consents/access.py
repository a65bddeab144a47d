"""What somebody agreed to, what that text was, and what a person shows to their psychologist."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from accounts.choices import SHARED_ENTRIES, SHARING, Purpose, Role
from accounts.consents import VERSIONS, text_of
from accounts.kin import age
from accounts.kin.choices import AgeGroup
from accounts.models import Assignment, Consent, ConsentText, GuardianConsent, User


def is_current(user: User) -> bool:
    """Say whether the person has agreed to the text about Emocare as it is now; costs no query."""
    return user.agreed_version == VERSIONS[Purpose.SERVICE]


def own_purpose(user: User) -> Purpose:
    """Return for what the person consents: somebody too young does it beside a legal representative."""
    return Purpose.CHILD if age.group_of(user) == AgeGroup.CHILD else Purpose.SERVICE


def may_share(user: User) -> bool:
    """Say whether the person is old enough to decide alone to whom their moods are shown."""
    return age.group_of(user) != AgeGroup.CHILD


def agreed_before(user: User) -> bool:
    """Say whether the person ever agreed to a text about Emocare."""
    return user.consents.filter(purpose__in=[Purpose.SERVICE, Purpose.CHILD]).exists()


def is_in_force(user: User, purpose: Purpose) -> bool:
    """Say whether the person gave this consent, to whatever version, and did not take it back."""
    return user.consents.filter(purpose=purpose, withdrawn_at__isnull=True).exists()


# What is shown to a psychologist


def psychologists_of(user: User) -> QuerySet[Assignment]:
    """Return what the person has with psychologists who help them now, the oldest first."""
    theirs = Assignment.objects.in_force().filter(user=user, role=Role.PSYCHOLOGIST)
    return theirs.select_related("helper").order_by("started_at", "pk")


def get_psychologist_of(user: User, public_id: uuid.UUID) -> Assignment:
    """Return one of these, to which the person may show something; for anybody else it is not there (404)."""
    theirs = psychologists_of(user) if may_share(user) else psychologists_of(user).none()
    return get_object_or_404(theirs, public_id=public_id)


def get_own_sharing(user: User, public_id: uuid.UUID) -> Assignment:
    """Return what the person has or had with a psychologist, in force or not, to take back what is shown there.

    Somebody who cannot look just now, as after their role ran out, may be able to again; for others it is not there.
    """
    theirs = Assignment.objects.filter(user=user, role=Role.PSYCHOLOGIST).select_related("helper")
    return get_object_or_404(theirs, public_id=public_id)


def shown_to(assignment: Assignment) -> set[Purpose]:
    """Return what the person shows to this psychologist; a consent to another text than the current one shows nothing.

    Whether the assignment is in force is for the caller to know.
    """
    if assignment.role != Role.PSYCHOLOGIST:
        return set()
    shown = assignment.consents.filter(_shows(), user=assignment.user_id)
    return {Purpose(name) for name in shown.values_list("purpose", flat=True)}


def shows(purposes: Iterable[Purpose] = SHARED_ENTRIES, path: str = "") -> Exists:
    """Say of assignments with psychologists, or of what leads to one by `path`, whether one of these is shown there."""
    consents = Consent.objects.filter(_shows(purposes), assignment=OuterRef(f"{path}pk"), user=OuterRef(f"{path}user"))
    return Exists(consents)


def _shows(purposes: Iterable[Purpose] = SHARING) -> Q:
    current = (Q(purpose=purpose, version=VERSIONS[purpose]) for purpose in purposes)
    return reduce(or_, current) & Q(withdrawn_at__isnull=True)


# A person's own page


@dataclass(frozen=True)
class Standing:
    """How it stands with one purpose: `consent` is the last that was given; `assignment` says to whom.

    `paused` is what was shown to somebody who cannot look just now: it can only be taken back.
    """

    purpose: Purpose
    consent: Consent | None
    assignment: Assignment | None = None
    paused: bool = False

    @property
    def in_force(self) -> bool:
        return self.consent is not None and self.consent.withdrawn_at is None

    @property
    def is_old(self) -> bool:
        """Say whether it was given for another text than the current one."""
        return self.in_force and self.consent.version != VERSIONS[text_of(self.purpose)]

    @property
    def is_sharing(self) -> bool:
        return self.purpose in SHARING

    @property
    def is_of_results(self) -> bool:
        """Say whether it is decided with each result of a test, on its page."""
        return self.purpose == Purpose.SHARE_ANSWERS


def consents_of(user: User) -> list[Consent]:
    """Return all that the person ever agreed to, newest first."""
    return list(user.consents.select_related("text", "assignment__helper").order_by("-given_at", "-pk"))


def guardian_consents_of(user: User) -> list[GuardianConsent]:
    """Return the consents of legal representatives for this person, newest first."""
    return list(user.guardian_consents.select_related("text").order_by("-given_at", "-pk"))


def standings_of(user: User, given: list[Consent]) -> list[Standing]:
    """Return how it stands with each purpose that has to do with the person, from what `consents_of` returned."""

    def last(purpose: Purpose, assignment: Assignment | None = None) -> Consent | None:
        wanted = assignment and assignment.pk
        return next((c for c in given if c.purpose == purpose and c.assignment_id == wanted), None)

    own = own_purpose(user)
    found = [Standing(own, last(own))]
    if helping := last(Purpose.HELPING):
        found.append(Standing(Purpose.HELPING, helping))
    now = list(psychologists_of(user)) if may_share(user) else []
    found += [Standing(p, last(p, its), its) for its in now for p in SHARING]
    shared = [c for c in given if c.assignment and c.withdrawn_at is None and c.assignment not in now]
    return found + [Standing(Purpose(c.purpose), c, c.assignment, paused=True) for c in shared]


def get_text_for(user: User, public_id: uuid.UUID) -> ConsentText:
    """Return a text that the person, or a legal representative for them, was shown and agreed to (404 for others)."""
    theirs = Q(consents__user=user) | Q(guardian_consents__child=user)
    return get_object_or_404(ConsentText.objects.filter(theirs).distinct(), public_id=public_id)
