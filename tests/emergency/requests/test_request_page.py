"""The page of a request: what happened, in plain words; who sees what; and who sees the page."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from emergency import thread
from emergency.choices import Called, Happened, Rung
from emergency.models import HelpRequest
from emergency.requests import services
from tests.support.html import loose_ends, page, text_of
from tests.support.urgent import open_for, take_by

pytestmark = pytest.mark.django_db


def place(request: HelpRequest) -> str:
    return f"/en/urgent-help/request/{request.public_id}/"


@pytest.fixture
def browser(as_person, owner):
    return as_person(owner)


@pytest.fixture
def psychologist(unrelated_psychologist):
    return unrelated_psychologist


def standing(browser, request) -> str:
    return text_of(page(browser.get(place(request))).select_one("#standing"))


def test_the_first_screen_leads_back_to_it_while_it_goes_on(as_person, owner):
    client, request = as_person(owner), open_for(owner)
    place = f"/en/urgent-help/request/{request.public_id}/"
    assert place in client.get("/en/dashboard/").content.decode()
    services.end(request=request)
    assert place not in client.get("/en/dashboard/").content.decode()


def test_where_nobody_can_answer_it_says_so_at_once_with_112_and_111(browser, owner):
    request = open_for(owner)
    request.steps.filter(what=Happened.ALARMED).delete()
    shown = page(browser.get(place(request))).select_one("#standing")
    assert "Nobody here can answer just now" in text_of(shown)
    assert [link["href"] for link in shown.select("a")] == ["tel:112", "tel:111"]


def test_the_timeline_tells_the_steps_on_the_persons_clock(browser, owner, psychologist):
    owner.time_zone = "UTC"
    owner.save()
    with time_machine.travel(datetime(2026, 11, 23, 21, 4, tzinfo=UTC), tick=False) as clock:
        request = open_for(owner)
        request.steps.exclude(what=Happened.OPENED).delete()
        services.note(request, Happened.ALARMED, rung=Rung.DUTY, people=3)
        HelpRequest.objects.filter(pk=request.pk).update(rung=Rung.DUTY)
        assert "3 people were called for you" in standing(browser, request)
        clock.shift(timedelta(minutes=1))
        take_by(request, psychologist)
        clock.shift(timedelta(hours=4))
        services.note(request, Happened.RAISED)
        shown = page(browser.get(place(request)))
    assert [text_of(line) for line in shown.select("#steps li")] == [
        "21:04 You asked for help.",
        "21:04 3 psychologists on duty were called.",
        "21:05 Unrelated-Psychologist has taken it.",
        "24 November 2026, 01:05 Your request is marked as more urgent, because of what you wrote.",
    ]
    assert "Somebody is here for you now: Unrelated-Psychologist" in text_of(shown.select_one("#standing"))
    assert shown.select_one("#write")


@pytest.mark.parametrize(("told", "seen"), [(True, True), (False, False)])
def test_that_an_ambulance_was_called_stands_there_when_the_person_was_told(browser, owner, psychologist, told, seen):
    request = open_for(owner)
    take_by(request, psychologist)
    given = {"called": Called.AMBULANCE, "told_of_call": told}
    if any(field.name == "called_at" for field in HelpRequest._meta.get_fields()):
        given["called_at"] = request.opened_at
    HelpRequest.objects.filter(pk=request.pk).update(**given)
    services.note(request, Happened.CALLED, actor=psychologist)
    assert ("An ambulance was called" in text_of(page(browser.get(place(request))).main)) == seen
    services.end(request=request)  # whatever could not be told at once is told now
    assert "An ambulance was called" in text_of(page(browser.get(place(request))).main)


def test_each_step_that_can_happen_has_words_or_a_reason(browser, owner, psychologist):
    request = open_for(owner)
    request.steps.all().delete()
    for what in Happened:
        services.note(request, what, actor=psychologist, rung=Rung.ALL, people=1)
    lines = page(browser.get(place(request))).select("#steps li")
    assert len(lines) == len(Happened) - 1  # nobody was called to them


def test_the_number_of_queries_does_not_grow(browser, owner, psychologist):
    request = open_for(owner)
    take_by(request, psychologist)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(place(request)).status_code == 200
        return len(queries)

    asked()
    few = asked()
    for number in range(12):
        by_person = bool(number % 2)
        author = owner if by_person else psychologist
        thread.say(thread=request, author=author, by_person=by_person, text=f"w{number}", key=uuid.uuid4())
        services.note(request, Happened.SECOND, actor=psychologist)
    assert asked() == few


@pytest.mark.parametrize("name", [None, "other_user", "unrelated_psychologist", "admin", "curator"])
def test_to_everybody_else_it_does_not_exist(as_person, request, owner, name):
    made = open_for(owner)
    browser = as_person(request.getfixturevalue(name) if name else None)
    for what in ("", "end/"):
        assert browser.get(place(made) + what).status_code == 404
    for what in ("", "add/", "undo/", "end/", "place/", "code/"):
        assert browser.post(place(made) + what).status_code == 404


def test_its_ids_lead_somewhere_in_every_state(browser, owner, psychologist):
    request = open_for(owner, words="x", place="y", place_agreed_to="z")
    assert loose_ends(browser.get(place(request))) == []
    take_by(request, psychologist)
    thread.say(thread=request, author=psychologist, by_person=False, text="Salem", key=uuid.uuid4())
    assert loose_ends(browser.get(place(request))) == []
    assert loose_ends(browser.get("/en/urgent-help/come-back/")) == []
