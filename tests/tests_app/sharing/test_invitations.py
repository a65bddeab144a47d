"""A psychologist asks somebody to take a test; the person may say no, and nobody asks why."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from accounts.choices import Role
from accounts.helping import services as helping
from accounts.helping.choices import EndReason
from accounts.models import Assignment, User
from tests.accounts.support import phrase
from tests.support.cast import helper_of
from tests.support.html import errors, page, said, text_of, typed
from tests.support.news import told, written
from tests.support.results import take
from tests_app.choices import Asked
from tests_app.models import Invitation, Result
from tests_app.questionnaire import of
from tests_app.safety import services as safety
from tests_app.sharing import access, services

pytestmark = pytest.mark.django_db


@pytest.fixture
def phq9(instruments):
    return instruments["phq9"]


def day(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


@pytest.fixture
def ask(as_person, owner, assigned_psychologist, phq9):
    """Ask as the psychologist for the PHQ-9."""

    def post(**sent):
        return as_person(assigned_psychologist).post(
            f"/kk/tests/person/{owner.public_id}/ask/", {"test": "phq9", "due_on": day(7)} | sent
        )

    return post


@pytest.fixture
def asked(ask) -> Invitation:
    ask()
    return Invitation.objects.get()


def test_the_person_sees_it_with_the_name_of_the_psychologist(as_person, owner, assigned_psychologist, asked, phq9):
    shown = text_of(page(as_person(owner).get("/kk/dashboard/")).main)
    assert assigned_psychologist.shown_name in shown
    assert of(phq9).name in shown


def test_the_person_is_told_once_a_day_and_nothing_of_the_test(ask, owner, instruments):
    with time_machine.travel("2026-11-23 12:00 +0500", tick=False):
        ask()
        services.withdraw(invitation=Invitation.objects.get())
        ask()
        assert told(owner).count("tests asked") == 1
    with time_machine.travel("2026-11-24 00:01 +0500", tick=False):
        ask(test="who5")
        assert told(owner).count("tests asked") == 2
    assert "phq" not in written().lower()


def test_a_second_press_asks_once_and_another_day_is_an_error_beside_the_test(ask):
    assert ask().status_code == ask().status_code == 302
    again = ask(due_on=day(9))
    assert errors(again, "test")
    assert typed(again, "due_on") == day(9)
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "sent"),
    [
        ("test", {"test": ""}),
        ("test", {"test": "nonsense"}),
        ("test", {"test": "a\0b"}),
        ("due_on", {"due_on": ""}),
        ("due_on", {"due_on": "soon"}),
        ("due_on", {"due_on": "2020-01-01"}),
        ("due_on", {"due_on": "9999-12-31"}),
    ],
)
def test_what_does_not_fit_is_refused_beside_its_field(ask, field, sent):
    assert errors(ask(**sent), field)
    assert not Invitation.objects.exists()


def test_the_first_and_the_last_day_fit_and_the_one_after_does_not(ask):
    assert ask(due_on=day(91)).status_code == 200
    assert ask(due_on=day(90)).status_code == 302
    services.withdraw(invitation=Invitation.objects.get())
    assert ask(due_on=day(0)).status_code == 302


def test_a_test_for_older_people_cannot_be_asked_for(ask, owner):
    User.objects.filter(pk=owner.pk).update(sixteen_from=timezone.localdate().replace(day=1))
    assert ask().status_code == 200
    assert not Invitation.objects.exists()


def test_a_volunteer_cannot_ask(as_person, owner, assigned_volunteer, phq9):
    assert as_person(assigned_volunteer).get(f"/kk/tests/person/{owner.public_id}/ask/").status_code == 404


def test_the_person_says_no_and_can_still_take_the_test(as_person, owner, assigned_psychologist, asked, phq9):
    browser = as_person(owner)
    for _ in range(2):
        assert browser.post(f"/kk/tests/invitation/{asked.public_id}/decline/").status_code == 302
    asked.refresh_from_db()
    assert asked.state == "declined"
    assert of(phq9).name not in text_of(page(browser.get("/kk/dashboard/")).main)
    take(owner)
    asked.refresh_from_db()
    assert (asked.state, asked.result) == ("declined", None)
    seen = text_of(page(as_person(assigned_psychologist).get(f"/kk/tests/person/{owner.public_id}/ask/")).main)
    with translation.override("kk"):
        assert str(Asked.DECLINED.label) in seen


def test_finishing_the_test_answers_it(as_person, owner, assigned_psychologist, asked, phq9):
    result = take(owner)
    asked.refresh_from_db()
    assert (asked.state, asked.result, asked.answered_at) == ("done", result, result.finished_at)
    assert access.open_invitations(owner) == []


@pytest.mark.parametrize("fields", [{"safety_passed_at": None}, {"hidden": True}])
def test_the_psychologist_is_led_to_the_result_only_when_it_is_shown(
    as_person, owner, assigned_psychologist, asked, phq9, fields
):
    result = take(owner)
    where, there = f"/kk/tests/person/{owner.public_id}/ask/", f"/tests/person/{owner.public_id}/?test=phq9"
    assert there in as_person(assigned_psychologist).get(where).content.decode()
    Result.objects.filter(pk=result.pk).update(**fields)
    assert there not in as_person(assigned_psychologist).get(where).content.decode()


def test_until_the_person_has_seen_the_result_the_psychologist_is_not_told_that_there_is_one(
    owner, assigned_psychologist, asked, phq9
):
    result = take(owner, {"9": 1}, passed=False)
    between = Assignment.objects.get(user=owner)
    assert [wish.state for wish in access.wishes_of(between)] == [Asked.OPEN]
    assert services.ask(assignment=between, instrument=phq9.instrument, due_on=asked.due_on) == asked
    assert access.open_invitations(owner) == []  # who has taken the test is not asked for it once more
    safety.go_on(result=result)
    assert [wish.state for wish in access.wishes_of(between)] == [Asked.DONE]


def test_what_is_taken_back_before_the_person_has_seen_the_result_was_never_answered(
    as_person, owner, assigned_psychologist, asked, phq9
):
    result = take(owner, {"9": 1}, passed=False)
    response = as_person(assigned_psychologist).post(f"/en/tests/invitation/{asked.public_id}/withdraw/", follow=True)
    assert said(response)[0].startswith("success: It is taken back")
    safety.go_on(result=result)
    assert Invitation.objects.get().state == Asked.WITHDRAWN


def test_a_result_from_before_does_not_answer_what_is_asked_later(owner, assigned_psychologist, phq9):
    with time_machine.travel(timezone.now() - timedelta(days=2), tick=False):
        before = take(owner, {"9": 1}, passed=False)
    between = Assignment.objects.get(user=owner)
    services.ask(assignment=between, instrument=phq9.instrument, due_on=timezone.localdate())
    safety.go_on(result=before)
    assert [wish.state for wish in access.wishes_of(between)] == [Asked.OPEN]
    assert len(access.open_invitations(owner)) == 1


def test_one_result_answers_two_psychologists(settings, owner, asked, phq9):
    settings.HELPERS_PER_PERSON = settings.HELPERS_PER_PERSON | {Role.PSYCHOLOGIST: 2}
    second = helper_of(owner, "second-psychologist", Role.PSYCHOLOGIST)
    between = Assignment.objects.get(user=owner, helper=second)
    services.ask(assignment=between, instrument=phq9.instrument, due_on=timezone.localdate())
    result = take(owner, {"9": 1}, passed=False)
    found = Invitation.objects.order_by("pk").values_list("state", "result")
    assert list(found) == [("open", None), ("open", None)]  # neither hears of it before the person has seen it
    safety.go_on(result=result)
    assert list(found.all()) == [("done", result.pk), ("done", None)]


def test_the_psychologist_takes_it_back(as_person, owner, assigned_psychologist, asked, phq9):
    browser = as_person(assigned_psychologist)
    for _ in range(2):
        assert browser.post(f"/kk/tests/invitation/{asked.public_id}/withdraw/").status_code == 302
    asked.refresh_from_db()
    assert asked.state == "withdrawn"
    assert access.open_invitations(owner) == []


@pytest.mark.parametrize("person", ["other_user", "supporter", "assigned_volunteer", "unrelated_psychologist"])
def test_for_others_an_invitation_is_not_there(as_person, request, owner, asked, person):
    browser = as_person(request.getfixturevalue(person))
    for step in ("decline", "withdraw"):
        assert browser.post(f"/kk/tests/invitation/{asked.public_id}/{step}/").status_code == 404
    assert as_person(owner).post(f"/kk/tests/invitation/{asked.public_id}/withdraw/").status_code == 404
    asked.refresh_from_db()
    assert asked.state == "open"


def test_it_ends_with_the_assignment(as_person, owner, assigned_psychologist, asked, phq9):
    helping.end(assignment=Assignment.objects.get(user=owner), actor=owner, reason=EndReason.USER)
    assert access.open_invitations(owner) == []
    for person, step in ((owner, "decline"), (assigned_psychologist, "withdraw")):
        assert as_person(person).post(f"/kk/tests/invitation/{asked.public_id}/{step}/").status_code == 404
    take(owner)
    asked.refresh_from_db()
    assert asked.result is None
    helper_of(owner, "next-psychologist", Role.PSYCHOLOGIST)
    assert access.open_invitations(owner) == []


def test_who_ends_it_in_that_moment_is_not_asked_any_more(owner, assigned_psychologist, phq9):
    between = Assignment.objects.get(user=owner)
    helping.end(assignment=Assignment.objects.get(), actor=owner, reason=EndReason.USER)
    assert services.ask(assignment=between, instrument=phq9.instrument, due_on=timezone.localdate()) is None
    assert not Invitation.objects.exists()
    assert "tests asked" not in told(owner)


def test_a_day_that_has_passed_is_no_blame(as_person, owner, asked):
    with time_machine.travel(timezone.now() + timedelta(days=30), tick=False):
        shown = text_of(page(as_person(owner).get("/kk/dashboard/")).main)
        assert phrase("The day has passed; it is just as welcome now.") in shown


def test_a_test_that_is_taken_no_more_is_not_asked_for(owner, asked, phq9):
    type(phq9).objects.filter(pk=phq9.pk).update(state="retired")
    assert access.open_invitations(owner) == []


def test_the_dashboard_pays_one_query_for_it_where_nothing_is_asked(owner):
    with CaptureQueriesContext(connection) as counted:
        assert access.open_invitations(owner) == []
    assert len(counted) == 1
