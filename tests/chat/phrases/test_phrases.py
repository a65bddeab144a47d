"""Ready phrases: which each side has, how one comes into the field, and one's own."""

import pytest
from django.utils.translation import override

from accounts.helping import services as helping
from accounts.helping.choices import EndReason
from accounts.models import Assignment
from chat.models import Message, OwnPhrase
from chat.phrases.access import topics_for
from chat.phrases.services import MOST
from chat.phrases.shipped import FOR_HELPERS, FOR_PERSONS
from emergency.risk import assess
from emergency.risk.levels import Level
from tests.emergency.heeding.test_heeding_places import FINE, HARD
from tests.support.html import errors, page, said, summary, text_of, typed
from tests.support.talking import place

pytestmark = pytest.mark.django_db
OWN = "Дәріден кейін көзім бұлдырайды"
MINE = "/kk/chat/phrases/"


def field(answer) -> str:
    return page(answer).select_one("#send textarea").get_text().removeprefix("\n")


def keys_of(topics) -> list[str]:
    return [key for topic in topics for key in topic.phrases]


@pytest.mark.parametrize(("topics", "least"), [(FOR_PERSONS, 30), (FOR_HELPERS, 15)])
def test_there_are_enough_and_no_key_and_no_words_twice(topics, least):
    keys = keys_of(topics)
    assert len(keys) == len(set(keys)) >= least
    for language in ("kk", "ru", "en"):
        with override(language):
            words = [str(words) for topic in topics for words in topic.phrases.values()]
        assert len(set(words)) == len(words)
        assert max(map(len, words)) < 120


def test_each_side_has_its_phrases_and_one_query_fetches_its_own(seats, django_assert_num_queries):
    OwnPhrase.objects.create(owner=seats[1].person, text=OWN)
    with django_assert_num_queries(1):
        helper = topics_for(seats[1])
    person = topics_for(seats[0])
    assert keys_of(person) == keys_of(FOR_PERSONS)
    assert keys_of(helper)[1:] == keys_of(FOR_HELPERS)
    assert list(helper[0].phrases.values()) == [OWN]


def test_a_press_brings_the_phrase_behind_what_was_typed_and_sends_nothing(as_person, seats):
    owner, _helper = seats
    browser = as_person(owner.person)
    shown = browser.get(place(owner))
    button = page(shown).select_one("#send button[name=phrase][value=lonely]")
    assert button["formaction"] == f"{place(owner, 'phrase')}#id_text"
    sent = {"text": "Қазір", "form_key": typed(shown, "form_key"), "phrase": button["value"]}
    answer = browser.post(button["formaction"], sent)
    assert field(answer) == f"Қазір {text_of(button)}"
    assert typed(answer, "form_key") == typed(shown, "form_key")
    assert page(answer).select_one(".error-summary") is None
    assert not Message.objects.exists()
    assert page(answer).select("#send button")[0].get("name") is None  # what Enter presses


def test_ones_own_phrase_goes_by_its_id_and_nobody_elses_comes(as_person, seats):
    owner = seats[0]
    mine, theirs = (OwnPhrase.objects.create(owner=seat.person, text=OWN) for seat in seats)
    browser = as_person(owner.person)
    assert text_of(page(browser.get(place(owner))).select_one("#send details button")) == OWN
    use = place(owner, "phrase")
    assert field(browser.post(use, {"phrase": mine.public_id.hex})) == OWN
    for key in (theirs.public_id.hex, "here", "no such", "", "\x00"):
        assert field(browser.post(use, {"text": "a", "phrase": key})) == "a"


def test_after_the_end_what_was_typed_stays_to_be_read(as_person, seats):
    owner, _helper = seats
    helping.end(assignment=Assignment.objects.get(user=owner.person), actor=owner.person, reason=EndReason.USER)
    answer = as_person(owner.person).post(place(owner, "phrase"), {"text": OWN, "phrase": "yes"})
    assert errors(answer, "text")
    assert field(answer).startswith(OWN)


def test_a_phrase_is_kept_encrypted_once_and_removed_after_a_question(as_person, seats):
    browser = as_person(seats[0].person)
    for text in (OWN, OWN.upper(), f" {OWN} "):
        assert browser.post(MINE, {"text": text}).url == MINE
    phrase = OwnPhrase.objects.get()
    assert (phrase.text, phrase.owner) == (OWN, seats[0].person)
    shown = browser.get(MINE)
    assert {line.partition(":")[0] for line in said(shown)} == {"success"}
    delete = page(shown).select_one(".entry a")["href"]
    assert OWN in text_of(page(browser.get(delete)).select_one("main"))
    assert OwnPhrase.objects.exists()
    assert browser.post(delete).url == MINE
    assert not OwnPhrase.objects.exists()


@pytest.mark.parametrize("text", ["", " \n ", "а" * 301, "a\x07"])
def test_what_is_no_phrase_is_said_beside_the_field(as_person, owner, text):
    answer = as_person(owner).post(MINE, {"text": text})
    assert errors(answer, "text") in summary(answer)[0]
    assert not OwnPhrase.objects.exists()


def test_where_there_is_no_room_nothing_is_lost(as_person, owner):
    for number in range(MOST):
        OwnPhrase.objects.create(owner=owner, text=f"{number}")
    browser = as_person(owner)
    assert page(browser.get(MINE)).select_one("main form input[name=text]") is None
    answer = browser.post(MINE, {"text": OWN})
    assert (str(MOST) in errors(answer, "text"), page(answer).select_one("#id_text")["value"]) == (True, OWN)
    assert OwnPhrase.objects.count() == MOST


def test_the_page_leads_back_to_the_conversation_it_was_opened_from(as_person, seats, other_user):
    here = f"{MINE}?chat={seats[0].conversation.public_id}"
    browser = as_person(seats[0].person)
    assert browser.post(here, {"text": OWN}).url == here
    assert page(browser.get(here)).select(".go a")[-1]["href"] == f"{place(seats[0])}#send"
    assert page(as_person(other_user).get(here)).select(".go a")[-1]["href"] == "/kk/chat/"
    assert page(browser.get(f"{MINE}?chat=x")).select(".go a")[-1]["href"] == "/kk/chat/"


@pytest.mark.parametrize(("words", "is_offered"), [(HARD["kk"], True), (FINE["kk"], False)])
def test_words_of_danger_in_a_phrase_of_ones_own_bring_help(as_person, owner, words, is_offered):
    shown = as_person(owner).post(MINE, {"text": words}, follow=True)
    assert bool(page(shown).select_one("#heeded")) == is_offered
    assert OwnPhrase.objects.get().text == words


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_no_shipped_phrase_sounds_an_alarm(language):
    with override(language):
        words = [str(words) for topic in FOR_PERSONS + FOR_HELPERS for words in topic.phrases.values()]
    assert [text for text in words if assess(text, language=language).level > Level.WATCH] == []
