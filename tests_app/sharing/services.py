"""The one write path for what helpers see of results, and for tests that a psychologist asks for.

Whatever changes what is shown locks the person first: showing and taking back never cross.
"""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import events
from accounts.choices import EventKind, Purpose
from accounts.consents import access as consents
from accounts.consents import giving
from accounts.models import Assignment
from emocare.notices import tell
from tests_app.choices import Asked
from tests_app.models import AnswerShare, Instrument, Invitation, Result
from tests_app.sharing import access

# Results


@transaction.atomic
def hide(*, result: Result) -> None:
    """Show a result to no helper any more; single answers that were shown are taken back with it."""
    giving.lock(result.owner)
    Result.objects.filter(pk=result.pk).update(hidden=True)
    _take_back(result.shares.all())


@transaction.atomic
def show_again(*, result: Result) -> None:
    """Show score and band of a result to helpers again; single answers need another yes."""
    giving.lock(result.owner)
    Result.objects.filter(pk=result.pk).update(hidden=False)


@transaction.atomic
def show_answers(*, result: Result, assignment: Assignment, language: str) -> bool:
    """Show the single answers of a result to a psychologist, with the consent that this needs.

    False when that cannot be: the psychologist helps no more, the result is hidden, or the person has not seen it.
    """
    user = assignment.user
    giving.lock(user)
    psychologist = consents.psychologists_of(user).filter(pk=assignment.pk)
    can_be_shown = Result.objects.of(user).filter(pk=result.pk, hidden=False, safety_passed_at__isnull=False)
    if not (consents.may_share(user) and psychologist.exists() and can_be_shown.exists()):
        return False
    if Purpose.SHARE_ANSWERS not in consents.shown_to(assignment):
        AnswerShare.objects.filter(assignment=assignment).delete()  # of a consent that is over: they do not come back
    giving.give(user=user, purpose=Purpose.SHARE_ANSWERS, language=language, assignment=assignment)
    _share, created = AnswerShare.objects.get_or_create(result=result, assignment=assignment)
    if created:
        events.record(user=user, kind=EventKind.ANSWERS_SHOWN)
    return True


@transaction.atomic
def stop_showing_answers(*, result: Result, assignment: Assignment) -> bool:
    """Show the single answers of a result to a psychologist no more; say whether they were shown."""
    giving.lock(result.owner)
    return _take_back(result.shares.filter(assignment=assignment))


def _take_back(shares: QuerySet[AnswerShare]) -> bool:
    owners = [share.result.owner for share in shares.select_related("result__owner")]
    shares.delete()
    for owner in owners:
        events.record(user=owner, kind=EventKind.ANSWERS_TAKEN_BACK)
    return bool(owners)


# Tests that a psychologist asks for


class AskedAlready(Exception):
    """The psychologist has asked this person for this test, by another day."""


@transaction.atomic
def ask(*, assignment: Assignment, instrument: Instrument, due_on: date) -> Invitation | None:
    """Ask somebody to take a test by a day; a second press returns the first invitation. Raises AskedAlready.

    Nothing when the psychologist helps no more.
    """
    giving.lock(assignment.user)
    if not consents.psychologists_of(assignment.user).filter(pk=assignment.pk).exists():
        return None
    asked = Invitation.objects.filter(assignment=assignment)
    if known := asked.filter(instrument=instrument, state=Asked.OPEN).first():
        if known.due_on != due_on:
            raise AskedAlready
        return known
    invitation = Invitation.objects.create(assignment=assignment, instrument=instrument, due_on=due_on)
    today = timezone.localdate(timezone=assignment.user.zone)  # several tests in a day are told once
    tell(assignment.user, "tests", "asked", key=f"{assignment.pk}:{today}")
    return invitation


def withdraw(*, invitation: Invitation) -> bool:
    """Take an invitation back; say whether it was still open."""
    return _answer(invitation, Asked.WITHDRAWN)


def decline(*, invitation: Invitation) -> bool:
    """Say no to an invitation, without a reason; say whether it was still open. The test can be taken all the same."""
    return _answer(invitation, Asked.DECLINED)


def _answer(invitation: Invitation, state: Asked) -> bool:
    still_open = Invitation.objects.filter(pk=invitation.pk, state=Asked.OPEN)
    return bool(still_open.update(state=state, answered_at=timezone.now()))


@transaction.atomic
def mark_done(result: Result) -> None:
    """Let a result that its owner can see answer what was asked for before it was there.

    Of several psychologists who asked, the first gets the link to it.
    """
    asked = access.open_of_test(result)
    linked = result
    for invitation in asked.select_for_update(of=["self"]):
        invitation.state, invitation.answered_at, invitation.result = Asked.DONE, result.finished_at, linked
        invitation.save(update_fields=["state", "answered_at", "result"])
        linked = None
