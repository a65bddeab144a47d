"""The list of tests and the page of one: what is there, for whom, and what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.kin.age import sixteen_from
from tests.support.cast import make_person
from tests.support.html import page, text_of
from tests.support.instruments import published
from tests.support.results import all_answers, changed, phq9, take
from tests_app import services
from tests_app.models import Version
from tests_app.questionnaire import of


def named(client, path="/en/tests/") -> str:
    return text_of(page(client.get(path)).main)


def born(years_ago: int):
    today = timezone.localdate()
    return sixteen_from(today.year - years_ago, today.month)


def test_whoever_is_signed_out_reads_the_list_and_every_test_of_it(as_person, instruments):
    anybody = as_person(None)
    links = [a["href"] for a in page(anybody.get("/en/tests/")).select("main h3 a")]
    assert len(links) == sum(version.instrument.key != "asq" for version in instruments.values())
    for link in links:
        assert anybody.get(link).status_code == anybody.get(f"{link}try/").status_code == 200


def test_the_questions_of_the_safety_step_are_no_test_to_find(as_person, owner, instruments):
    for path in ("", "try/"):
        assert as_person(None).get(f"/en/tests/asq/{path}").status_code == 404
    assert as_person(owner).post("/en/tests/asq/begin/").status_code == 404
    assert "Questions about your safety" not in named(as_person(owner))


def test_the_list_says_how_long_a_test_is_and_how_good_its_text(as_person, instruments):
    words = named(as_person(None))
    assert "Low mood (PHQ-9) How often low mood" in words
    assert "10 questions · about 3 minutes" in words
    assert words.count("self-check, not a validated scale") == 3
    assert "Worry and tension (GAD-7)" in words
    assert page(as_person(None).get("/en/tests/pcptsd5/")).select_one("main details [lang=en]")


def test_the_list_says_what_waits_and_what_was_taken_when(as_person, owner, instruments):
    take(owner, phq9(4), days_ago=3)
    run = services.begin(owner=owner, version=instruments["gad7"])
    services.answer(run=run, answers={"1": 1, "2": None})
    browser = as_person(owner)
    soup = page(browser.get("/en/tests/"))
    assert "2 of 7 answered" in text_of(soup.select_one("section.panel--main"))
    assert soup.select_one("section.panel--main a")["href"] == f"/en/tests/run/{run.public_id}/"
    assert text_of(soup.main).count("Last taken:") == 1
    assert soup.select_one("main a[href='/en/tests/history/phq9/']")


def test_nobody_sees_what_somebody_else_began(as_person, owner, other_user, instruments):
    services.begin(owner=owner, version=instruments["gad7"])
    take(owner, phq9(4))
    assert "answered" not in named(as_person(other_user))
    assert "Last taken" not in named(as_person(other_user))


def test_who_did_not_show_the_second_factor_sees_the_list_as_nobody(as_person, admin, instruments):
    services.begin(owner=admin, version=instruments["gad7"])
    assert "answered" not in named(as_person(admin, verified=False))
    assert "answered" in named(as_person(admin))


def test_tests_for_older_people_stand_apart_and_cannot_be_begun(as_person, instruments):
    young = make_person("zhas", sixteen_from=born(17))
    browser = as_person(young)
    soup = page(browser.get("/en/tests/"))
    later = text_of(soup.select_one("[aria-labelledby=too-early]"))
    assert "PHQ-9" in later
    assert "From 18 years on" in later
    assert "Stress before exams" not in later
    about = page(browser.get("/en/tests/phq9/"))
    assert about.select("form[action$='/begin/']") == []
    assert "people from 18 years on" in text_of(about.main)
    assert browser.post("/en/tests/phq9/begin/").status_code == 403
    assert browser.get("/en/tests/phq9/try/").status_code == 403
    assert browser.post("/en/tests/exam-stress/begin/").status_code == 302
    assert list(young.test_runs.values_list("instrument__key", flat=True)) == ["exam-stress"]


def test_who_waits_for_a_representative_has_the_same_age_on_the_open_pages(as_person, instruments):
    child = as_person(make_person("bala", sixteen_from=born(13)))
    assert page(child.get("/en/tests/")).select("[aria-labelledby=too-early]")
    assert child.get("/en/tests/phq9/try/").status_code == 403
    assert child.get("/en/tests/exam-stress/try/").status_code == 200


def test_of_grown_ups_no_test_is_held_back(as_person, owner, instruments):
    young = make_person("eresek", sixteen_from=born(19))
    for person in (owner, young):
        assert page(as_person(person).get("/en/tests/")).select("[aria-labelledby=too-early]") == []


def test_a_test_without_a_group_of_its_own_stands_with_its_kind(as_person, instruments):
    content = instruments["gad7"].content | {"key": "another"}
    published(content)
    group = page(as_person(None).get("/en/tests/")).find("a", href="/en/tests/another/").find_parent("section")
    assert text_of(group.h2) == "More questionnaires"


def test_a_test_that_is_not_published_is_not_there(as_person, owner, instruments):
    Version.objects.filter(pk=instruments["gad7"].pk).update(state="retired")
    assert "/tests/gad7/" not in as_person(owner).get("/en/tests/").content.decode()
    assert as_person(owner).get("/en/tests/gad7/").status_code == 404
    assert as_person(owner).post("/en/tests/gad7/begin/").status_code == 404


def test_without_any_test_the_list_says_so(as_person, db):
    assert "There are no tests here now." in named(as_person(None))


def test_the_page_of_a_test_says_everything_before_it_begins(as_person, owner, instruments):
    words = named(as_person(owner), "/en/tests/pcptsd5/")
    read = of(instruments["pcptsd5"])
    for name in ("purpose", "instruction", "limits", "content_note"):
        assert " ".join(read.content[name]["en"].split()) in words
    assert read.content["citation"] in words
    assert read.content["licence"]["attribution"] in words
    assert "Nobody sees your single answers" in words


def test_the_way_of_answering_is_remembered(as_person, owner, instruments):
    browser = as_person(owner)
    chosen = "input[name=layout][checked]"
    assert page(browser.get("/en/tests/gad7/")).select_one(chosen)["value"] == "one"
    browser.post("/en/tests/gad7/begin/", {"layout": "all"})
    assert page(browser.get("/en/tests/phq9/")).select_one(chosen)["value"] == "all"
    wrong = browser.post("/en/tests/phq9/begin/", {"layout": "upside down"})
    assert wrong.status_code == 200
    assert "Please choose one of the two ways." in text_of(page(wrong).main)
    assert owner.test_runs.count() == 1


def test_nobody_is_told_that_answers_are_saved_where_they_are_not(as_person, owner, instruments):
    saved = "each answer is saved at once"
    assert saved in named(as_person(owner), "/en/tests/phq9/")
    signed_out = named(as_person(None), "/en/tests/phq9/")
    assert saved not in signed_out
    assert "Without an account nothing is stored" in signed_out


def queries(client, path) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_list_and_questions_cost_the_same_however_much_there_is(as_person, owner, instruments):
    browser = as_person(owner)
    run = services.begin(owner=owner, version=instruments["phq9"])
    paths = {"/en/tests/": 5, "/en/tests/phq9/": 6, f"/en/tests/run/{run.public_id}/": 4}
    browser.get("/en/tests/")  # the texts are read once in a process
    few = {path: queries(browser, path) for path in paths}
    for key in ("gad7", "who5", "loneliness"):
        for day in range(5):
            take(owner, all_answers(instruments[key]), key=key, days_ago=day)
        services.begin(owner=owner, version=instruments[key])
    changed(instruments["gad2"])
    browser.get("/en/tests/")  # a new text is read once
    many = {path: queries(browser, path) for path in paths}
    assert few == many
    assert {path: count for path, count in many.items() if count > paths[path]} == {}


@pytest.mark.parametrize("path", ["/en/dashboard/", "/en/"])
def test_the_first_pages_lead_to_the_tests(as_person, owner, path):
    browser = as_person(owner if "dashboard" in path else None)
    assert page(browser.get(path)).select_one(".card[href='/en/tests/']")
