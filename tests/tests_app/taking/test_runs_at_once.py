"""Two presses at once, and two windows: one run, one result, no answer lost."""

import pytest

from tests.accounts.support import at_once
from tests.support.results import phq9
from tests_app import library, services
from tests_app.access import answers_in
from tests_app.models import Result, Run, Version

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def version(db) -> Version:
    library.load()
    return Version.objects.get(instrument__key="phq9")


def test_beginning_twice_at_once_is_one_run(owner, version):
    runs = at_once(*[lambda: services.begin(owner=owner, version=version)] * 4)
    assert len({run.pk for run in runs}) == Run.objects.count() == 1


def test_finishing_twice_at_once_is_one_result(owner, version):
    run = services.begin(owner=owner, version=version)
    services.answer(run=run, answers=phq9(7, difficulty=0))
    results = at_once(*[lambda: services.finish(run=Run(pk=run.pk, public_id=run.public_id, owner=owner))] * 4)
    assert {result.pk for result in results} == {Result.objects.get().pk}
    assert not Run.objects.exists()


def test_answers_from_two_windows_at_once_are_all_kept(owner, version):
    run = services.begin(owner=owner, version=version)
    at_once(*[lambda n=n: services.answer(run=Run.objects.get(pk=run.pk), answers={str(n): 1}) for n in range(1, 7)])
    assert answers_in(Run.objects.get()) == dict.fromkeys("123456", 1)


def test_an_answer_to_a_run_that_ended_meanwhile_changes_nothing(owner, version):
    run = services.begin(owner=owner, version=version)
    services.answer(run=run, answers=phq9(7, difficulty=0))
    result = services.finish(run=Run.objects.get())
    with pytest.raises(Run.DoesNotExist):
        services.answer(run=run, answers={"1": 0})
    assert answers_in(Result.objects.get()) == answers_in(result) == phq9(7, difficulty=0)


def test_finishing_what_was_thrown_away_makes_no_result(owner, version):
    run = services.begin(owner=owner, version=version)
    pk, public_id = run.pk, run.public_id
    services.give_up(run=run)
    with pytest.raises(Run.DoesNotExist):
        services.finish(run=Run(pk=pk, public_id=public_id, owner=owner))
    assert not Result.objects.exists()


def test_what_was_finished_meanwhile_cannot_be_thrown_away(owner, version):
    run = services.begin(owner=owner, version=version)
    services.answer(run=run, answers=phq9(7, difficulty=0))
    seen_before = Run.objects.get()
    services.finish(run=run)
    with pytest.raises(Run.DoesNotExist):
        services.give_up(run=seen_before)
    assert Result.objects.count() == 1
