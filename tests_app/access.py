"""Who may take which test, and who sees which result: the owner all, helpers what docs/security-model.md says."""

import json
import uuid

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.kin import age
from accounts.models import User
from tests_app.choices import Kind, State
from tests_app.models import Result, ResultQuerySet, Run, Version
from tests_app.questionnaire import Questionnaire, band_in, of
from tests_app.scoring import Outcome


def published(taken_by: User | None = None) -> list[tuple[Version, Questionnaire]]:
    """Return every test that can be taken, by name; one query, and none for the texts once they were read.

    For a person each version has `last_taken`: when they finished the test last, if ever.
    """
    versions = _published()
    if taken_by:
        results = Result.objects.of(taken_by).filter(instrument=OuterRef("instrument"))
        versions = versions.annotate(last_taken=Subquery(results.values("finished_at")[:1]))
    found = [(version, of(version)) for version in versions]
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


def runs_of(user: User) -> QuerySet[Run]:
    """Return the tests that the person began and did not finish."""
    return Run.objects.filter(owner=user).select_related("version__instrument").defer("version__content")


def find_run_for(user: User, public_id: uuid.UUID) -> Run | None:
    """Return a test that the person began; nothing when they finished it; anybody else's does not exist (404)."""
    run = runs_of(user).filter(public_id=public_id).first()
    if run is None and not Result.objects.of(user).filter(public_id=public_id).exists():
        raise Http404
    return run


def results_of(user: User) -> ResultQuerySet:
    """Return the person's own results, newest first."""
    return Result.objects.of(user).select_related("version__instrument").defer("version__content")


def get_result_for(user: User, public_id: uuid.UUID) -> Result:
    """Return the person's own result; anybody else's does not exist for them (404)."""
    return get_object_or_404(results_of(user), public_id=public_id)


def answers_in(taken: Run | Result) -> dict[str, int | None]:
    """Return the answers of a run or a result."""
    return json.loads(taken.answers) if taken.answers else {}


def is_old_enough(person: User | AnonymousUser, questionnaire: Questionnaire) -> bool:
    """Say whether a test is meant for somebody of this age; of whom nothing is known, it is believed."""
    years = age.of(person) if person.is_authenticated else None
    return years is None or years >= questionnaire.minimum_age


def offered_after(questionnaire: Questionnaire, outcome: Outcome, person: User | AnonymousUser) -> list[Questionnaire]:
    """Return the tests that the bands of an outcome offer and this person can take now, that of the whole first."""
    bands = [questionnaire.band_of(outcome.band)]
    bands += [band_in(questionnaire.part(code).bands, figure.band) for code, figure in outcome.parts.items()]
    keys = list(dict.fromkeys(band.offer for band in bands if band and band.offer))
    if not keys:
        return []
    found = {version.instrument.key: of(version) for version in _published().filter(instrument__key__in=keys)}
    offered = [found[key] for key in keys if key in found]
    return [test for test in offered if test.kind != Kind.SAFETY and is_old_enough(person, test)]


def newer_than(version: Version) -> Version | None:
    """Return the text of the same test that is taken now, if it is a later one."""
    if version.state == State.PUBLISHED:
        return None
    return _published().filter(instrument_id=version.instrument_id, number__gt=version.number).first()


def results_for_files(user: User) -> ResultQuerySet:
    """Return the person's own results for a file, oldest first, without those whose safety step waits for them."""
    return results_of(user).filter(safety_passed_at__isnull=False).reverse()
