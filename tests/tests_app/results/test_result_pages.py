"""The page with a result: what it says, to whom, and what it does not say."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from tests.support.html import page
from tests.support.results import all_answers, changed, label, phq9, take
from tests_app import services
from tests_app.models import Result

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)  # Sunday evening in Almaty


@pytest.fixture(autouse=True)
def _on_a_sunday():
    with time_machine.travel(NOW, tick=False), timezone.override("Asia/Almaty"):
        yield


def shown(client, result: Result, language: str = "en"):
    answer = client.get(f"/{language}/tests/result/{result.public_id}/")
    assert answer.status_code == 200
    return page(answer).select_one("main")


def words(part) -> str:
    return " ".join(part.get_text(" ").split())


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_score_band_and_place_are_said_in_words(as_person, owner, instruments, language):
    result = take(owner, phq9(9))
    main = shown(as_person(owner), result, language)
    numbers = {number for number in words(main.select_one(".lead")).replace(":", " ").split() if number.isdigit()}
    assert numbers == {"9", "27"}
    assert label("mild", language=language) in words(main.select_one(".lead"))
    assert label("mild", language=language) in words(main.select_one(".scale figcaption"))


def test_the_drawing_of_the_scale_has_the_same_words_beside_it(as_person, owner):
    main = shown(as_person(owner), take(owner, phq9(20)))
    drawing = main.select_one(".scale svg")
    assert drawing.select_one(".scale__score").get_text() == "20"
    told = main.find(id=drawing["aria-describedby"])
    place = f"The mark stands at 20, in part 5 of 5: 20 to 27, “{label('severe')}”."
    assert words(told) == f"The scale goes from 0 to 27. {place}"
    assert "A higher number means that things are harder." in words(main)


def test_every_band_is_drawn_alike(as_person, owner):
    client = as_person(owner)
    drawings = [shown(client, take(owner, phq9(score))).select_one(".scale svg") for score in (0, 24)]
    kinds = [sorted(e.get("class", [""])[0] for e in drawing.select("rect, circle, line")) for drawing in drawings]
    assert kinds[0] == kinds[1]


def test_a_scale_on_which_more_is_better_says_so(as_person, owner, instruments):
    result = take(owner, all_answers(instruments["who5"]), key="who5")
    assert "A higher number means that things are better." in words(shown(as_person(owner), result))


def test_it_says_what_it_does_not_mean_before_what_to_do(as_person, owner):
    headings = [words(h) for h in shown(as_person(owner), take(owner, phq9(9))).select("h2")]
    meaning, limits = headings.index("What it means"), headings.index("What it does not mean")
    assert headings[0] == "The result"
    assert meaning < limits < headings.index("What you can do now")


def test_a_hard_result_offers_a_person_first(as_person, owner):
    main = shown(as_person(owner), take(owner, phq9(15)))
    first, second = main.select("section[aria-labelledby=next-title] .actions a")
    assert (first["href"], second["href"]) == ("/en/helpers/mine/", "/en/urgent-help/")
    assert not shown(as_person(owner), take(owner, phq9(3))).select("section[aria-labelledby=next-title] .actions")


@pytest.mark.parametrize(
    ("answers", "offered"),
    [([0, 0, 0, 0], []), ([3, 0, 0, 0], ["gad7"]), ([0, 0, 0, 3], ["phq9"]), ([3, 3, 3, 3], ["phq9", "gad7"])],
)
def test_each_raised_part_offers_the_test_that_tells_more_and_none_twice(as_person, owner, answers, offered):
    result = take(owner, {str(number): value for number, value in enumerate(answers, 1)}, key="phq4")
    links = shown(as_person(owner), result).select("a[href^='/en/tests/'].with-icon")
    assert [key for link in links if (key := link["href"].split("/")[3]) in {"gad7", "phq9"}] == offered


def test_a_hard_answer_offers_a_person_whatever_the_score(as_person, owner):
    result = take(owner, phq9(4, **{"9": 1}))
    ways = shown(as_person(owner), result).select("section[aria-labelledby=next-title] .actions a")
    step = f"/en/tests/result/{result.public_id}/safety/"
    assert [way["href"] for way in ways] == ["/en/helpers/mine/", "/en/urgent-help/", step]


def test_it_says_from_which_day_on_to_take_it_again(as_person, owner):
    assert "From 6 December 2026 on" in words(shown(as_person(owner), take(owner, phq9(9))))


def test_a_question_left_out_is_named_and_leaves_no_score(as_person, owner):
    main = shown(as_person(owner), take(owner, phq9(9, **{"4": None})))
    said = words(main.select_one("section"))
    assert "There is no score this time." in said
    assert "1 question has no answer, so there is no score." in said
    assert [words(li) for li in main.select("section li")] == ["Feeling tired or having little energy"]
    assert not main.select(".scale")


def test_a_left_out_question_that_is_filled_is_named_with_the_score(as_person, owner, instruments):
    scoring = instruments["phq9"].content["scoring"] | {"most_missing": 2}
    result = take(owner, phq9(9, **{"9": None}), version=changed(instruments["phq9"], scoring=scoring))
    said = words(shown(as_person(owner), result))
    assert "10 of 27" in said
    assert "1 question has no answer. For the score it counts as the average of the others." in said


def test_subscales_have_scales_of_their_own(as_person, owner, instruments):
    content = instruments["phq9"].content
    bands = [
        band | {"low": low, "high": high} for band, low, high in zip(content["bands"], (0, 3), (2, 6), strict=False)
    ]
    name = {"kk": "Бөлік", "ru": "Часть", "en": "First two"}
    scoring = content["scoring"] | {"parts": [{"code": "two", "name": name, "items": ["1", "2"], "bands": bands}]}
    main = shown(as_person(owner), take(owner, phq9(4), version=changed(instruments["phq9"], scoring=scoring)))
    assert words(main.select_one("h3")) == "First two"
    assert f"4 of 6 : {label('mild')}" in words(main)
    assert len({svg.title["id"] for svg in main.select(".scale svg")}) == 2


def test_a_profile_has_answers_in_words_and_no_score(as_person, owner, instruments):
    main = shown(as_person(owner), take(owner, key="wgss"))
    assert len(main.select("section:first-of-type dt")) == len(instruments["wgss"].content["items"])
    assert "No, no difficulty" in words(main)
    assert not main.select(".scale, .lead, section[aria-labelledby=answers-title]")
    assert instruments["wgss"].content["limits"]["en"] in words(main)


def test_ones_own_answers_are_behind_one_press(as_person, owner):
    details = shown(as_person(owner), take(owner, phq9(9, difficulty=None))).select_one("details.more")
    assert not details.has_attr("open")
    rows = {words(row.dt): words(row.dd) for row in details.select("dl > div")}
    assert rows["Little interest or pleasure in doing things"] == "Nearly every day"
    assert "no answer" in rows.values()
    assert len(rows) == 10


def test_the_state_of_the_text_is_that_of_the_language_it_was_answered_in(as_person, owner):
    result = take(owner, phq9(9))  # in Kazakh
    about = words(shown(as_person(owner), result, "en").select_one("section[aria-labelledby=about-title]"))
    assert "Working translation, not validated, version 1" in about
    assert "Kroenke K" in about
    assert "Licence" in about


def test_a_later_text_of_the_test_is_told_and_changes_nothing(as_person, owner, instruments):
    result = take(owner, phq9(9))
    assert "earlier text" not in words(shown(as_person(owner), result))
    changed(instruments["phq9"], minutes=4)
    said = words(shown(as_person(owner), result))
    assert "You answered an earlier text of this test (version 1)." in said
    assert "9 of 27" in said


def test_the_result_stays_what_was_told_then(as_person, owner):
    result = take(owner, phq9(9))
    Result.objects.filter(pk=result.pk).update(score=12, band="moderate")
    assert f"12 of 27 : {label('moderate')}" in words(shown(as_person(owner), result))


def test_a_text_with_markup_is_text(as_person, owner, instruments):
    evil = "<script>alert(1)</script>"
    bands = [band | {"label": dict.fromkeys(("kk", "ru", "en"), evil)} for band in instruments["phq9"].content["bands"]]
    result = take(owner, phq9(9), version=changed(instruments["phq9"], bands=bands))
    main = shown(as_person(owner), result)
    assert evil in words(main)
    assert not main.select("script")


def test_behind_the_safety_step_no_page_about_a_result_opens_before_it(as_person, owner):
    result, client = take(owner, phq9(26), passed=False), as_person(owner)
    for end in ("", "emocare-result.pdf", "delete/"):
        answer = client.get(f"/en/tests/result/{result.public_id}/{end}")
        assert answer.headers["Location"] == f"/en/tests/result/{result.public_id}/safety/"


def test_the_test_that_a_band_offers_is_a_link(as_person, owner, instruments):
    result = take(owner, {item["id"]: 0 for item in instruments["who5"].content["items"]}, key="who5")
    links = {a["href"] for a in shown(as_person(owner), result).select("a")}
    assert "/en/tests/phq9/" in links
    User.objects.filter(pk=owner.pk).update(sixteen_from=timezone.localdate().replace(day=1))
    assert "/en/tests/phq9/" not in {a["href"] for a in shown(as_person(owner), result).select("a")}  # from 18 on


# Whose it is


def test_nobody_else_finds_it(as_person, owner, other_user, assigned_volunteer, assigned_psychologist):
    result = take(owner, phq9(9))
    for person in (other_user, assigned_volunteer, assigned_psychologist):
        for end in ("", "emocare-result.pdf", "delete/"):
            assert as_person(person).get(f"/en/tests/result/{result.public_id}/{end}").status_code == 404


def test_it_is_deleted_after_one_question(as_person, owner):
    result, client = take(owner, phq9(9)), as_person(owner)
    address = f"/en/tests/result/{result.public_id}/delete/"
    assert words(page(client.get(address)).h1) == "Delete this result?"
    assert Result.objects.exists()
    assert client.post(address).headers["Location"] == "/en/tests/history/"
    assert not Result.objects.exists()
    assert client.post(address).status_code == 404


def test_a_stranger_deletes_nothing(as_person, owner, other_user):
    result = take(owner, phq9(9))
    assert as_person(other_user).post(f"/en/tests/result/{result.public_id}/delete/").status_code == 404
    assert Result.objects.exists()


def test_a_page_of_a_result_is_kept_by_no_browser(as_person, owner):
    answer = as_person(owner).get(f"/en/tests/result/{take(owner, phq9(9)).public_id}/")
    assert "no-store" in answer["Cache-Control"]


def test_the_number_of_queries_is_small(as_person, owner, instruments):
    client, result = as_person(owner), take(owner, phq9(9))
    changed(instruments["phq9"], minutes=4)
    address = f"/en/tests/result/{result.public_id}/"
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) <= 4  # session, person, result, and whether there is a later text


def test_finishing_is_not_needed_to_see_it_again(as_person, owner, instruments):
    run = services.begin(owner=owner, version=instruments["phq9"])
    assert as_person(owner).get(f"/en/tests/result/{run.public_id}/").status_code == 404


def test_a_self_check_says_that_it_is_no_validated_scale(as_person, owner):
    main = shown(as_person(owner), take(owner, key="carer-load"))
    limits = words(main.select_one("section[aria-labelledby=limits-title]"))
    assert "This is a self-check, not a validated scale and not a diagnosis." in limits


def test_a_test_without_words_on_its_limits_says_that_it_is_no_diagnosis(as_person, owner, instruments):
    without = changed(instruments["phq9"], limits=dict.fromkeys(("kk", "ru", "en"), ""))
    main = shown(as_person(owner), take(owner, phq9(9), version=without))
    assert "This is a first look, not a diagnosis." in words(main)
