"""Changing, deleting and answering a message without JavaScript."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone, translation

from accounts.helping.choices import EndReason
from accounts.helping.services import end
from accounts.models import Assignment
from chat.changing import services
from chat.changing.access import may_edit
from chat.choices import Reacted
from chat.models import Message
from tests.support.html import errors, page, said, text_of, typed
from tests.support.talking import WORDS, message, place, seats_of, written

pytestmark = pytest.mark.django_db
OTHER = "Бүгін жақсы <b>ұйықтадым</b>"


@pytest.fixture
def seats(owner, assigned_volunteer):
    return seats_of(owner, assigned_volunteer)


@pytest.fixture
def browser(as_person, owner) -> Client:
    return as_person(owner)


def test_an_edit_by_a_form_keeps_what_was_typed_until_it_can_be_saved(browser, seats):
    owner, _helper = seats
    number = written(owner)
    edit = place(owner, number, "edit")
    assert typed(browser.get(edit), "words") == WORDS
    assert errors(browser.post(edit, {"words": " "}), "words")
    long = "ұ" * 4001
    response = browser.post(edit, {"words": long})
    assert errors(response, "words")
    assert typed(response, "words") == long
    assert browser.post(edit, {"words": OTHER}).url == f"{place(owner)}?around={number}#m-{number}"
    assert message(owner, number).text == OTHER
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert browser.get(edit).status_code == 302
        assert [line[:5] for line in said(browser.get(place(owner, "wishes")))][-1:] == ["info:"]
        late = browser.post(edit, {"words": WORDS})
    assert errors(late, "words")
    assert typed(late, "words") == WORDS
    assert message(owner, number).text == OTHER


def test_words_of_danger_in_an_edit_offer_help_on_the_next_page(browser, seats):
    owner, _helper = seats
    number = written(owner)
    browser.post(place(owner, number, "edit"), {"words": "Мен өлгім келеді, енді шыдай алмаймын."})
    assert page(browser.get(place(owner, "wishes"))).select("#heeded")


def test_a_deletion_asks_once_with_the_words_and_does_it(browser, seats):
    owner, _helper = seats
    number = written(owner, OTHER)
    delete = place(owner, number, "delete")
    assert OTHER in text_of(page(browser.get(delete)).main)
    assert message(owner, number).deleted_at is None
    for _time in range(2):
        assert browser.post(delete).url == f"{place(owner)}?around={number}#m-{number}"
    assert message(owner, number).deleted_at
    assert browser.get(delete).status_code == browser.get(place(owner, number, "edit")).status_code == 302


def test_a_reaction_is_given_and_taken_back_by_a_button(browser, seats):
    owner, helper = seats
    number = written(helper)
    for what, counted in (("thanks", 1), ("thanks", 1), ("", 0), ("nonsense", 0)):
        assert browser.post(place(owner, number, "react"), {"what": what}).status_code == 302
        assert message(owner, number).reactions.count() == counted


def test_whoever_is_not_in_it_or_did_not_write_it_finds_nothing(
    as_person, seats, other_user, unrelated_volunteer, unrelated_psychologist, curator, assigned_volunteer
):
    owner, _helper = seats
    number = written(owner)
    pages = [place(owner, number, "edit"), place(owner, number, "delete")]
    presses = [*pages, place(owner, number, "react"), place(owner, "wishes")]
    for person in (other_user, unrelated_volunteer, unrelated_psychologist, curator):
        stranger = as_person(person)
        assert {stranger.get(path).status_code for path in pages} == {404}
        assert {stranger.post(path, {"words": "x"}).status_code for path in presses} == {404}
    helpers = as_person(assigned_volunteer)
    assert {getattr(helpers, how)(path).status_code for path in pages for how in ("get", "post")} == {404}
    assert helpers.post(place(owner, 7, "react"), {"what": "thanks"}).status_code == 404
    assert message(owner, number).text == WORDS


def test_after_the_end_the_person_deletes_and_the_helper_finds_nothing(as_person, browser, seats, assigned_volunteer):
    owner, helper = seats
    own, theirs = written(owner), written(helper)
    end(assignment=Assignment.objects.get(user=owner.person), actor=owner.person, reason=EndReason.USER)
    assert errors(browser.post(place(owner, own, "edit"), {"words": OTHER}), "words")
    assert browser.post(place(owner, own, "delete")).status_code == 302
    helpers = as_person(assigned_volunteer)
    assert helpers.post(place(owner, theirs, "delete")).status_code == 404
    assert [bool(row.deleted_at) for row in Message.objects.order_by("number")] == [True, False]


def actions(seat, number: int) -> list[str]:
    """Return the names of what one can do with a message."""
    found = message(seat, number)
    known = {"message": found, "seat": seat, "can_edit": may_edit(seat, found), "reactions": Reacted.choices}
    with translation.override("en"):
        soup = BeautifulSoup(render_to_string("chat/_actions.html", known), "html.parser")
    pressed = {"true": " (pressed)", "false": "", None: ""}
    found = soup.select("summary, a, button")
    return [text_of(one).replace(" :", pressed[one.get("aria-pressed")] + ":") for one in found]


def test_each_action_says_which_message_it_is_about(seats):
    owner, helper = seats
    with time_machine.travel("2026-11-23 14:05 +0500", tick=False) as clock:
        number = written(owner)
        which = "message, 23 November 2026, 14:05"
        assert actions(owner, number) == [f"{name}: your {which}" for name in ("Actions", "Edit", "Delete")]
        to_you = "the message to you, 23 November 2026, 14:05"
        assert actions(helper, number) == [f"{name}: {to_you}" for name in ("Actions", "Support", "Thanks")]
        services.react(helper, number, "thanks")
        names = ("Actions", "Support", "Thanks (pressed)")
        assert actions(helper, number) == [f"{name}: {to_you}" for name in names]
        clock.shift(timedelta(minutes=6))
        assert actions(owner, number) == [f"{name}: your {which}" for name in ("Actions", "Delete")]
        services.delete(owner, number)
        assert actions(owner, number) == actions(helper, number) == []
