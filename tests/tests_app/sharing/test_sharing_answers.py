"""Single answers are for the own psychologist alone, of results that the owner chooses, until she takes it back."""

import threading

import pytest
from django.db import connection

from accounts.choices import EventKind, Purpose, Role
from accounts.consents import VERSIONS
from accounts.consents import services as consents
from accounts.helping import services as helping
from accounts.helping.choices import EndReason
from accounts.journal.choices import Looked, Why
from accounts.models import Assignment, JournalEntry, User
from tests.accounts.kin.support import agree, at, child_of, guardian_link
from tests.accounts.support import phrase
from tests.support.cast import helper_of
from tests.support.consents import OLD, agreed_long_ago, show_to
from tests.support.html import page, said, text_of, typed
from tests.support.journal import looks
from tests.support.results import make_result, show_answers
from tests_app.models import AnswerShare
from tests_app.sharing import services

pytestmark = pytest.mark.django_db
ANSWERS = Purpose.SHARE_ANSWERS


@pytest.fixture
def result(owner, instruments):
    return make_result(owner, instruments["phq9"], value=1, days_ago=1)


@pytest.fixture
def second(owner, instruments):
    return make_result(owner, instruments["phq9"], value=2, days_ago=9)


def answers_of(result) -> str:
    return f"/kk/tests/person/{result.owner.public_id}/answers/{result.public_id}/"


def sharing(result, rest: str = "") -> str:
    return f"/kk/tests/result/{result.public_id}/sharing/{rest}"


def to_psychologist(result, rest: str = "") -> str:
    between = Assignment.objects.get(user=result.owner, role=Role.PSYCHOLOGIST)
    return sharing(result, f"{between.public_id}/{rest}")


def steps(person) -> list[str]:
    mine = JournalEntry.objects.filter(subject=person.journal_key, category="action").order_by("pk")
    return [kind for kind in mine.values_list("kind", flat=True) if kind.startswith("answers")]


def test_the_owner_reads_the_text_shows_answers_and_the_psychologist_reads_them(
    as_person, owner, assigned_psychologist, result, second
):
    mine, theirs = as_person(owner), as_person(assigned_psychologist)
    assert theirs.get(answers_of(result)).status_code == 404
    assert to_psychologist(result) in mine.get(sharing(result)).content.decode()
    why = phrase("Why: so that you can talk about what weighs on you most, and not about a number alone.")
    asked = mine.get(to_psychologist(result))
    assert why in asked.content.decode()
    assert mine.post(to_psychologist(result), {"version": typed(asked, "version")}).url == sharing(result)
    consent = owner.consents.get(purpose=ANSWERS)
    assert why in consent.text.text
    assert consent.assignment == Assignment.objects.get(user=owner)
    shown = page(theirs.get(answers_of(result))).main
    assert text_of(shown.select_one("tbody td")) == "Бірнеше күн"
    assert theirs.get(answers_of(second)).status_code == 404


def test_the_look_and_both_steps_are_written_for_the_owner(as_person, owner, assigned_psychologist, result):
    between = show_answers(result, assigned_psychologist)
    as_person(assigned_psychologist).get(answers_of(result))
    assert looks(owner) == [(assigned_psychologist.shown_name, Looked.ANSWERS, Why.SHARED)]
    for _ in range(2):  # a second press is no second step
        services.stop_showing_answers(result=result, assignment=between)
    assert steps(owner) == [EventKind.ANSWERS_SHOWN, EventKind.ANSWERS_TAKEN_BACK]
    assert phrase("your single answers to a test") in text_of(
        page(as_person(owner).get("/kk/profile/who-looked/")).main
    )


def test_taken_back_it_is_gone_with_the_next_request(as_person, owner, assigned_psychologist, result):
    show_answers(result, assigned_psychologist)
    mine, theirs = as_person(owner), as_person(assigned_psychologist)
    assert theirs.get(answers_of(result)).status_code == 200
    stopped = mine.post(to_psychologist(result, "stop/"), follow=True)
    assert said(stopped)[0].startswith("success:")
    assert theirs.get(answers_of(result)).status_code == 404


def test_the_consent_taken_back_closes_all_and_a_new_one_brings_none_of_them_back(
    as_person, owner, assigned_psychologist, result, second
):
    between = show_answers(result, assigned_psychologist)
    show_answers(second, assigned_psychologist)
    mine, theirs = as_person(owner), as_person(assigned_psychologist)
    stop = f"/kk/profile/consents/sharing/{between.public_id}/stop/"
    assert page(mine.get("/kk/profile/consents/")).select(f"form[action='{stop}'] button[value=share-answers]")
    mine.post(stop, {"purpose": "share-answers"})
    assert {theirs.get(answers_of(one)).status_code for one in (result, second)} == {404}
    assert phrase("Sees your answers to the questions.") not in text_of(page(mine.get(sharing(result))).main)
    show_answers(second, assigned_psychologist)
    assert [theirs.get(answers_of(one)).status_code for one in (result, second)] == [404, 200]


def test_moods_and_answers_are_decided_apart(as_person, owner, assigned_psychologist, result):
    between = show_answers(result, assigned_psychologist)
    mine = as_person(owner)
    moods = f"/kk/profile/consents/sharing/{between.public_id}/"
    mine.post(moods, {"purposes": "share-moods"})
    mine.post(moods, {})
    assert as_person(assigned_psychologist).get(answers_of(result)).status_code == 200
    assert as_person(assigned_psychologist).get(f"/kk/mood/person/{owner.public_id}/").status_code == 404
    show_to(assigned_psychologist, owner, Purpose.SHARE_MOODS, Purpose.SHARE_NOTES)
    services.stop_showing_answers(result=result, assignment=between)
    assert as_person(assigned_psychologist).get(answers_of(result)).status_code == 404


def _old_text(result, between):
    result.owner.consents.filter(purpose=ANSWERS).update(version=OLD)


def _hidden(result, between):
    services.hide(result=result)


def _ended(result, between):
    helping.end(assignment=between, actor=between.helper, reason=EndReason.DONE)


def _role_suspended(result, between):
    User.objects.filter(pk=between.helper_id).update(role=Role.USER)


def _not_seen_yet(result, between):
    type(result).objects.filter(pk=result.pk).update(safety_passed_at=None)


def _agreed_to_nothing_new(result, between):
    agreed_long_ago(result.owner)


@pytest.mark.parametrize("event", [_old_text, _hidden, _ended, _role_suspended, _not_seen_yet, _agreed_to_nothing_new])
def test_whatever_ends_it_closes_the_page(as_person, owner, assigned_psychologist, result, event):
    between = show_answers(result, assigned_psychologist)
    browser = as_person(assigned_psychologist)
    event(result, between)
    assert browser.get(answers_of(result)).status_code == 404


@pytest.mark.parametrize(
    "person", ["other_user", "supporter", "assigned_volunteer", "unrelated_volunteer", "unrelated_psychologist"]
)
def test_nobody_else_reads_them(as_person, request, owner, assigned_psychologist, result, person):
    show_answers(result, assigned_psychologist)
    assert as_person(request.getfixturevalue(person)).get(answers_of(result)).status_code == 404


def test_hiding_takes_answers_back_and_showing_again_does_not_bring_them(
    as_person, owner, assigned_psychologist, result
):
    show_answers(result, assigned_psychologist)
    mine = as_person(owner)
    mine.post(sharing(result, "hide/"))
    assert steps(owner) == [EventKind.ANSWERS_SHOWN, EventKind.ANSWERS_TAKEN_BACK]
    assert mine.get(to_psychologist(result)).url == sharing(result)
    assert mine.post(to_psychologist(result)).url == sharing(result)
    mine.post(sharing(result, "hide/"), {"show": "yes"})
    assert as_person(assigned_psychologist).get(answers_of(result)).status_code == 404
    assert not AnswerShare.objects.exists()


def test_another_psychologist_needs_another_yes(as_person, owner, assigned_psychologist, result):
    _ended(result, show_answers(result, assigned_psychologist))
    assert owner.consents.get(purpose=ANSWERS).withdrawn_at
    next_one = helper_of(owner, "next-psychologist", Role.PSYCHOLOGIST)
    assert as_person(next_one).get(answers_of(result)).status_code == 404


def test_a_volunteer_cannot_be_shown_answers(as_person, owner, assigned_volunteer, result):
    between = Assignment.objects.get(user=owner)
    assert as_person(owner).post(sharing(result, f"{between.public_id}/")).status_code == 404
    owner.consents.create(purpose=ANSWERS, version=VERSIONS[ANSWERS], language="kk", assignment=between)
    AnswerShare.objects.create(result=result, assignment=between)
    assert as_person(assigned_volunteer).get(answers_of(result)).status_code == 404
    theirs = as_person(assigned_volunteer).get(f"/kk/tests/person/{owner.public_id}/")
    assert "/answers/" not in theirs.content.decode()


def test_nobody_shows_the_answers_of_somebody_else(as_person, owner, other_user, assigned_psychologist, result):
    psychologist = helper_of(other_user, "her-psychologist", Role.PSYCHOLOGIST)
    between = Assignment.objects.get(user=other_user, helper=psychologist)
    own = Assignment.objects.get(user=owner)
    for assignment in (between, own):
        assert as_person(other_user).post(sharing(result, f"{assignment.public_id}/")).status_code == 404
    assert as_person(owner).post(sharing(result, f"{between.public_id}/")).status_code == 404
    assert not AnswerShare.objects.exists()


def test_a_text_that_changed_while_the_page_stood_open_is_not_agreed_to(
    as_person, owner, assigned_psychologist, result
):
    where = to_psychologist(result)
    assert as_person(owner).post(where, {"version": OLD}).url == where
    assert not owner.consents.filter(purpose=ANSWERS).exists()


@at()
def test_a_child_is_too_young_to_decide_it_alone(client, as_person, instruments):
    child = child_of(client)
    agree(guardian_link(client))
    psychologist = helper_of(child, "psychologist-of-a-child", Role.PSYCHOLOGIST)
    result = make_result(child, instruments["phq9"], value=1)
    assert client.get(to_psychologist(result)).status_code == 404
    assert to_psychologist(result) not in client.get(sharing(result)).content.decode()
    between = Assignment.objects.get(user=child)
    assert not services.show_answers(result=result, assignment=between, language="kk")
    assert as_person(psychologist).get(answers_of(result)).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_showing_and_taking_the_consent_back_at_once_never_leaves_answers_open(
    as_person, owner, assigned_psychologist, result
):
    between = show_answers(result, assigned_psychologist)
    both = threading.Barrier(2)

    def show():
        both.wait()
        services.show_answers(result=result, assignment=between, language="kk")
        connection.close()

    def take_back():
        both.wait()
        consents.stop_sharing(assignment=between, purpose=ANSWERS)
        connection.close()

    threads = [threading.Thread(target=work) for work in (show, take_back)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    in_force = owner.consents.filter(purpose=ANSWERS, withdrawn_at=None).count()
    seen = as_person(assigned_psychologist).get(answers_of(result)).status_code == 200
    assert seen == bool(in_force)
    assert in_force <= 1


def test_showing_answers_shows_nothing_of_moods_and_no_page_offers_them(
    as_person, owner, assigned_psychologist, result
):
    show_answers(result, assigned_psychologist)
    theirs = as_person(assigned_psychologist)
    moods = f"/kk/mood/person/{owner.public_id}/"
    assert theirs.get(moods).status_code == 404
    for address in ("/kk/people/", f"/kk/people/{owner.public_id}/"):
        assert not page(theirs.get(address)).select(f'main a[href="{moods}"]')
