"""Score and band are for those who help now; nobody else learns that there is a result."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts.choices import Role
from accounts.helping import services as helping
from accounts.helping.choices import EndReason
from accounts.journal.choices import Looked, Why
from accounts.models import Assignment, User
from tests.accounts.support import phrase
from tests.support.cast import helper_of, make_person
from tests.support.html import page, text_of
from tests.support.instruments import published
from tests.support.journal import looks
from tests.support.results import make_result
from tests_app.results import sentences

pytestmark = pytest.mark.django_db


@pytest.fixture
def phq9(instruments):
    return instruments["phq9"]


@pytest.fixture
def place(owner) -> str:
    return f"/kk/tests/person/{owner.public_id}/"


def nine() -> str:
    """Return a score of nine as the page says it."""
    with translation.override("kk"):
        return f"<strong>{sentences.score(9, 0, 27)}"


def words(browser, place: str) -> str:
    return text_of(page(browser.get(place)).main)


@pytest.mark.parametrize("helper", ["assigned_volunteer", "assigned_psychologist"])
def test_an_assigned_helper_sees_score_and_band_and_no_answer(as_person, request, owner, phq9, place, helper):
    browser = as_person(request.getfixturevalue(helper))
    make_result(owner, phq9, value=1)
    shown = browser.get(place).content.decode()
    assert nine() in shown
    assert phrase("A score is no diagnosis. It says how somebody answered on one day. Ask how it is now.") in shown
    assert "/answers/" not in shown


@pytest.mark.parametrize(
    "person",
    ["owner", "other_user", "supporter", "unrelated_volunteer", "unrelated_psychologist", "curator", "admin"],
)
def test_for_everybody_else_there_is_no_such_page(as_person, request, owner, phq9, place, person):
    result = make_result(owner, phq9)
    browser = as_person(request.getfixturevalue(person), verified=True)
    for where in (place, f"{place}ask/", f"{place}answers/{result.public_id}/"):
        assert browser.get(where).status_code == 404
    assert looks(owner) == []


def _ended(owner, helper):
    helping.end(assignment=Assignment.objects.get(user=owner), actor=helper, reason=EndReason.DONE)


def _role_suspended(owner, helper):
    User.objects.filter(pk=helper.pk).update(role=Role.USER)


def _role_ran_out(owner, helper):
    User.objects.filter(pk=helper.pk).update(role_until="2020-01-01")


def _owner_blocked(owner, helper):
    User.objects.filter(pk=owner.pk).update(is_active=False)


def _consent_to_emocare_taken_back(owner, helper):
    User.objects.filter(pk=owner.pk).update(agreed_version="")


@pytest.mark.parametrize(
    "event", [_ended, _role_suspended, _role_ran_out, _owner_blocked, _consent_to_emocare_taken_back]
)
def test_whatever_ends_the_help_closes_the_page(as_person, owner, assigned_psychologist, phq9, place, event):
    make_result(owner, phq9)
    browser = as_person(assigned_psychologist)
    assert browser.get(place).status_code == 200
    event(owner, assigned_psychologist)
    assert browser.get(place).status_code == 404


def test_a_hidden_result_is_not_there_and_the_next_one_is_not_compared_with_it(
    as_person, owner, assigned_psychologist, phq9, place
):
    make_result(owner, phq9, value=2, days_ago=20, hidden=True)
    make_result(owner, phq9, value=1)
    shown = words(as_person(assigned_psychologist), place)
    assert "18" not in shown
    assert phrase("better than before") not in shown


def test_a_result_that_its_owner_has_not_seen_yet_is_shown_to_nobody(
    as_person, owner, assigned_psychologist, assigned_volunteer, phq9, place
):
    make_result(owner, phq9, value=3, safety_passed_at=None)
    for helper in (assigned_psychologist, assigned_volunteer):
        assert phrase("Nothing is here yet") in words(as_person(helper), place)


def test_safety_questions_are_never_shown(as_person, owner, assigned_psychologist, phq9, place):
    safety = published(phq9.content | {"kind": "safety", "version": 9})
    result = make_result(owner, safety, value=1)
    assert phrase("Nothing is here yet") in words(as_person(assigned_psychologist), place)
    assert as_person(owner).get(f"/kk/tests/result/{result.public_id}/sharing/").status_code == 404


def test_each_look_is_written_for_the_owner(as_person, owner, assigned_volunteer, phq9, place):
    as_person(assigned_volunteer).get(place)
    assert looks(owner) == [(assigned_volunteer.shown_name, Looked.RESULTS, Why.ASSIGNED)]
    assert phrase("your test results: score and what it means") in words(as_person(owner), "/kk/profile/who-looked/")


def test_results_stand_side_by_side_with_their_change_in_words(as_person, owner, assigned_psychologist, phq9, place):
    make_result(owner, phq9, value=2, days_ago=20)
    make_result(owner, phq9, value=1)
    table = page(as_person(assigned_psychologist).get(place.replace("/kk/", "/en/"))).main.table
    assert [head["scope"] for head in table.select("th")] == ["col", "col", "col", "row"]
    newer, older = (text_of(cell) for cell in table.select("td"))
    assert "9 points lower: better than before" in newer
    assert "better" not in older
    assert table.caption


def test_one_test_is_chosen_and_the_pages_keep_it(as_person, owner, assigned_psychologist, phq9, place):
    for day in range(12):
        make_result(owner, phq9, value=1, days_ago=day * 2)
    first = page(as_person(assigned_psychologist).get(f"{place}?test=phq9")).main
    assert len(first.select("tbody tr")) == 8
    older = first.select_one("a[rel=next]")["href"]
    assert older == "?test=phq9&page=2"
    assert len(page(as_person(assigned_psychologist).get(place + older)).main.select("tbody tr")) == 4
    for odd in ("?test=nonsense", "?test=a%00b&page=99", "?page=x"):
        assert as_person(assigned_psychologist).get(place + odd).status_code == 200


def test_fifty_results_cost_six_queries_at_most_besides_the_alarm(as_person, owner, assigned_psychologist, phq9, place):
    browser = as_person(assigned_psychologist)
    browser.get(place)
    for day in range(50):
        make_result(owner, phq9, value=day % 4, days_ago=day)
    browser.get(place)
    with CaptureQueriesContext(connection) as counted:
        browser.get(place)
    asked = [query["sql"] for query in counted if "SAVEPOINT" not in query["sql"]]
    assert len(asked) <= 6 + 2, asked  # what a psychologist is called to stands on every page: requests and follow-ups


def test_the_way_to_the_page_stands_where_the_person_is_helped(as_person, owner, assigned_volunteer, place):
    browser = as_person(assigned_volunteer)
    for where in ("/kk/people/", f"/kk/people/{owner.public_id}/"):
        assert page(browser.get(where)).select(f"a[href='{place}']")


# What the owner sees and decides


def test_the_owner_sees_who_sees_a_result_by_name_and_role(
    as_person, owner, assigned_volunteer, assigned_psychologist, unrelated_psychologist, phq9
):
    result = make_result(owner, phq9)
    shown = words(as_person(owner), f"/kk/tests/result/{result.public_id}/sharing/")
    for helper in (assigned_volunteer, assigned_psychologist):
        assert helper.shown_name in shown
    assert phrase("Psychologist") in shown
    assert unrelated_psychologist.shown_name not in shown


def test_the_owner_hides_a_result_and_shows_it_again(as_person, owner, assigned_volunteer, phq9, place):
    result = make_result(owner, phq9, value=1)
    mine, theirs = as_person(owner), as_person(assigned_volunteer)
    where = f"/kk/tests/result/{result.public_id}/sharing/"
    for sent, seen in (({}, False), ({}, False), ({"show": "yes"}, True)):
        assert mine.post(f"{where}hide/", sent).url == where
        assert (nine() in theirs.get(place).content.decode()) == seen


@pytest.mark.parametrize("person", ["other_user", "supporter", "assigned_psychologist", "unrelated_psychologist"])
def test_nobody_else_reaches_the_owners_pages(as_person, request, owner, phq9, person):
    result = make_result(owner, phq9)
    browser = as_person(request.getfixturevalue(person))
    where = f"/kk/tests/result/{result.public_id}/sharing/"
    assert browser.get(where).status_code == browser.post(f"{where}hide/").status_code == 404
    result.refresh_from_db()
    assert not result.hidden


def test_two_people_with_one_psychologist_are_kept_apart(as_person, owner, assigned_psychologist, phq9, place):
    second = make_person("second")
    helping.assign(user=second, helper=assigned_psychologist, actor=assigned_psychologist, reason="")
    result = make_result(second, phq9, value=2)
    browser = as_person(assigned_psychologist)
    assert "18" not in words(browser, place)
    assert browser.get(f"{place}answers/{result.public_id}/").status_code == 404


def test_the_next_psychologist_sees_results_only_once_assigned(as_person, owner, phq9, place):
    make_result(owner, phq9, value=1)
    assert "9" in words(as_person(helper_of(owner, "next-psychologist", Role.PSYCHOLOGIST)), place)
