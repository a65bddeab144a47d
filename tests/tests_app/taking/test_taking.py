"""Taking a test: one question a page or all, back and forth, later, elsewhere, and its end."""

import pytest

from tests.support.html import page, said, text_of
from tests.support.results import all_answers, changed, phq9
from tests_app import services
from tests_app.access import answers_in
from tests_app.models import Result, Run, Version

NINE = [str(number) for number in range(1, 10)]


@pytest.fixture
def begin(as_person, owner, instruments):
    """Return a way to begin a test: browser and address."""

    def start(key="phq9", layout="one"):
        browser = as_person(owner)
        return browser, browser.post(f"/en/tests/{key}/begin/", {"layout": layout})["Location"]

    return start


def one(browser, run, item, value, **more):
    return browser.post(run, {"question": item, f"q_{item}": value} | more)


def known(owner) -> dict:
    return answers_in(Run.objects.get(owner=owner))


def heading(response) -> str:
    return text_of(page(response).select_one("main legend"))


def test_question_by_question_to_the_result(begin, owner):
    browser, run = begin()
    for number, item in enumerate([*NINE, "difficulty"], 1):
        assert f"Question {number} of 10" in text_of(page(browser.get(run)).main)
        response = one(browser, run, item, "1")
    assert response["Location"] == run
    look = page(browser.get(run))
    assert text_of(look.h1) == "Look over your answers"
    assert len(look.select("main ol > li")) == 10
    end = browser.post(run, {"checked": "1"})
    result = Result.objects.get(owner=owner)
    assert end["Location"] == f"/en/tests/result/{result.public_id}/"
    assert (result.score, result.band, result.language) == (9, "mild", "en")
    assert not Run.objects.exists()


def test_an_answer_is_there_on_another_device(begin, as_person, owner):
    browser, run = begin()
    one(browser, run, "1", "2")
    later = one(browser, run, "2", "3", go="later")
    assert later["Location"] == "/en/tests/"
    assert "success: All your answers are saved." in said(browser.get("/en/tests/"))[0]
    phone = as_person(owner)
    assert "2 of 10 answered" in text_of(page(phone.get("/en/tests/")).main)
    assert "Question 3 of 10" in text_of(page(phone.get(run)).main)
    assert known(owner) == {"1": 2, "2": 3}


def test_back_keeps_what_was_chosen_and_needs_nothing(begin, owner):
    browser, run = begin()
    one(browser, run, "1", "0")
    assert one(browser, run, "2", "3", go="back")["Location"] == f"{run}?question=1"
    assert page(browser.get(f"{run}?question=2")).select_one("main input[checked]")["value"] == "3"
    assert browser.post(run, {"question": "3", "go": "back"})["Location"] == f"{run}?question=2"
    assert known(owner) == {"1": 0, "2": 3}


def test_going_on_from_an_earlier_question_passes_the_answered_ones(begin):
    browser, run = begin()
    for item in NINE[:4]:
        one(browser, run, item, "1")
    assert one(browser, run, "2", "2")["Location"] == f"{run}?question=3"


def test_whoever_changes_one_answer_at_the_end_is_back_at_the_end(begin, owner, instruments):
    browser, run = begin()
    services.answer(run=Run.objects.get(), answers=phq9(0, difficulty=0))
    assert f"{run}?question=4" in {a["href"] for a in page(browser.get(run)).select("main ol a")}
    assert one(browser, run, "4", "3")["Location"] == run
    assert known(owner)["4"] == 3


def test_a_question_can_be_passed_over(begin, owner):
    browser, run = begin()
    assert one(browser, run, "1", "skip").status_code == 302
    assert known(owner) == {"1": None}
    assert page(browser.get(f"{run}?question=1")).select_one("main input[checked]")["value"] == "skip"


def test_questions_that_are_not_asked_any_more_are_passed_by(begin, owner):
    browser, run = begin("auditc")
    assert "Question 1 of 1" in text_of(page(browser.get(run)).main)
    assert one(browser, run, "1", "2")["Location"] == f"{run}?question=2"
    assert "Question 2 of 3" in text_of(page(browser.get(f"{run}?question=2")).main)
    one(browser, run, "2", "3")
    assert one(browser, run, "1", "0")["Location"] == run  # never: nothing more is asked
    assert len(page(browser.get(run)).select("main ol > li")) == 1
    browser.post(run, {"checked": "1"})
    result = Result.objects.get()
    assert (result.score, answers_in(result)) == (0, {"1": 0})


def test_all_questions_on_one_page_and_straight_to_the_result(begin, owner):
    browser, run = begin(layout="all")
    assert len(page(browser.get(run)).select("fieldset.question")) == 10
    answers = {f"q_{item}": "1" for item in [*NINE, "difficulty"]}
    assert browser.post(run, answers | {"go": "finish"})["Location"].startswith("/en/tests/result/")
    assert Result.objects.get(owner=owner).score == 9


def test_what_is_answered_of_all_questions_is_kept_when_some_are_missing(begin, owner):
    browser, run = begin(layout="all")
    response = browser.post(run, {"q_1": "2", "go": "finish"})
    soup = page(response)
    assert response.status_code == 200
    assert len(soup.select(".error-summary li")) == 9
    assert [radio["value"] for radio in soup.select("main input[type=radio][checked]")] == ["2"]
    assert known(owner) == {"1": 2}
    assert browser.post(run, {"q_2": "1", "go": "later"})["Location"] == "/en/tests/"
    assert known(owner) == {"1": 2, "2": 1}


def test_on_one_page_only_what_is_asked_must_be_answered(begin):
    browser, run = begin("auditc", layout="all")
    assert "Only if you answered question 1 with:" in text_of(page(browser.get(run)).main)
    assert browser.post(run, {"q_1": "0", "go": "finish"})["Location"].startswith("/en/tests/result/")


def test_a_script_saves_single_answers_and_hears_what_is_wrong(begin, owner):
    browser, run = begin(layout="all")
    sent = {"headers": {"accept": "application/json"}}
    assert browser.post(run, {"q_3": "1", "go": "save"}, **sent).json() == {"said": "Saved"}
    assert browser.post(run, {"q_4": "7", "go": "save"}, **sent).status_code == 400
    assert known(owner) == {"3": 1}
    services.answer(run=Run.objects.get(), answers=phq9(0, difficulty=0))
    result = services.finish(run=Run.objects.get())
    over = browser.post(run, {"q_4": "1", "go": "save"}, **sent)
    assert (over.status_code, over.json()) == (409, {"over": f"/en/tests/result/{result.public_id}/"})


def test_a_test_that_is_over_leads_to_its_result(begin, owner):
    browser, run = begin()
    services.answer(run=Run.objects.get(), answers=phq9(4, difficulty=0))
    result = f"/en/tests/result/{services.finish(run=Run.objects.get()).public_id}/"
    for response in (browser.get(run), one(browser, run, "1", "3"), browser.post(f"{run}give-up/")):
        assert response["Location"] == result
    assert Result.objects.get().score == 4


def test_finishing_too_early_leads_to_the_open_question(begin, owner):
    browser, run = begin()
    one(browser, run, "1", "0")
    assert browser.post(run, {"checked": "1"})["Location"] == run
    assert said(browser.get(run)) == ["info: 9 questions are open still."]
    assert not Result.objects.exists()


def test_a_begun_test_goes_on_with_its_text_and_says_that_there_is_another(begin, owner, instruments):
    browser, run = begin()
    words = dict.fromkeys(("kk", "ru", "en"), "Another wording")
    first, *others = instruments["phq9"].content["items"]
    newer = changed(instruments["phq9"], items=[first | {"text": words}, *others])
    assert "Little interest" in heading(browser.get(run))
    assert "You go on with the text with which you began." in text_of(page(browser.get(run)).main)
    assert browser.post("/en/tests/phq9/begin/")["Location"] == run
    services.answer(run=Run.objects.get(), answers=phq9(0, difficulty=0))
    browser.post(run, {"checked": "1"})
    assert Result.objects.get().version == instruments["phq9"] != newer


def test_a_test_that_was_retired_meanwhile_can_be_finished(begin, owner, instruments):
    browser, run = begin("gad7")
    Version.objects.filter(pk=instruments["gad7"].pk).update(state="retired")
    assert run in browser.get("/en/tests/").content.decode()
    services.answer(run=Run.objects.get(), answers=all_answers(instruments["gad7"]))
    assert "/tests/result/" in browser.post(run, {"checked": "1"})["Location"]


def test_answers_can_be_thrown_away_after_a_question(begin, owner):
    browser, run = begin()
    one(browser, run, "1", "0")
    asked = page(browser.get(f"{run}give-up/"))
    assert "1 answer" in text_of(asked.main)
    assert Run.objects.exists()
    assert browser.post(f"{run}give-up/")["Location"] == "/en/tests/"
    assert not Run.objects.exists()
    assert browser.get(run).status_code == one(browser, run, "1", "0").status_code == 404


def test_a_test_can_be_begun_anew(begin, owner):
    browser, run = begin()
    one(browser, run, "1", "0")
    again = browser.post(f"{run}give-up/", {"then": "anew"})["Location"]
    assert again != run
    assert known(owner) == {}


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_finds_a_begun_test(begin, as_person, other_user, assigned_psychologist, method):
    _browser, run = begin()
    for person in (other_user, assigned_psychologist):
        for address in (run, f"{run}give-up/"):
            assert getattr(as_person(person), method)(address).status_code == 404
    assert Run.objects.count() == 1


def test_nothing_of_the_answers_stands_in_the_database_in_clear(begin, owner):
    from django.db import connection

    browser, run = begin()
    one(browser, run, "9", "3")
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM tests_app_run")
        assert b'"9"' not in bytes(cursor.fetchone()[0])
