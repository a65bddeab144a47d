"""Trying a test without an account: it is shown and not stored, and help comes before a critical result."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support.html import errors, page, text_of
from tests_app.models import Result, Run

TRY = "/en/tests/phq9/try/"


def answers(**other) -> dict[str, str]:
    return {f"q_{number}": "1" for number in range(1, 9)} | {"q_9": "0", "q_difficulty": "0"} | other


def test_whoever_tries_a_test_sees_what_came_out_and_nothing_is_stored(as_person, instruments):
    anybody = as_person(None)
    assert anybody.get(TRY).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        response = anybody.post(TRY, answers())
    assert "8" in text_of(page(response).select_one("#outcome-title").find_parent("section"))
    assert "This result is not stored." in text_of(page(response).main)
    assert response["Cache-Control"] == "no-store, private"
    assert [q["sql"] for q in asked if not q["sql"].startswith("SELECT")] == []
    assert Result.objects.count() == Run.objects.count() == Session.objects.count() == 0


def test_after_a_critical_answer_help_comes_first_and_the_result_follows(as_person, instruments):
    anybody = as_person(None)
    step = page(anybody.post(TRY, answers(q_9="1")))
    assert step.select_one("a[href='tel:112']")
    assert not step.select("#outcome-title")
    form = step.find("input", attrs={"name": "seen"}).find_parent("form")
    carried = {field["name"]: field["value"] for field in form.select("input[name]")}
    after = page(anybody.post(TRY, carried))
    assert "9" in text_of(after.select_one("#outcome-title").find_parent("section"))


def test_what_was_passed_over_goes_along_through_the_safety_step(as_person, instruments):
    step = page(as_person(None).post(TRY, answers(q_9="2", q_1="skip")))
    assert step.find("input", attrs={"name": "q_1"})["value"] == "skip"


def test_wrong_and_missing_answers_are_said_beside_the_question(as_person, instruments):
    anybody = as_person(None)
    assert "or pass over the question" in errors(anybody.post(TRY, answers(q_3="")), "q_3")
    assert "one of the answers of this question" in errors(anybody.post(TRY, answers(q_3="8")), "q_3")
    assert "Two answers" in errors(anybody.post(TRY, answers(q_3=["1", "2"])), "q_3")


def test_no_answer_gets_around_the_safety_step_with_a_forged_value(as_person, instruments):
    response = as_person(None).post(TRY, answers(q_9="7"))
    assert errors(response, "q_9")
    assert not page(response).select("#outcome-title")


def test_who_is_signed_in_can_try_without_a_trace_as_well(as_person, owner, instruments):
    response = as_person(owner).post(TRY, answers())
    assert page(response).select_one("#outcome-title")
    assert Result.objects.count() == Run.objects.count() == 0


@pytest.mark.parametrize("key", ["phq9", "wgss", "auditc", "pcptsd5", "loneliness", "who5"])
def test_every_kind_of_test_can_be_tried(as_person, instruments, key):
    anybody = as_person(None)
    form = page(anybody.get(f"/en/tests/{key}/try/"))
    first = {field["name"]: field["value"] for field in reversed(form.select("main form input[type=radio]"))}
    response = anybody.post(f"/en/tests/{key}/try/", first | {"seen": "1"})
    assert page(response).select_one("#outcome-title")


def test_trying_has_a_limit(as_person, instruments, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"try_test": "1/h/ip"}
    anybody = as_person(None)
    assert anybody.post(TRY, answers()).status_code == 200
    assert anybody.post(TRY, answers()).status_code == 429
    assert anybody.get(TRY).status_code == 200
