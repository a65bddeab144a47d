"""Answers that no page of ours sends: a clear error beside the question, what was chosen is kept, nothing is stored."""

import pytest

from tests.support.html import errors, page, summary, text_of
from tests_app.access import answers_in
from tests_app.models import Result, Run
from tests_app.questionnaire import of
from tests_app.services import Refused, answer, begin

WRONG = {
    "9": "Please choose one of the answers of this question.",
    "-1": "Please choose one of the answers of this question.",
    "1.0": "Please choose one of the answers of this question.",
    " 1": "Please choose one of the answers of this question.",
    "٣": "Please choose one of the answers of this question.",
    "\0": "Please choose one of the answers of this question.",
    "9" * 5000: "Please choose one of the answers of this question.",
    "": "Please choose one of the answers, or pass over the question.",
}


@pytest.fixture
def browser(as_person, owner):
    return as_person(owner)


@pytest.fixture
def start(browser, instruments):
    def begun(key="phq9", layout="one") -> str:
        return browser.post(f"/en/tests/{key}/begin/", {"layout": layout})["Location"]

    return begun


@pytest.mark.parametrize(("value", "words"), WRONG.items(), ids=[value[:4] or "nothing" for value in WRONG])
def test_what_is_no_option_is_refused_beside_the_question(browser, start, value, words):
    response = browser.post(start(), {"question": "1", "q_1": value})
    assert response.status_code == 200
    assert errors(response, "q_1") == words
    assert words in summary(response)[0]
    assert page(response).title.text.startswith("Error:")
    assert answers_in(Run.objects.get()) == {}


def test_two_answers_to_one_question_are_none(browser, start):
    response = browser.post(start(), {"question": "1", "q_1": ["1", "3"]})
    assert errors(response, "q_1") == "Two answers came for this question. Please choose one."
    assert page(response).select_one("main input[checked]")["value"] == "1"
    assert answers_in(Run.objects.get()) == {}


def test_an_option_of_another_test_is_refused(browser, start, instruments):
    five = of(instruments["who5"]).items[0].options[0].value
    response = browser.post(start(), {"question": "2", "q_2": str(five)})
    assert "Please choose one of the answers" in errors(response, "q_2")
    assert answers_in(Run.objects.get()) == {}


@pytest.mark.parametrize("sent", [{"question": "77", "q_77": "1"}, {"question": "1", "q_1": "1", "q_2": "1"}])
def test_a_question_that_was_not_asked_is_refused(browser, start, sent):
    response = browser.post(start(), sent)
    assert "This question does not belong to the test." in text_of(page(response).select_one(".error-summary"))
    assert answers_in(Run.objects.get()) == {}


def test_a_question_that_cannot_be_passed_over_says_so(browser, start):
    run = start("pcptsd5")
    assert not page(browser.get(run)).select("input[value=skip]")
    response = browser.post(run, {"question": "gate", "q_gate": "skip"})
    assert errors(response, "q_gate") == "This question cannot be passed over."
    missing = browser.post(run, {"question": "gate"})
    assert errors(missing, "q_gate") == "Please choose one of the answers."


def test_one_wrong_answer_of_all_keeps_the_others_on_the_page_and_out_of_the_database(browser, start):
    run = start(layout="all")
    sent = {f"q_{number}": "1" for number in range(1, 10)} | {"q_difficulty": "1", "q_4": "8", "go": "finish"}
    response = browser.post(run, sent)
    soup = page(response)
    assert len(summary(response)) == 1
    assert "Please choose one of the answers" in errors(response, "q_4")
    assert len(soup.select("main input[type=radio][checked]")) == 9
    assert answers_in(Run.objects.get()) == {}
    assert not Result.objects.exists()


def test_wrong_answers_are_refused_when_going_back_or_stopping_too(browser, start):
    run = start()
    for go in ("back", "later"):
        assert browser.post(run, {"question": "1", "q_1": "8", "go": go}).status_code == 200
    assert answers_in(Run.objects.get()) == {}


def test_the_service_itself_takes_no_wrong_answer(owner, instruments):
    run = begin(owner=owner, version=instruments["pcptsd5"])
    for answers in ({"gate": 7}, {"gate": None}, {"nothing": 1}, {"gate": 1, "nothing": 1}):
        with pytest.raises(Refused):
            answer(run=run, answers=answers)
    assert answers_in(Run.objects.get()) == {}
