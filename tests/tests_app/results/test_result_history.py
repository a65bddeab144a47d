"""The results of a person over time: in words, as a chart, as a table; no answers are read for it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.support.html import page
from tests.support.results import changed, label, phq9, take
from tests_app.models import Result

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)  # Sunday evening in Almaty
ALL, OF_PHQ9 = "/en/tests/history/", "/en/tests/history/phq9/"


@pytest.fixture(autouse=True)
def _on_a_sunday():
    with time_machine.travel(NOW, tick=False), timezone.override("Asia/Almaty"):
        yield


def shown(client, address: str):
    answer = client.get(address)
    assert answer.status_code == 200
    return page(answer).select_one("main")


def words(part) -> str:
    return " ".join(part.get_text(" ").split())


def course(owner, *scores: int, **more) -> list[Result]:
    """Take the test once a month, the last time now; return the results, oldest first."""
    return [take(owner, phq9(s), days_ago=30 * (len(scores) - 1 - i), **more) for i, s in enumerate(scores)]


def many(owner, version, count: int) -> None:
    """Give somebody results whose answers nobody could read."""
    given = {"owner": owner, "version": version, "instrument_id": version.instrument_id, "language": "kk"}
    Result.objects.bulk_create(
        Result(
            score=i % 28,
            band="mild",
            started_at=NOW,
            finished_at=NOW - timedelta(days=i),
            safety_passed_at=NOW,
            **given,
        )
        for i in range(count)
    )


# All tests


def test_without_results_it_says_so_kindly(as_person, owner, instruments):
    for address in (ALL, OF_PHQ9):
        assert "No results yet" in words(shown(as_person(owner), address))


def test_each_test_is_there_once_with_its_last_result(as_person, owner):
    course(owner, 14, 9)
    take(owner, key="who5", days_ago=3)
    rows = [words(row) for row in shown(as_person(owner), ALL).select(".entry")]
    assert len(rows) == 2
    assert f"Taken 2 times. Last on 22 November 2026: 9 of 27: {label('mild')}." in rows[0]
    assert "Your last score is 5 points lower than the one before. By the scale things are better." in rows[0]
    assert "Taken 1 time. Last on 19 November 2026:" in rows[1]


def test_a_test_with_another_persons_results_is_empty(as_person, owner, other_user):
    course(owner, 14, 9)
    client = as_person(other_user)
    for address in (ALL, OF_PHQ9):
        assert "No results yet" in words(shown(client, address))


def test_a_test_that_does_not_exist_is_not_there(as_person, owner, instruments):
    for key in ("nothing", "asq"):
        assert as_person(owner).get(f"/en/tests/history/{key}/").status_code == 404


# One test


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        ((9, 14), "Your last score is 5 points higher than the one before. By the scale things are harder."),
        ((9, 8), "Your last score is 1 point lower than the one before. By the scale things are better."),
        ((9, 9), "Your last score is the same as the one before."),
    ],
)
def test_the_last_two_scores_are_compared_in_a_sentence(as_person, owner, scores, said):
    course(owner, *scores)
    assert words(shown(as_person(owner), OF_PHQ9).select_one(".lead")) == said


def test_where_more_is_better_a_higher_score_is_better(as_person, owner, instruments):
    for days_ago, value in ((30, 1), (0, 3)):
        answers = {item["id"]: value for item in instruments["who5"].content["items"]}
        take(owner, answers, key="who5", days_ago=days_ago)
    lead = shown(as_person(owner), "/en/tests/history/who5/").select_one(".lead")
    assert words(lead) == "Your last score is 40 points higher than the one before. By the scale things are better."


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        ((14, 9), "In studies a difference of 5 points or more counts as a change that matters."),
        (
            (13, 9),
            "In studies only a difference of 5 points or more counts as a change that matters. Less can be chance.",
        ),
    ],
)
def test_from_where_on_a_change_matters_is_told_with_its_source(as_person, owner, instruments, scores, said):
    course(owner, *scores)
    text = words(shown(as_person(owner), OF_PHQ9))
    assert said in text
    assert instruments["phq9"].content["scoring"]["change"]["citation"] in text


def test_where_nothing_is_published_it_says_that_this_is_not_known(as_person, owner, instruments):
    scoring = {key: value for key, value in instruments["phq9"].content["scoring"].items() if key != "change"}
    course(owner, 14, 9, version=changed(instruments["phq9"], scoring=scoring))
    assert "no study says from how many points on" in words(shown(as_person(owner), OF_PHQ9))


def test_chart_table_and_text_hold_the_same(as_person, owner):
    course(owner, 14, 20, 9)
    main = shown(as_person(owner), OF_PHQ9)
    marks = [mark["data-said"] for mark in main.select(".chart__mark")]
    rows = [f"{words(row.th)}: {words(row.td)}" for row in main.select("tbody tr")]
    assert marks == list(reversed(rows))
    assert words(main.select_one(".chart desc")) == "; ".join(marks) + "."
    assert [words(mark) for mark in main.select(".chart__mark text")] == ["14", "20", "9"]


def test_one_result_is_a_table_without_a_chart(as_person, owner):
    course(owner, 9)
    main = shown(as_person(owner), OF_PHQ9)
    assert len(main.select("tbody tr")) == 1
    assert not main.select(".chart, .lead")


def test_results_of_an_earlier_text_are_marked(as_person, owner, instruments):
    take(owner, phq9(14), days_ago=30)
    take(owner, phq9(9), version=changed(instruments["phq9"], minutes=4))
    main = shown(as_person(owner), OF_PHQ9)
    assert ["earlier text of the test" in words(row) for row in main.select("tbody tr")] == [False, True]
    assert "The text of the test changed between these two results" in words(main)
    assert "earlier text of the test" in main.select_one(".chart__mark")["data-said"]


def test_scores_of_another_scale_are_not_compared(as_person, owner, instruments):
    take(owner, phq9(14), days_ago=30)
    scoring = instruments["phq9"].content["scoring"] | {"highest": 54, "multiply": 2}
    take(owner, phq9(9), version=changed(instruments["phq9"], scoring=scoring))
    main = shown(as_person(owner), OF_PHQ9)
    assert not main.select(".chart, .lead")
    assert "14 of 27" in words(main)


def test_a_result_without_a_score_is_in_the_table_alone(as_person, owner):
    course(owner, 14, 9)
    take(owner, phq9(9, **{"4": None}))
    main = shown(as_person(owner), OF_PHQ9)
    assert len(main.select(".chart__mark")) == 2
    assert "no score" in words(main.select_one("tbody tr"))
    assert not main.select(".lead")


def test_a_result_that_waits_behind_the_safety_step_tells_nothing(as_person, owner):
    course(owner, 14, 9)
    take(owner, phq9(25), passed=False)
    for address in (ALL, OF_PHQ9):
        text = words(shown(as_person(owner), address))
        assert "This result waits for you." in text
        assert "25" not in text.replace("of 25", "")


def test_a_profile_has_a_table_of_days(as_person, owner):
    take(owner, key="wgss", days_ago=3)
    take(owner, key="wgss")
    main = shown(as_person(owner), "/en/tests/history/wgss/")
    assert [words(cell) for cell in main.select("tbody td")] == ["Your answers in words"] * 2
    assert "Your answers in words" in words(shown(as_person(owner), ALL))


def test_pages_are_of_thirty_and_nonsense_is_the_first(as_person, owner, instruments):
    many(owner, instruments["phq9"], 65)
    client = as_person(owner)
    counts = {n: len(shown(client, f"{OF_PHQ9}?page={n}").select("tbody tr")) for n in ("1", "3", "99", "x", "-1")}
    assert counts == {"1": 30, "3": 5, "99": 5, "x": 30, "-1": 5}
    lead = "Your last score is 1 point lower than the one before. By the scale things are better."
    assert words(shown(client, f"{OF_PHQ9}?page=3").select_one(".lead")) == lead


@pytest.mark.parametrize("address", [ALL, OF_PHQ9, f"{OF_PHQ9}?page=2"])
def test_five_hundred_results_take_four_queries_and_no_answer_is_opened(as_person, owner, instruments, address):
    many(owner, instruments["phq9"], 500)
    many(owner, instruments["who5"], 3)
    Result.objects.update(answers=b"whoever opens this fails")
    client = as_person(owner)
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) <= 4
    assert not any('"tests_app_result"."answers"' in query["sql"] for query in queries)
