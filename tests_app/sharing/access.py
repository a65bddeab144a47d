"""What helpers see of results, and which tests a psychologist asks for; every request asks anew, strangers get 404.

Score and band are for the volunteer and the psychologist of an assignment in force, single answers for that
psychologist where the person shows them. Results that the person hides or has not seen yet are for nobody, and safety
questions never.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts import events
from accounts.choices import Purpose, Role
from accounts.consents import access as consents
from accounts.helping import access as helping
from accounts.journal.choices import Looked, Why
from accounts.models import Assignment, User
from tests_app import access
from tests_app.choices import Asked, Kind, State
from tests_app.models import AnswerShare, Invitation, Result, ResultQuerySet, Version
from tests_app.questionnaire import Questionnaire, of

# For the owner


def get_own_result(user: User, public_id: uuid.UUID) -> Result:
    """Return a result of the person's own of which something can be shown; safety questions never are (404)."""
    result = access.get_result_for(user, public_id)
    if of(result.version).kind == Kind.SAFETY:
        raise Http404
    return result


def psychologists_shown(result: Result) -> set[int]:
    """Return the assignments to whose psychologists the single answers of a result are shown now, by key."""
    shares = AnswerShare.objects.filter(_stands(), result=result).exclude(result__hidden=True)
    return set(shares.values_list("assignment_id", flat=True))


def _stands() -> Q:
    """Say of a share whether the consent that it belongs to is in force, to the current text."""
    shown = consents.shows([Purpose.SHARE_ANSWERS], "assignment__")
    return Q(shown, assignment__role=Role.PSYCHOLOGIST)


# For helpers


def look_at_results(helper: User, public_id: uuid.UUID) -> Assignment:
    """Return the assignment in force that lets a helper see the results of this person, and write the look down."""
    assignment = helping.get_help_for(helper, public_id)
    events.looked(actor=helper, whose=assignment.user, what=Looked.RESULTS, why=Why.ASSIGNED)
    return assignment


def results_shown(assignment: Assignment) -> ResultQuerySet:
    """Return the results that the helper of an assignment in force sees, newest first.

    `shows_answers` says whether the single answers are shown too; the answers themselves are not fetched.
    """
    safety = Version.objects.filter(content__kind=Kind.SAFETY)
    shares = AnswerShare.objects.filter(_stands(), result=OuterRef("pk"), assignment=assignment)
    theirs = access.results_of(assignment.user).filter(hidden=False, safety_passed_at__isnull=False)
    return (
        theirs.exclude(version__in=safety).annotate(shows_answers=Exists(shares)).defer("answers", "version__content")
    )


def look_at_answers(psychologist: User, public_id: uuid.UUID, result_id: uuid.UUID) -> Result:
    """Return a result whose single answers this person shows to their psychologist, and write the look down."""
    assignment = get_to_ask(psychologist, public_id)
    shown = results_shown(assignment).defer(None).defer("version__content").filter(shows_answers=True)
    result = get_object_or_404(shown.select_related("owner"), public_id=result_id)
    events.looked(actor=psychologist, whose=result.owner, what=Looked.ANSWERS, why=Why.SHARED)
    return result


# Tests that a psychologist asks for


def get_to_ask(psychologist: User, public_id: uuid.UUID) -> Assignment:
    """Return the assignment by which a psychologist may ask this person to take a test (404 for volunteers too)."""
    assignment = helping.get_help_for(psychologist, public_id)
    if assignment.role != Role.PSYCHOLOGIST:
        raise Http404
    return assignment


@dataclass(frozen=True)
class Wish:
    """A test that a psychologist asks for."""

    invitation: Invitation
    test: Questionnaire

    @property
    def is_late(self) -> bool:
        """Say whether the day has passed, where the reader is."""
        return self.invitation.due_on < timezone.localdate()

    @property
    def state(self) -> Asked:
        return Asked(self.invitation.state)

    @property
    def shown_result(self) -> Result | None:
        """Return the result that answers it, as far as helpers see it."""
        result = self.invitation.result
        return result if result and result.safety_passed_at and not result.hidden else None


def wishes_of(assignment: Assignment) -> list[Wish]:
    """Return what the psychologist of an assignment asked for, newest first; at most two queries."""
    asked = Invitation.objects.filter(assignment=assignment).select_related("result").order_by("-asked_at", "-pk")
    return _wishes(asked, [State.PUBLISHED, State.RETIRED])


def get_own_invitation(psychologist: User, public_id: uuid.UUID) -> Invitation:
    """Return an invitation that this psychologist made for somebody whom they help now (404 for others)."""
    helped = helping.active_of_helper(psychologist).filter(role=Role.PSYCHOLOGIST)
    theirs = Invitation.objects.filter(assignment__in=helped.values("pk")).select_related("assignment__user")
    return get_object_or_404(theirs, public_id=public_id)


def open_invitations(user: User) -> list[Wish]:
    """Return which tests somebody's psychologists ask for now, the first due first.

    It goes with the helper's role, with the assignment and with the test. What a result answers that waits for its
    owner is asked no more, though the psychologist is not told yet. One query; three where there are any.
    """
    if not Invitation.objects.filter(state=Asked.OPEN, assignment__user=user).exists():
        return []  # as for most people on every dashboard: to put the whole question takes Django 4 ms
    waiting = Result.objects.filter(
        owner=user, instrument=OuterRef("instrument"), finished_at__gte=OuterRef("asked_at"), safety_passed_at=None
    )
    asked = _open(user.pk).exclude(Exists(waiting)).select_related("assignment__helper", "result")
    return _wishes(asked.order_by("due_on", "pk"), [State.PUBLISHED])


def open_of_test(result: Result) -> QuerySet[Invitation]:
    """Return what a result answers, the first asked first."""
    same = _open(result.owner_id).filter(instrument=result.instrument_id, asked_at__lte=result.finished_at)
    return same.order_by("asked_at", "pk")


def get_invitation_to(user: User, public_id: uuid.UUID) -> Invitation:
    """Return an invitation to this person, answered or not, while the psychologist helps them (404 for others)."""
    return get_object_or_404(Invitation.objects.filter(assignment__in=_by_psychologists(user.pk)), public_id=public_id)


def _open(user_id: int) -> QuerySet[Invitation]:
    return Invitation.objects.filter(state=Asked.OPEN, assignment__in=_by_psychologists(user_id))


def _by_psychologists(user_id: int) -> QuerySet[Assignment]:
    return Assignment.objects.in_force().filter(user=user_id, role=Role.PSYCHOLOGIST)


def _wishes(asked: QuerySet[Invitation], states: Iterable[State]) -> list[Wish]:
    """Return invitations with their tests, as they are now or were at last; those without are left out."""
    versions = Version.objects.filter(state__in=states).defer("content").order_by("-number")
    found = asked.select_related("instrument").prefetch_related(
        Prefetch("instrument__versions", versions, to_attr="known")
    )
    return [Wish(i, of(i.instrument.known[0])) for i in found if i.instrument.known]
