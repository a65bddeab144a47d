"""What somebody finds when they look for a test: which there are, which wait for them, and which they may begin."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone

from accounts.factors import sessions
from accounts.factors.access import Step
from accounts.kin.gate import page_that_asks
from accounts.models import User
from tests_app import access
from tests_app.choices import Layout
from tests_app.models import Run, TakingStyle, Version
from tests_app.questionnaire import Questionnaire, of


@dataclass(frozen=True)
class Waiting:
    """A test that was begun: how far the person has come."""

    public_id: uuid.UUID
    questionnaire: Questionnaire
    answered: int
    total: int
    started_at: datetime


@dataclass(frozen=True)
class Offer:
    """A test of the list, as one person sees it."""

    questionnaire: Questionnaire
    last_taken: datetime | None = None
    waiting: Waiting | None = None
    is_open: bool = True  # the person is old enough


def visitor(request: HttpRequest) -> User | None:
    """Return who looks at a page that is open to everybody, on their own clock.

    Nobody when what is theirs stays closed still: before the second factor, or while a consent is missing.
    """
    user = request.user
    if not user.is_authenticated:
        return None
    if not user.is_verified() and sessions.step_before(user, request.session) != Step.NONE:
        return None
    if page_that_asks(user):
        return None
    timezone.activate(user.zone)
    return user


def require_old_enough(person: User | AnonymousUser, version: Version) -> None:
    """Refuse (403) whoever is too young for a test."""
    if not access.is_old_enough(person, of(version)):
        raise PermissionDenied


def waiting_of(user: User) -> dict[int, Waiting]:
    """Return the tests that a person began, by the key of the instrument, the latest first."""
    return {run.instrument_id: _waiting(run) for run in access.runs_of(user).order_by("-updated_at")}


def _waiting(run: Run) -> Waiting:
    questionnaire, answers = of(run.version), access.answers_in(run)
    asked = questionnaire.asked(answers)
    answered = sum(item.id in answers for item in asked)
    return Waiting(run.public_id, questionnaire, answered, len(asked), run.started_at)


def offers_to(person: User | AnonymousUser, visitor: User | None) -> tuple[list[Offer], list[Waiting]]:
    """Return every test by name, and those that wait for the visitor; two queries, however many there are."""
    waiting = waiting_of(visitor) if visitor else {}
    offers = [
        Offer(
            questionnaire,
            getattr(version, "last_taken", None),
            waiting.get(version.instrument_id),
            access.is_old_enough(person, questionnaire),
        )
        for version, questionnaire in access.published(visitor)
    ]
    return offers, list(waiting.values())


def offer_to(person: User | AnonymousUser, visitor: User | None, version: Version) -> Offer:
    """Return one test as this person sees it."""
    questionnaire = of(version)
    is_open = access.is_old_enough(person, questionnaire)
    if not visitor:
        return Offer(questionnaire, is_open=is_open)
    last = access.results_of(visitor).filter(instrument=version.instrument_id).values_list("finished_at", flat=True)
    run = access.runs_of(visitor).filter(instrument=version.instrument_id).first()
    return Offer(questionnaire, last.first(), _waiting(run) if run else None, is_open)


def layout_of(user: User | None) -> Layout:
    """Return how somebody answered last: one question a page, unless they chose the other."""
    chosen = TakingStyle.objects.filter(owner=user).values_list("layout", flat=True).first() if user else None
    return Layout(chosen or Layout.ONE)
