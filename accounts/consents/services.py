"""Giving a consent and taking one back, with all that follows from it at once."""

from django.db import transaction

from accounts.choices import SHARED_ENTRIES, Purpose
from accounts.consents import access
from accounts.consents.giving import OWN, give, lock, take_back
from accounts.helping import services as helping
from accounts.models import Assignment, User
from accounts.roles import services as roles
from accounts.signin import services as signin

__all__ = ["give", "share", "stop_sharing", "withdraw"]


@transaction.atomic
def withdraw(*, user: User, purpose: Purpose, keep: str | None = None) -> bool:
    """Take a consent back; say whether there was one in force.

    Without the one to use Emocare the account is closed: helpers and people are let go, and every session but the one
    whose row in the journal of sign-ins is `keep` ends. Without the one to be checked, the person helps nobody.
    """
    if not take_back(user=user, purpose=purpose):
        return False
    if purpose in OWN:
        helping.part_with_all(user=user)
        helping.end_all(helper=user, actor=user, reason="")
        signin.end_sessions(user, signin.others(user, keep))
    elif purpose == Purpose.HELPING:
        roles.leave(user=user)
    return True


@transaction.atomic
def share(*, assignment: Assignment, purposes: set[Purpose], language: str) -> bool:
    """Show to a psychologist what is chosen of moods and notes from now on; False when they do not help any more."""
    lock(assignment.user)
    if not access.psychologists_of(assignment.user).filter(pk=assignment.pk).exists():
        return False
    for purpose in SHARED_ENTRIES:
        if purpose in purposes:
            give(user=assignment.user, purpose=purpose, language=language, assignment=assignment)
        else:
            take_back(user=assignment.user, purpose=purpose, assignment=assignment)
    return True


@transaction.atomic
def stop_sharing(*, assignment: Assignment, purpose: Purpose) -> bool:
    """Show something to a psychologist no more, from the next request on; say whether it was shown."""
    return take_back(user=assignment.user, purpose=purpose, assignment=assignment)
