"""Who may take which test, and who sees which result: the owner all, helpers what docs/security-model.md says."""

import json
import uuid

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from tests_app.choices import Kind, State
from tests_app.models import Result, ResultQuerySet, Run, Version
from tests_app.questionnaire import Questionnaire, of


def published() -> list[tuple[Version, Questionnaire]]:
    """Return every test that can be taken, by name; one query, and none for the texts once they were read."""
    found = [(version, of(version)) for version in _published()]
    listed = [(version, read) for version, read in found if read.kind != Kind.SAFETY]
    return sorted(listed, key=lambda pair: pair[1].name)


def get_published(key: str) -> Version:
    """Return the version of a test that is taken now (404 for others and for safety questions)."""
    version = get_object_or_404(_published(), instrument__key=key)
    if of(version).kind == Kind.SAFETY:
        raise Http404
    return version


def _published() -> QuerySet[Version]:
    return Version.objects.filter(state=State.PUBLISHED).defer("content").select_related("instrument")


def get_run_for(user: User, public_id: uuid.UUID) -> Run:
    """Return a test that the person began; anybody else's does not exist for them (404)."""
    own = Run.objects.filter(owner=user).select_related("version__instrument").defer("version__content")
    return get_object_or_404(own, public_id=public_id)


def results_of(user: User) -> ResultQuerySet:
    """Return the person's own results, newest first."""
    return Result.objects.of(user).select_related("version__instrument").defer("version__content")


def get_result_for(user: User, public_id: uuid.UUID) -> Result:
    """Return the person's own result; anybody else's does not exist for them (404)."""
    return get_object_or_404(results_of(user), public_id=public_id)


def answers_in(taken: Run | Result) -> dict[str, int | None]:
    """Return the answers of a run or a result."""
    return json.loads(taken.answers) if taken.answers else {}


def results_for_files(user: User) -> ResultQuerySet:
    """Return the person's own results for a file, oldest first, without those whose safety step waits for them."""
    return results_of(user).filter(safety_passed_at__isnull=False).reverse()
