"""Looking for words in one conversation, and taking it along."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from chat.conversations import search
from chat.models import Message
from tests.support.html import errors, page, text_of
from tests.support.talks import fill, talk

pytestmark = pytest.mark.django_db
SAID = ("Түнде ұйқым келмеді", "Қанша сағат ҰЙЫҚТАДЫҢЫЗ?", "Үш-ақ сағат, өте шаршадым", "Түсінемін")


def hits(client, place: str, words: str) -> list[str]:
    answer = client.post(f"{place}search/", {"words": words})
    assert (answer.status_code, answer.wsgi_request.META["QUERY_STRING"]) == (200, "")
    return [link["href"].partition("#")[2] for link in page(answer).select(".entries a")]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ұйқы", ["m-1"]),
        ("уйкы", ["m-1"]),
        ("УЙЫК", ["m-2"]),
        ("сағат", ["m-3", "m-2"]),
        ("шарша уш", ["m-3"]),
        ("\u04af\u0448", ["m-3"]),
        ("жоқ сөз", []),
        ("%", []),
    ],
)
def test_words_are_found_in_any_case_and_without_a_kazakh_keyboard(as_person, assignment, place, owner, words, found):
    talk(assignment, SAID)
    assert hits(as_person(owner), place, words) == found


def test_a_hit_stands_in_its_context_and_leads_to_its_window(as_person, assignment, place, assigned_volunteer):
    talk(assignment, ["сөз " * 50 + "Мен <b>үйдемін</b> қазір" + " сөз" * 50])
    soup = page(as_person(assigned_volunteer).post(f"{place}search/", {"words": "уйде"}))
    assert text_of(soup.mark) == "үйде"
    shown = text_of(soup.select_one(".entries .entry__note"))
    assert shown.startswith("…")
    assert "<b> үйде мін</b> қазір" in shown
    assert soup.select_one(".entries a")["href"] == f"{place}?around=1#m-1"


def test_what_was_deleted_is_not_found_and_limits_are_said(as_person, conversation, place, owner, monkeypatch):
    fill(conversation, 70)
    Message.objects.filter(number=70).update(deleted_at=conversation.written_at)
    client = as_person(owner)
    assert hits(client, place, "хабар") == [f"m-{number}" for number in range(69, 19, -1)]
    monkeypatch.setattr(search, "LOOKED_THROUGH", 10)
    assert hits(client, place, "хабар 6") == [f"m-{number}" for number in range(69, 60, -1)]
    soup = page(client.post(f"{place}search/", {"words": "хабар 6"}))
    assert "5" in text_of(soup.select_one("[role=status]:has(#found-title) ~ p"))


def test_nothing_to_look_for_is_said_beside_the_field(as_person, conversation, place, owner):
    assert errors(as_person(owner).post(f"{place}search/", {"words": " "}), "words")


@time_machine.travel(datetime(2026, 11, 23, 14, 5, tzinfo=ZoneInfo("Asia/Almaty")), tick=False)
def test_the_copy_holds_everything_in_the_language_of_the_person(as_person, assignment, place, owner):
    talk(assignment, SAID)
    Message.objects.filter(number=4).update(deleted_at=assignment.started_at, text=b"")
    answer = as_person(owner).get(f"{place.replace('/kk/', '/ru/')}copy/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="emocare-conversation.txt"'
    assert answer.headers["Cache-Control"] == "no-store"
    text = b"".join(answer.streaming_content).decode()
    assert [text.count(said) for said in SAID] == [1, 1, 1, 0]
    assert text.count("14:05") == 5
    assert "23 ноября 2026" in text
