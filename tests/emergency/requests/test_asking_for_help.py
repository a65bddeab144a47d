"""Asking for help: one press is enough, nothing stands in its way, and pressing twice is one request."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from accounts.choices import EventKind
from accounts.models import JournalEntry
from emergency.choices import Happened, Level, Outcome, State
from emergency.models import FollowUp, HelpRequest, Message
from tests.support.cast import make_person, verify
from tests.support.html import errors, page, said, text_of, typed
from tests.support.urgent import open_for, take_by

pytestmark = pytest.mark.django_db
ASK = "/en/urgent-help/ask/"
GRAVE = {
    "kk": "Бүгін түнде өзімді өлтіремін, қош болыңдар",
    "ru": "Сегодня ночью я покончу с собой. Прощайте.",
    "en": "I will kill myself tonight, goodbye everyone",
}


def place(request: HelpRequest, what: str = "") -> str:
    return f"/en/urgent-help/request/{request.public_id}/{what}"


@pytest.fixture
def browser(as_person, owner):
    return as_person(owner)


@pytest.fixture
def psychologist(unrelated_psychologist):
    return unrelated_psychologist


def kinds(person) -> list[str]:
    return list(JournalEntry.objects.filter(subject=person.journal_key).order_by("pk").values_list("kind", flat=True))


def test_the_help_page_leads_to_one_large_button_that_needs_nothing(browser, owner):
    assert page(browser.get("/en/urgent-help/")).select_one(f"main a[href='{ASK}']")
    form = page(browser.get(ASK)).select_one("main form")
    assert form.select(".alone button")
    assert not form.select("[required]")
    made = browser.post(ASK)
    request = HelpRequest.objects.get()
    assert made.url == place(request)
    assert (request.user, request.level, request.words, request.place, request.language) == (owner, 2, "", "", "en")
    assert kinds(owner)[-1] == EventKind.HELP_ASKED


def test_all_that_is_said_first_is_kept_encrypted_with_the_words_that_were_agreed_to(browser):
    sent = {"words": "Маған қиын", "place": "Абай 1", "place_agreed": "on", "talk": "video", "interpreter": "on"}
    browser.post(ASK, sent | {"language": "kk"})
    request = HelpRequest.objects.get()
    assert (request.words, request.place, request.talk) == ("Маған қиын", "Абай 1", "video")
    assert (request.interpreter, request.language) == (True, "kk")
    assert request.place_agreed_to.startswith("I agree that the one who takes my request sees this place.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT words, place FROM emergency_helprequest")
        assert not any("Абай".encode() in cell or "қиын".encode() in cell for cell in map(bytes, cursor.fetchone()))


def test_a_place_without_a_tick_is_not_sent_and_does_not_stop_the_press(browser):
    answer = browser.post(ASK, {"place": "Абай 1"}, follow=True)
    assert HelpRequest.objects.get().place == ""
    assert said(answer)[0].startswith("info: Your place was not sent")
    assert page(answer).select_one("#add-form")


@pytest.mark.parametrize("language", GRAVE)
def test_words_of_danger_make_it_more_urgent(browser, language):
    browser.post(f"/{language}/urgent-help/ask/", {"words": GRAVE[language]})
    assert HelpRequest.objects.get().level == Level.IMMINENT


def test_when_the_check_fails_help_is_asked_for_all_the_same(browser, monkeypatch):
    def broken(text, **hints):
        raise ValueError(text)

    monkeypatch.setattr("emergency.heeding.assess", broken)
    assert browser.post(ASK, {"words": "қиын"}).status_code == 302
    assert HelpRequest.objects.get().level == Level.HIGH


def test_a_double_press_is_one_request_and_the_words_of_a_second_tab_are_added(browser):
    key = uuid.uuid4()
    first, second = (browser.post(ASK, {"form_key": key, "words": "one"}).url for _press in range(2))
    assert first == second
    assert browser.post(ASK, {"form_key": uuid.uuid4(), "words": "two"}).url == first
    assert browser.get(ASK).url == first
    assert HelpRequest.objects.get().words == "one\n\ntwo"


def test_an_old_form_sent_again_after_the_end_is_a_new_call_for_help(browser, owner):
    key = uuid.uuid4()
    first = browser.post(ASK, {"form_key": key}).url
    browser.post(f"{first}end/")
    assert browser.post(ASK, {"form_key": key}).url != first
    assert HelpRequest.objects.filter(user=owner, state=State.OPEN).count() == 1


def test_a_form_of_somebody_else_never_leads_to_their_request(browser, as_person, other_user):
    key = uuid.uuid4()
    browser.post(ASK, {"form_key": key})
    theirs = as_person(other_user).post(ASK, {"form_key": key}).url
    assert HelpRequest.objects.get(user=other_user).form_key != key
    assert as_person(other_user).get(theirs).status_code == 200


def test_a_million_letters_are_an_error_that_keeps_them_and_unreadable_ones_are_left_out(browser):
    words = "x" * 1_000_000
    answer = browser.post(ASK, {"words": words})
    assert "2000" in errors(answer, "words").replace(",", "").replace(" ", "")
    assert typed(answer, "words") == words
    assert page(answer).select_one("details#more").has_attr("open")
    assert not HelpRequest.objects.exists()
    browser.post(ASK, {"words": "a\0b\x0b\ufffdc", "place": "\0"})
    assert HelpRequest.objects.get().words == "abc"


def test_whoever_waits_for_a_consent_may_ask(as_person):
    child = make_person("bala", sixteen_from=timezone.localdate().replace(day=1, year=timezone.localdate().year + 2))
    browser = as_person(child)
    assert browser.get("/en/mood/").status_code == 302
    shown = browser.post(ASK, follow=True)
    assert shown.status_code == 200
    assert HelpRequest.objects.get().user == child
    assert EventKind.HELP_ASKED in kinds(child)


def test_who_owes_a_second_factor_asks_without_their_name(as_person, unrelated_psychologist):
    browser = as_person(unrelated_psychologist, verified=False)
    shown = browser.post(ASK, follow=True)
    assert shown.status_code == 200
    request = HelpRequest.objects.get()
    assert request.user is None
    verify(browser, unrelated_psychologist)
    assert browser.get(place(request)).status_code == 200  # it stays theirs when the factor comes


# Taking it back, and ending it


def test_within_ten_seconds_it_is_taken_back_with_all_its_words(browser, owner):
    with time_machine.travel(datetime(2026, 11, 23, 4, tzinfo=UTC), tick=False) as clock:
        browser.post(ASK, {"words": "secret", "place": "x", "place_agreed": "on"})
        request = HelpRequest.objects.get()
        assert page(browser.get(place(request))).select_one("#undo button")
        clock.shift(timedelta(seconds=10))
        shown = browser.post(place(request, "undo/"), follow=True)
    request = HelpRequest.objects.get()
    assert (request.outcome, request.words, request.place) == (Outcome.UNDONE, "", "")
    assert "Nobody is called any more" in text_of(page(shown).select_one("#standing"))
    assert kinds(owner)[-2:] == [EventKind.HELP_ASKED, EventKind.HELP_ENDED]
    assert not FollowUp.objects.exists()


def test_later_it_says_kindly_that_it_is_too_late_and_how_to_end_it(browser):
    with time_machine.travel(datetime(2026, 11, 23, 4, tzinfo=UTC), tick=False) as clock:
        browser.post(ASK)
        request = HelpRequest.objects.get()
        clock.shift(timedelta(seconds=11))
        assert not page(browser.get(place(request))).select_one("#undo")
        answer = browser.post(place(request, "undo/"), follow=True)
    assert said(answer)[0].startswith("info: Ten seconds are over")
    assert page(answer).select_one(f"a[href='{place(request, 'end/')}']")
    assert HelpRequest.objects.get().state == State.OPEN


def test_it_is_ended_after_one_question_and_nobody_needs_to_follow_up(browser, owner):
    request = open_for(owner)
    assert page(browser.get(place(request, "end/"))).select_one("main form button")
    browser.post(place(request, "end/"))
    browser.post(place(request, "end/"))
    request.refresh_from_db()
    assert (request.state, request.outcome) == (State.CLOSED, Outcome.BY_PERSON)
    assert list(request.steps.values_list("what", flat=True)).count(Happened.ENDED) == 1
    assert not FollowUp.objects.exists()


def test_ended_after_it_was_taken_it_leaves_a_follow_up_at_noon_of_the_next_day(browser, owner, psychologist):
    with time_machine.travel(datetime(2026, 11, 23, 15, tzinfo=UTC), tick=False):
        request = open_for(owner, Level.IMMINENT)
        take_by(request, psychologist)
        browser.post(place(request, "end/"))
    left = FollowUp.objects.get()
    assert (left.user, left.request, left.taken_by, left.level) == (owner, request, psychologist, Level.IMMINENT)
    assert left.due_at == left.climbs_at == datetime(2026, 11, 24, 7, tzinfo=UTC)
    assert not request.claims.filter(ended_at=None).exists()


# Adding to it


def test_words_and_a_place_are_added_and_the_place_is_taken_back(browser, owner):
    request = open_for(owner, words="one")
    sent = {"add-words": "two", "add-place": "Абай 1", "add-place_agreed": "on"}
    for _press in range(2):
        browser.post(place(request, "add/"), sent)
    request.refresh_from_db()
    assert (request.words, request.place) == ("one\n\ntwo", "Абай 1")
    shown = text_of(page(browser.get(place(request))).select_one("#said"))
    assert "Абай 1" in shown
    assert "one two" in shown
    browser.post(place(request, "place/"))
    request.refresh_from_db()
    assert (request.place, request.place_agreed_to) == ("", "")


def test_graver_words_that_are_added_raise_it_and_its_person_sees_that(browser, owner):
    request = open_for(owner)
    browser.post(place(request, "add/"), {"add-words": GRAVE["en"]})
    request.refresh_from_db()
    assert request.level == Level.IMMINENT
    assert "more urgent" in text_of(page(browser.get(place(request))).select_one("#steps"))


def test_what_is_wrong_in_an_addition_stands_beside_it_and_keeps_the_words(browser, owner):
    request = open_for(owner)
    answer = browser.post(place(request, "add/"), {"add-words": "two", "add-place": "Абай 1"})
    assert "tick this" in errors(answer, "add-place_agreed")
    assert (typed(answer, "add-words"), typed(answer, "add-place")) == ("two", "Абай 1")
    assert "a few words" in errors(browser.post(place(request, "add/")), "add-words")
    request.refresh_from_db()
    assert request.words == ""


def test_words_added_after_the_end_are_kept_in_the_form_and_after_it_was_taken_they_are_read(
    browser, owner, psychologist
):
    ended = open_for(owner)
    browser.post(place(ended, "end/"))
    late = browser.post(place(ended, "add/"), {"add-words": "late"})
    assert "closed already" in errors(late, "add-words")
    assert typed(late, "add-words") == "late"
    taken = open_for(owner)
    take_by(taken, psychologist)
    browser.post(place(taken, "add/"), {"add-words": "just now"})
    assert Message.objects.get().text == "just now"
