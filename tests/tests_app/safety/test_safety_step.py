"""The safety step after a critical answer: calm, open, never in the way, and nobody hears of it unasked."""

from datetime import UTC, datetime

import pytest
import time_machine

from accounts.choices import Role
from accounts.models import JournalEntry
from emergency.choices import Level, State
from emergency.models import FollowUp
from tests.support.cast import make_person
from tests.support.html import loose_ends, page, said, text_of
from tests.support.results import phq9, take
from tests_app.models import Result, Version

pytestmark = pytest.mark.django_db


@pytest.fixture
def critical(owner) -> Result:
    """A result whose ninth answer is not nought; its step was not passed."""
    return take(owner, phq9(4, **{"9": 1}), passed=False)


@pytest.fixture
def psychologist(db):
    return make_person("psychologist", role=Role.PSYCHOLOGIST)


def step_of(result: Result) -> str:
    return f"/en/tests/result/{result.public_id}/safety/"


def test_the_result_waits_behind_the_step_and_comes_after_one_press(as_person, owner, critical):
    client, result = as_person(owner), f"/en/tests/result/{critical.public_id}/"
    assert client.get(result).headers["Location"] == step_of(critical)
    assert client.post(step_of(critical), {"do": "go-on"}).headers["Location"] == result
    assert client.get(result).status_code == 200


def test_going_on_twice_is_going_on_once(as_person, owner, critical):
    client = as_person(owner)
    client.post(step_of(critical), {"do": "go-on"})
    first = Result.objects.get().safety_passed_at
    client.post(step_of(critical), {"do": "go-on"})
    assert Result.objects.get().safety_passed_at == first


def test_somebody_can_come_back_to_the_step_later(as_person, owner, critical):
    client = as_person(owner)
    client.post(step_of(critical), {"do": "go-on"})
    assert client.get(step_of(critical)).status_code == 200


def test_the_step_thanks_asks_openly_and_shows_the_way_on(as_person, owner, critical):
    response = as_person(owner).get(step_of(critical))
    soup = page(response)
    assert "Thank you for telling" in text_of(soup.main)
    assert text_of(soup.select_one("main legend")).startswith("Are you having thoughts of killing yourself right now")
    assert len(soup.select("main fieldset")) == 5
    assert soup.select_one("main [value=go-on]")
    assert soup.h1.has_attr("autofocus")
    assert loose_ends(response) == []


@time_machine.travel(datetime(2026, 11, 23, 7, tzinfo=UTC), tick=False)  # lines that nobody checks for long go
def test_it_names_nothing_that_can_hurt_and_people_to_talk_to_come_first(as_person, owner, critical):
    soup = page(as_person(owner).post(step_of(critical), {"do": "look", "q5": "1"}))
    assert "overdose" not in text_of(soup.main)
    assert [link["href"] for link in soup.select(".lines a")] == ["tel:150", "tel:111", "tel:102"]


def test_every_question_can_be_left_out(as_person, owner, critical):
    soup = page(as_person(owner).post(step_of(critical), {"do": "look"}))
    assert "Thank you for answering" in text_of(soup.select_one("main [autofocus]"))


def test_the_ways_to_a_person_stand_before_the_questions(as_person, owner, critical):
    soup = page(as_person(owner).get(step_of(critical)))
    before = soup.select_one("main fieldset").find_all_previous("a", href=True)
    assert {"#lines", "#ask", "/en/tests/safety-plan/"} <= {link["href"] for link in before}


@pytest.mark.parametrize("do", ["look", "ask"])
def test_danger_right_now_comes_first_with_numbers_to_press(as_person, owner, critical, psychologist, do):
    client = as_person(owner)
    response = client.post(step_of(critical), {"do": do, "q5": "1"}, follow=True)
    heading = page(response).select_one("main h2")
    assert heading.has_attr("autofocus")
    numbers = [link["href"] for link in heading.find_parent("section").select("a")]
    assert numbers == ["tel:112", "tel:103"]


def test_an_answer_of_another_question_is_an_error_and_blocks_nothing(as_person, owner, critical):
    client = as_person(owner)
    response = client.post(step_of(critical), {"do": "look", "q1": "7", "q5": "1"})
    assert "Please choose one of the answers" in text_of(page(response).main)
    assert page(response).select_one("main [value=go-on]")
    assert client.post(step_of(critical), {"do": "go-on", "q1": "\0"}).status_code == 302


def test_answers_are_stored_nowhere(as_person, owner, critical, psychologist):
    client = as_person(owner)
    client.post(step_of(critical), {"do": "look", "q4": "1", "q5": "1"})
    assert FollowUp.objects.get().level == Level.HIGH
    assert Result.objects.get().answers == critical.answers


def test_nobody_hears_of_it_unless_the_person_asks(as_person, owner, critical, psychologist, admin):
    client = as_person(psychologist)
    found = FollowUp.objects.get(user=owner)
    assert not found.to_helpers
    assert "Owner" not in client.get("/en/follow-ups/").content.decode()
    assert client.get(f"/en/follow-ups/{found.public_id}/").status_code == 404
    assert client.post(f"/en/follow-ups/{found.public_id}/take/").status_code == 404
    assert "Owner" not in text_of(page(as_person(admin).get("/admin/emergency/followup/")).find(id="changelist"))
    assert not JournalEntry.objects.filter(kind__startswith="follow-up").exists()


def test_one_press_asks_for_a_psychologist_and_says_so(as_person, owner, critical, psychologist):
    client = as_person(owner)
    before = text_of(page(client.get(step_of(critical))).main)
    assert "The psychologists on duty see it" in before
    assert "at night perhaps nobody reads it" in before
    response = client.post(step_of(critical), {"do": "ask", "q3": "1"}, follow=True)
    assert said(response)[0].startswith("success: You asked for a psychologist")
    found = FollowUp.objects.get()
    assert (found.to_helpers, found.state, found.level) == (True, State.OPEN, Level.HIGH)
    client.post(step_of(critical), {"do": "ask"})
    assert FollowUp.objects.count() == 1


def test_what_was_asked_can_be_made_more_urgent_and_is_not_without_asking(as_person, owner, critical, psychologist):
    client = as_person(owner)
    client.post(step_of(critical), {"do": "ask"})
    assert not page(client.get(step_of(critical))).select_one("main [value=ask]")
    shown = page(client.post(step_of(critical), {"do": "look", "q5": "1"}))
    assert FollowUp.objects.get().level == Level.HIGH
    assert shown.select_one("main [value=ask]")
    client.post(step_of(critical), {"do": "ask", "q5": "1"})
    assert FollowUp.objects.get().level == Level.IMMINENT


def test_the_own_psychologist_is_named_before(as_person, owner, critical, assigned_psychologist):
    words = text_of(page(as_person(owner).get(step_of(critical))).main)
    assert "Your psychologist sees it: Assigned-Psychologist" in words


def test_nobody_is_promised_where_there_is_nobody(as_person, owner, critical):
    client = as_person(owner)
    response = client.post(step_of(critical), {"do": "ask"})
    assert "There is no psychologist here just now" in text_of(page(response).main)
    assert not FollowUp.objects.get().to_helpers


def test_a_child_reads_of_111_and_of_an_adult_first(as_person, owner, critical):
    owner.sixteen_from = datetime.now(UTC).date().replace(day=1)
    owner.save(update_fields=["sixteen_from"])
    soup = page(as_person(owner).get(step_of(critical)))
    assert soup.select_one("main a[href^='tel:']")["href"] == "tel:111"
    assert "an adult whom you trust" in text_of(soup.main)


def test_without_the_questions_the_step_stands(as_person, owner, critical):
    Version.objects.filter(instrument__key="asq").update(state="retired")
    response = as_person(owner).get(step_of(critical))
    assert not page(response).select("main fieldset")
    assert page(response).select_one("main [value=go-on]")


def test_a_result_without_critical_answers_and_a_strangers_have_no_step(as_person, owner, other_user, critical):
    harmless = take(owner, phq9(20))
    assert as_person(owner).get(step_of(harmless)).status_code == 404
    for method in ("get", "post"):
        assert getattr(as_person(other_user), method)(step_of(critical)).status_code == 404


def test_the_dashboard_asks_the_next_day_and_only_then(as_person, owner):
    client = as_person(owner)
    with time_machine.travel(datetime(2026, 11, 22, 15, tzinfo=UTC), tick=False):  # evening in Almaty
        take(owner, phq9(4, **{"9": 1}))
    asked = []
    for hour in (16, 22, 24):  # the same evening, three at night, in the morning
        with time_machine.travel(datetime(2026, 11, 22 + hour // 24, hour % 24, tzinfo=UTC), tick=False):
            client.force_login(owner, backend="notifications.backends.AuthenticationBackend")
            asked.append("How are you today?" in text_of(page(client.get("/en/dashboard/")).main))
    assert asked == [False, False, True]


def test_the_person_says_that_it_is_better_and_is_asked_no_more(as_person, owner, critical):
    FollowUp.objects.update(due_at=datetime(2026, 1, 1, tzinfo=UTC))
    client = as_person(owner)
    form = page(client.get("/en/dashboard/")).select_one("main form[action*=follow-ups]")
    assert said(client.post(form["action"], follow=True))[0].startswith("success: Thank you")
    assert "How are you today?" not in text_of(page(client.get("/en/dashboard/")).main)
    assert FollowUp.objects.get().state == State.CLOSED
