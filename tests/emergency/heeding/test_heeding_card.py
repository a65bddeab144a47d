"""The card that offers help: what it says by kind and level, asking for a psychologist, closing, reading again."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.test import RequestFactory
from django.utils import timezone

from accounts.choices import Role
from accounts.kin.choices import Right
from accounts.models import User
from emergency import heeding
from emergency.choices import Source
from emergency.models import FollowUp
from emergency.risk.levels import Kind, Level
from emocare.heeding import heed
from tests.emergency.heeding.test_heeding_places import HARD
from tests.emocare.test_languages import foreign
from tests.support.cast import make_person, make_support
from tests.support.html import loose_ends, page, said, text_of
from tests.support.news import told, written
from tracker.models import MoodEntry

pytestmark = pytest.mark.django_db
HOME = "/en/notifications/"
LINES = {
    (Level.WATCH, Kind.SUICIDE): ["150", "111"],
    (Level.HIGH, Kind.SELF_HARM): ["150", "111", "112"],
    (Level.IMMINENT, Kind.SUICIDE): ["112", "150", "111"],
    (Level.HIGH, Kind.ABUSE): ["111", "102", "150", "112"],
    (Level.WATCH, Kind.CHILD): ["111", "102", "150"],
    (Level.IMMINENT, Kind.THREAT): ["112", "150"],
    (Level.HIGH, Kind.SOMEONE_ELSE): ["150", "103", "112"],
    (Level.WATCH, Kind.NONE): ["150", "111"],
}
WORDS = {
    Kind.ABUSE: "it is not your fault",
    Kind.CHILD: "you need no proof",
    Kind.THREAT: "afraid that you could hurt somebody",
    Kind.SOMEONE_ELSE: "ask openly",
    Kind.SUICIDE: "it can become lighter",
}


@pytest.fixture
def owners(as_person, owner):
    return as_person(owner)


def notice(client, level: Level = Level.HIGH, kind: Kind = Kind.SUICIDE, **more) -> None:
    """Let the check have found something in what this browser sent just now."""
    session = client.session
    now = int(timezone.now().timestamp())
    session["heeded"] = {"level": level, "kind": kind, "at": now, "new": True, "about": None, "mark": ""} | more
    session.save()


def card(client, address: str = HOME):
    return page(client.get(address)).select_one("#heeded")


def numbers(found) -> list[str]:
    return [link["href"].removeprefix("tel:") for link in found.select("a[href^='tel:']")]


@pytest.mark.parametrize(("level", "kind"), LINES)
def test_each_kind_has_its_words_and_lines(owners, level, kind):
    notice(owners, level, kind)
    response = owners.get(HOME)
    found = page(response).select_one("#heeded")
    assert numbers(found) == LINES[level, kind]
    assert WORDS.get(kind, WORDS[Kind.SUICIDE]) in text_of(found)
    assert bool(found.select(".button--danger")) == (level == Level.IMMINENT)
    assert loose_ends(response) == []


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_no_word_of_it_is_of_another_language(owners, language):
    make_person("7", role=Role.PSYCHOLOGIST)
    for level, kind in LINES:
        notice(owners, level, kind)
        assert foreign(card(owners, f"/{language}/notifications/"), language) == set()


def test_a_child_is_shown_the_line_of_children_first(as_person, owner):
    User.objects.filter(pk=owner.pk).update(sixteen_from=timezone.localdate().replace(day=1))
    client = as_person(owner)
    notice(client)
    assert numbers(card(client))[0] == "111"
    assert "Tell an adult" in text_of(card(client))


def test_it_stays_until_it_is_closed_and_takes_the_focus_once(owners):
    notice(owners)
    assert card(owners).h2.has_attr("autofocus")
    again = card(owners, "/en/dashboard/?x=1")
    assert not again.h2.has_attr("autofocus")
    assert again.select_one("details a[href^='tel:']")  # folded by now
    form = again.select_one("form[action$='/noticed/close/']")
    assert not form.find_parent("details")
    back = owners.post(form["action"], {"next": form.select_one("[name=next]")["value"]})
    assert back["Location"] == "/en/dashboard/?x=1"
    assert card(owners) is None


@pytest.mark.parametrize("place", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "a\nb", ""])
def test_closing_leads_to_no_other_site(owners, place):
    assert owners.post("/en/noticed/close/", {"next": place})["Location"] == "/en/dashboard/"


def test_a_script_closes_it_without_leaving_the_page(owners):
    notice(owners)
    assert owners.post("/en/noticed/close/", headers={"accept": "application/json"}).status_code == 204
    assert "heeded" not in owners.session


def test_after_an_hour_it_is_gone(owners):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        notice(owners)
        clock.shift(timedelta(minutes=59))
        assert card(owners)
        clock.shift(timedelta(minutes=2))
        assert card(owners) is None
    assert "heeded" not in owners.session


def test_public_pages_of_urgent_help_do_not_ask_whose_they_are(owners, django_assert_num_queries):
    notice(owners)
    with django_assert_num_queries(0):
        assert card(owners, "/en/urgent-help/") is None


def test_a_psychologist_is_asked_for_by_one_press_and_sees_level_and_source_alone(as_person, owners, owner):
    psychologist = make_person("saule", role=Role.PSYCHOLOGIST)
    owners.post("/en/mood/record/", {"level": "1", "note": HARD["en"]})
    assert "never see the words" in text_of(card(owners))
    asked = owners.post("/en/noticed/ask/", follow=True)
    assert said(asked) == ["success: You asked for a psychologist. You see here when somebody has read it."]
    found = FollowUp.objects.get()
    assert (found.user, found.source, found.to_helpers) == (owner, Source.WORDS, True)
    assert told(psychologist) == ["attention opened"]
    shown = as_person(psychologist).get(f"/en/follow-ups/{found.public_id}/")
    assert "Words that were written" in text_of(page(shown).main)
    assert "kill" not in shown.content.decode() + written()
    assert "heeded" not in owners.session
    owners.post("/en/noticed/ask/")  # a second press
    assert FollowUp.objects.count() == 1


def test_who_asked_already_sees_what_became_of_it(owners):
    make_person("saule", role=Role.PSYCHOLOGIST)
    notice(owners)
    owners.post("/en/noticed/ask/")
    notice(owners)
    assert card(owners).select_one(f"a[href='/en/follow-ups/{FollowUp.objects.get().public_id}/']")
    assert not card(owners).select("form[action$='/ask/']")
    notice(owners, Level.IMMINENT)
    assert card(owners).select("form[action$='/ask-now/']")  # graver: people can be called at once


def test_where_there_is_no_psychologist_the_card_says_so(owners):
    notice(owners)
    assert not card(owners).select("form[action$='/ask/']")
    assert "no psychologist here" in text_of(card(owners))
    assert said(owners.post("/en/noticed/ask/", follow=True))[0].startswith("info: There is no psychologist")
    assert not FollowUp.objects.exists()


def test_what_is_less_grave_does_not_take_the_place_of_what_is_graver(owners):
    notice(owners, Level.IMMINENT, Kind.ABUSE)
    owners.post("/en/mood/record/", {"level": "1", "note": "Маған өте ауыр."})
    assert numbers(card(owners))[0] == "112"


def test_what_a_supporter_writes_is_about_the_other_person(as_person, owner, other_user):
    support = make_support(owner, other_user, Right.RECORD_MOOD)
    client = as_person(other_user)
    client.post(f"/en/mood/of/{support.public_id}/record/", {"level": "1", "note": HARD["en"]})
    assert "ask openly" in text_of(card(client))
    assert card(as_person(owner)) is None


# The sentence, for whoever says that it was not right


def request_of(client, user):
    request = RequestFactory().get(HOME)
    request.user, request.session = user, client.session
    return request


def test_the_sentence_is_read_anew_where_it_is_stored(owners, owner):
    words = f"Таң атты. {HARD['kk']} Кейін ұйықтадым!"
    owners.post("/kk/mood/journal/write/", {"note": words, "form_key": uuid.uuid4()})
    assert heeding.sentence_of(request_of(owners, owner)) == HARD["kk"]


def test_a_text_that_was_changed_or_deleted_since_is_not_it(owners, owner):
    owners.post("/ru/mood/journal/write/", {"note": HARD["ru"], "form_key": uuid.uuid4()})
    entry = MoodEntry.objects.get()
    entry.note = f"Друг сказал: {HARD['ru']}"
    entry.save()
    assert heeding.sentence_of(request_of(owners, owner)) is None
    entry.delete()
    assert heeding.sentence_of(request_of(owners, owner)) is None


def test_nobody_elses_sentence_is_read(owners, owner, other_user):
    owners.post("/en/mood/record/", {"level": "1", "note": HARD["en"]})
    assert heeding.sentence_of(request_of(owners, owner)) == HARD["en"]
    assert heeding.sentence_of(request_of(owners, other_user)) is None


def test_of_several_texts_the_gravest_counts(owners, owner):
    request = request_of(owners, owner)
    heed(request, "", "Бүгін күн жылы болды.", HARD["en"])
    assert request.session["heeded"]["level"] >= Level.HIGH
    assert heeding.sentence_of(request) is None  # nobody said where it is stored


def test_nothing_is_the_answer_where_nothing_was_found(owners, owner):
    request = request_of(owners, owner)
    heed(request, "Бүгін күн жылы болды.")
    assert (heeding.noticed(request), heeding.sentence_of(request)) == (None, None)
