"""The one place where consents are written: what follows from taking one back is in services.py."""

from django.db import transaction
from django.utils import timezone

from accounts import events
from accounts.choices import EventKind, Purpose
from accounts.consents import VERSIONS, text_of, texts
from accounts.models import Assignment, Consent, User

OWN = (Purpose.SERVICE, Purpose.CHILD)  # without one of them the account is closed


@transaction.atomic
def give(
    *, user: User, purpose: Purpose, language: str, assignment: Assignment | None = None, signing_up: bool = False
) -> Consent:
    """Record consent to the current text as it is shown; one that is in force for an older text is over with it.

    `assignment` says to whom something is shown, and is left out for all else. What is given with signing up is no
    step in the life of the account: it is how it begins.
    """
    lock(user)
    version, now = VERSIONS[text_of(purpose)], timezone.now()
    known = user.consents.filter(purpose=purpose, assignment=assignment, withdrawn_at__isnull=True).first()
    if known and known.version == version:
        return known
    over = [Purpose.CHILD] if purpose == Purpose.SERVICE else []  # what they said as a child is over with it
    before = user.consents.filter(purpose__in=[purpose, *over], assignment=assignment, withdrawn_at__isnull=True)
    before.update(withdrawn_at=now)
    consent = Consent.objects.create(
        user=user,
        purpose=purpose,
        version=version,
        language=language,
        text=texts.keep(purpose, language),
        assignment=assignment,
        given_at=now,
    )
    if purpose in OWN:
        _agreed(user, version)
    if not signing_up:
        events.record(user=user, kind=EventKind.CONSENT_GIVEN)
    return consent


@transaction.atomic
def take_back(*, user: User, purpose: Purpose, assignment: Assignment | None = None, actor: User | None = None) -> bool:
    """Record that a consent is taken back; say whether there was one in force."""
    lock(user)
    in_force = user.consents.filter(purpose=purpose, assignment=assignment, withdrawn_at__isnull=True)
    if not in_force.update(withdrawn_at=timezone.now()):
        return False
    if purpose in OWN:
        _agreed(user, "")
    events.record(user=user, kind=EventKind.CONSENT_WITHDRAWN, actor=actor)
    return True


def end_sharing(*, assignment: Assignment, actor: User) -> None:
    """Let what a person showed to a helper be over with what they have with each other."""
    shared = assignment.consents.filter(withdrawn_at__isnull=True).values_list("purpose", flat=True)
    for purpose in list(shared):
        take_back(user=assignment.user, purpose=Purpose(purpose), assignment=assignment, actor=actor)


def lock(user: User) -> None:
    """Let one transaction at a time decide about this person."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _agreed(user: User, version: str) -> None:
    User.objects.filter(pk=user.pk).update(agreed_version=version)
    user.agreed_version = version
