"""Recording a mood: by one press, with a note, for another moment, and the same form again."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
import time_machine
from django.test import Client

from tests.support.html import page, said, summary, typed
from tracker.models import MoodEntry

NOW = datetime(2026, 11, 18, 7, 30, tzinfo=UTC)  # Wednesday, 12:30 in Almaty
RECORD = "/en/mood/record/"


@pytest.fixture(autouse=True)
def _wednesday():
    with time_machine.travel(NOW, tick=False):
        yield


def pressed(client: Client, address: str, level: int):
    """Press a face on a page as a browser without JavaScript does."""
    form = page(client.get(address)).select_one("form.press")
    fields = {field["name"]: field["value"] for field in form.select("input[type=hidden]") if field.get("value")}
    button = form.select_one(f"button[value='{level}']")
    return client.post(form["action"], fields | {button["name"]: button["value"]}, follow=True)


# By one press


@pytest.mark.parametrize("address", ["/en/dashboard/", "/en/mood/"])
def test_one_press_records_this_moment_and_comes_back(as_person, owner, address):
    response = pressed(as_person(owner), address, 4)
    assert response.redirect_chain == [(address, 302)]
    assert said(response) == ["success: Saved: good."]
    entry = MoodEntry.objects.get()
    assert (entry.owner, entry.level, entry.felt_at, entry.note) == (owner, 4, NOW, "")


def test_each_press_is_an_entry_of_its_own(as_person, owner):
    client = as_person(owner)
    for level in (1, 2, 3, 4, 5):
        pressed(client, "/en/dashboard/", level)
    assert sorted(MoodEntry.objects.values_list("level", flat=True)) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(("language", "words"), [("kk", "Сақталды"), ("ru", "Сохранено"), ("en", "Saved")])
def test_what_was_saved_is_said_in_the_language_of_the_page(as_person, owner, language, words):
    response = pressed(as_person(owner), f"/{language}/mood/", 5)
    assert response.redirect_chain == [(f"/{language}/mood/", 302)]
    [notice] = said(response)
    assert words in notice


@pytest.mark.parametrize("came_from", ["", "tracker", "https://example.com/", "//example.com", "/kk/profile/"])
def test_the_way_back_never_leads_elsewhere(as_person, owner, came_from):
    response = as_person(owner).post(RECORD, {"level": "3", "from": came_from})
    assert response.headers["Location"] == "/en/mood/"


# With a note, for another moment


def test_a_note_is_kept_as_it_was_typed(as_person, owner):
    note = "Бүгін дәрігерге бардым.\r\nБәрі жақсы 🌷 <b>&amp;</b>\r\n\tшегініс"
    as_person(owner).post(RECORD, {"level": "4", "note": note})
    assert MoodEntry.objects.get().note == note.replace("\r\n", "\n")


def test_a_note_is_text_and_never_markup(as_person, owner):
    client = as_person(owner)
    client.post(RECORD, {"level": "4", "note": "<script>alert(1)</script>"})
    soup = page(client.get("/en/mood/"))
    assert soup.select_one(".entry__note").get_text() == "<script>alert(1)</script>"
    assert soup.select("main script") == []


@pytest.mark.parametrize(
    ("language", "day"),
    [("kk", "16.11.2026"), ("ru", "16.11.2026"), ("en", "16/11/2026"), ("kk", "2026-11-16"), ("kk", "16.11.26")],
)
def test_a_day_is_read_as_the_language_writes_it_and_as_browsers_send_it(as_person, owner, language, day):
    as_person(owner).post(f"/{language}/mood/record/", {"level": "4", "day": day, "time": "21:05"})
    assert MoodEntry.objects.get().felt_at == datetime(2026, 11, 16, 16, 5, tzinfo=UTC)


def test_a_day_alone_means_this_time_of_that_day(as_person, owner):
    as_person(owner).post(RECORD, {"level": "2", "day": "2026-11-10"})
    assert MoodEntry.objects.get().felt_at == datetime(2026, 11, 10, 7, 30, tzinfo=UTC)


def test_a_time_alone_means_today(as_person, owner):
    as_person(owner).post(RECORD, {"level": "2", "time": "06:15"})
    assert MoodEntry.objects.get().felt_at == datetime(2026, 11, 18, 1, 15, tzinfo=UTC)


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(minutes=4), timedelta(minutes=5)])
def test_a_clock_that_runs_ahead_is_forgiven_and_the_moment_is_now(as_person, owner, ahead):
    moment = NOW + timedelta(hours=5) + ahead
    as_person(owner).post(RECORD, {"level": "2", "day": f"{moment:%Y-%m-%d}", "time": f"{moment:%H:%M}"})
    assert MoodEntry.objects.get().felt_at == NOW


def test_the_earliest_day_is_the_first_of_the_century(as_person, owner):
    as_person(owner).post(RECORD, {"level": "2", "day": "2000-01-01", "time": "00:00"})
    assert MoodEntry.objects.get().felt_at == datetime(1999, 12, 31, 18, 0, tzinfo=UTC)


# The same form again


def test_a_form_that_is_sent_again_saves_once_and_says_so(as_person, owner):
    client, sent = as_person(owner), {"level": "4", "note": "бір рет", "form_key": str(uuid.uuid4())}
    assert said(client.post(RECORD, sent, follow=True)) == ["success: Saved: good."]
    again = client.post(RECORD, sent, follow=True)
    assert said(again) == ["info: This record was saved already; nothing was added."]
    assert MoodEntry.objects.get().note == "бір рет"


def test_two_people_may_hold_the_same_form_key(as_person, owner, other_user):
    sent = {"level": "4", "form_key": str(uuid.uuid4())}
    for person in (owner, other_user):
        as_person(person).post(RECORD, sent)
    assert set(MoodEntry.objects.values_list("owner", flat=True)) == {owner.pk, other_user.pk}


def test_each_form_has_a_key_of_its_own(as_person, owner):
    client = as_person(owner)
    keys = {typed(client.get(address), "form_key") for address in (RECORD, RECORD, "/en/mood/", "/en/dashboard/")}
    assert len({uuid.UUID(key) for key in keys}) == 4


def test_without_a_key_each_sending_counts(as_person, owner):
    client = as_person(owner)
    for _ in range(2):
        client.post(RECORD, {"level": "4"})
    assert MoodEntry.objects.count() == 2


def test_an_unreadable_key_saves_nothing_and_the_next_sending_does(as_person, owner):
    client, sent = as_person(owner), {"level": "4", "note": "менің сөзім", "form_key": "x"}
    refused = client.post(RECORD, sent)
    assert summary(refused) == ["This form has grown old. Please send it once more."]
    assert MoodEntry.objects.count() == 0
    assert typed(refused, "note") == "менің сөзім"
    client.post(RECORD, sent | {"form_key": typed(refused, "form_key")})
    assert MoodEntry.objects.get().note == "менің сөзім"


@pytest.mark.django_db(transaction=True)
def test_ten_sendings_of_one_form_at_the_same_time_save_once(as_person, owner):
    clients, start = [as_person(owner) for _ in range(10)], Barrier(10)
    sent = {"level": "4", "form_key": str(uuid.uuid4())}

    def send(client: Client) -> list[str]:
        from django.db import connection

        start.wait(20)
        try:
            return said(client.post(RECORD, sent, follow=True))
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as threads:
        answers = [answer for [answer] in threads.map(send, clients)]
    assert MoodEntry.objects.count() == 1
    assert answers.count("success: Saved: good.") == 1
    assert answers.count("info: This record was saved already; nothing was added.") == 9
