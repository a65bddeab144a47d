"""The board of pictograms by forms alone: pressed one after the other, taken out, sent once, as words."""

import uuid

import pytest
from bs4 import Tag
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.utils.translation import override

from accounts.helping import services as helping
from accounts.helping.choices import EndReason
from accounts.models import Assignment
from chat.heeding import services as heeding
from chat.models import Message
from chat.pictograms.row import MOST, Row
from chat.pictograms.shown import GROUPS, PICTOGRAMS
from emergency.risk import assess
from emergency.risk.levels import Level
from tests.emocare.test_weight import check, first_visit
from tests.support.html import page, text_of, typed
from tests.support.talking import place, seats_of

pytestmark = pytest.mark.django_db
PICTURES = settings.BASE_DIR / "static" / "vendor" / "openmoji"


@pytest.fixture
def seat(owner, assigned_volunteer):
    return seats_of(owner, assigned_volunteer)[0]


def press(client: Client, shown: HttpResponse, button: str) -> HttpResponse:
    """Press a button of the form as a browser without JavaScript does."""
    form = page(shown).select_one("form[data-module=chat-board]")
    pressed: Tag = form.select_one(button)
    sent: dict[str, list[str]] = {}
    for field in form.select("input"):
        sent.setdefault(field["name"], []).append(field["value"])
    if pressed.has_attr("name"):
        sent[pressed["name"]] = [pressed["value"]]
    return client.post(pressed["formaction"].partition("#")[0], sent)


def chosen(shown: HttpResponse) -> list[str]:
    return [field["value"] for field in page(shown).select("#row input[name=chosen]")]


def test_pictures_pressed_one_after_the_other_are_sent_as_words_once(as_person, seat):
    client = as_person(seat.person)
    shown = client.get(place(seat, "board"))
    key = typed(shown, "form_key")
    for code in ("afraid", "sad", "home"):
        shown = press(client, shown, f"button[value={code}]")
    assert chosen(shown) == ["afraid", "sad", "home"]
    shown = press(client, shown, "button[name=remove][value='0']")
    assert chosen(shown) == ["sad", "home"]
    assert typed(shown, "form_key") == key
    for _time in range(2):
        assert press(client, shown, "button[formaction*=send]").url == f"{place(seat)}#m-1"
    with override("kk"):
        words = Row(["sad", "home"]).in_words()
    assert (Message.objects.get().text, words.count(" · ")) == (words, 1)
    assert words.startswith("😢 ")


def test_the_words_are_of_the_language_of_the_page(as_person, seat):
    sent = {"chosen": ["sad", "home"], "form_key": str(uuid.uuid4())}
    address = place(seat, "board", "send").replace("/kk/", "/en/")
    as_person(seat.person).post(address, sent)
    assert Message.objects.get().text == "😢 sad · 🏠 home"


def test_what_is_no_picture_is_left_out_and_a_row_that_is_full_says_so(as_person, seat):
    client, board = as_person(seat.person), place(seat, "board")
    odd = {"chosen": ["sad", "x", "", "sad\x00"], "remove": "9", "add": "no such", "form_key": "x"}
    assert chosen(client.post(board, odd)) == ["sad"]
    assert chosen(client.post(board, {"chosen": ["sad", "home"], "remove": "-1"})) == ["sad", "home"]
    assert chosen(client.post(board, {"chosen": ["sad"], "clear": "1"})) == []
    full = client.post(board, {"chosen": ["sad"] * MOST, "add": "home"})
    assert chosen(full) == ["sad"] * MOST
    assert str(MOST) in text_of(page(full).select_one("#row [role=alert]"))
    assert len(chosen(client.post(board, {"chosen": ["sad"] * 90}))) == MOST


def test_an_empty_row_and_a_conversation_that_is_closed_are_not_sent_and_say_why(as_person, seat):
    client, send = as_person(seat.person), place(seat, "board", "send")
    empty = client.post(send, {})
    assert not page(empty).select_one("#row [role=alert]").has_attr("hidden")
    helping.end(assignment=Assignment.objects.get(user=seat.person), actor=seat.person, reason=EndReason.USER)
    closed = client.post(send, {"chosen": ["sad"], "form_key": str(uuid.uuid4())})
    assert (chosen(closed), Message.objects.count()) == (["sad"], 0)
    assert text_of(page(closed).select_one("#row [role=alert]"))
    assert client.get(place(seat, "board")).url == place(seat)


def test_a_row_that_was_sent_and_then_changed_is_a_message_of_its_own(as_person, seat):
    client, send, key = as_person(seat.person), place(seat, "board", "send"), str(uuid.uuid4())
    client.post(send, {"chosen": ["sad"], "form_key": key})
    refused = client.post(send, {"chosen": ["sad", "home"], "form_key": key})
    assert (chosen(refused), typed(refused, "form_key") != key) == (["sad", "home"], True)
    assert press(client, refused, "button[formaction*=send]").url == f"{place(seat)}#m-2"


# The pictures


def test_each_picture_is_there_small_and_used_and_each_word_stands_once():
    used = {pictogram.picture.rpartition("/")[2] for pictogram in PICTOGRAMS.values()}
    assert {path.name for path in PICTURES.glob("*.svg")} == used
    assert sum(len(group.pictograms) for group in GROUPS) == len(PICTOGRAMS) == len(used) >= 60
    assert "Attribution-ShareAlike 4.0" in (PICTURES / "LICENCE").read_text()
    for path in PICTURES.glob("*.svg"):
        text = path.read_text()
        assert len(text) < 5000
        assert [part for part in ("<script", "<style", "href", "<image") if part in text] == []
    for language in ("kk", "ru", "en"):
        with override(language):
            assert len({str(pictogram.word) for pictogram in PICTOGRAMS.values()}) == len(PICTOGRAMS)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_first_visit_of_the_board_is_light_and_a_conversation_fetches_none_of_it(as_person, seat, language):
    client, board = as_person(seat.person), place(seat, "board").replace("/kk/", f"/{language}/")
    sizes = first_visit(client, board)
    assert sum("openmoji" in name for name in sizes) == len(PICTOGRAMS)
    check(sizes)
    assert not any("openmoji" in name for name in first_visit(client, board.removesuffix("board/")))


# The risk check reads them as words


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("codes", [["glad", "home"], ["tired", "sleep", "now"], ["head", "pain"], ["thanks", "good"]])
def test_what_is_of_every_day_brings_no_offer(codes, language):
    with override(language):
        assert assess(Row(codes).in_words(), language=language).level == Level.NONE


def test_a_row_is_read_by_the_risk_check_like_any_message(as_person, seat):
    as_person(seat.person).post(place(seat, "board", "send"), {"chosen": ["afraid", "help"], "form_key": "x"})
    assert not heeding.waiting().exists()
    assert Message.objects.get().risk_level is not None
