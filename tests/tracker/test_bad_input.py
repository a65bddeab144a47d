"""What cannot be a mood: each has its error beside its field, keeps what was typed, and stores nothing."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from tests.support.html import errors, loose_ends, page, summary, text_of, typed
from tracker.models import MoodEntry

NOW = datetime(2026, 11, 18, 7, 30, tzinfo=UTC)  # Wednesday, 12:30 in Almaty
RECORD = "/en/mood/record/"
GOOD = {"level": "4", "note": "", "day": "", "time": ""}
CHOOSE = "Choose one of the five moods."
NOT_YET = "This moment has not come yet."
LONG_AGO = "This day is too long ago."
UNREADABLE = "Some characters could not be read. Please type them again."


@pytest.fixture(autouse=True)
def _wednesday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def refused(as_person, owner):
    """Send the form with these values; return the page that came back with nothing stored."""

    def send(address: str = RECORD, **values):
        response = as_person(owner).post(address, GOOD | values)
        assert response.status_code == 200
        assert MoodEntry.objects.count() == 0
        assert page(response).title.string.startswith("Error: ") or not address.startswith("/en/")
        assert loose_ends(response) == []
        return response

    return send


@pytest.mark.parametrize("level", ["0", "6", "-1", "x", "", "4.0", "04", " 4", "٤", "9" * 10_000, "1e0", "None"])
def test_a_level_that_is_none_of_the_five(refused, level):
    response = refused(level=level)
    assert errors(response, "level") == CHOOSE
    assert summary(response) == [f"How do you feel? {CHOOSE}"]


def test_no_level_at_all(as_person, owner):
    response = as_person(owner).post(RECORD, {"note": "тек сөз"})
    assert errors(response, "level") == CHOOSE
    assert typed(response, "note") == "тек сөз"
    assert MoodEntry.objects.count() == 0


@pytest.mark.parametrize(
    ("day", "error"),
    [
        ("9999-12-31", NOT_YET),
        ("2026-11-19", NOT_YET),
        ("0001-01-01", LONG_AGO),
        ("1999-12-31", LONG_AGO),
        ("31.02.2026", "Enter a valid date."),
        ("2026-02-30", "Enter a valid date."),
        ("10000-01-01", "Enter a valid date."),
        ("кеше", "Enter a valid date."),
        ("9" * 10_000, "Enter a valid date."),
    ],
)
@pytest.mark.parametrize("time", ["", "23:59"])
def test_a_day_that_cannot_be(refused, day, time, error):
    response = refused(day=day, time=time, note="менің сөзім")
    assert errors(response, "day") == error
    assert summary(response) == [f"Day: {error}"]
    assert (typed(response, "day"), typed(response, "note")) == (day, "менің сөзім")


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_31st_of_february_is_no_day_in_any_way_of_writing(refused, language):
    response = refused(f"/{language}/mood/record/", day="31.02.2026")
    assert errors(response, "day")
    assert "Enter" not in text_of(page(response).main)


@pytest.mark.parametrize(
    ("time", "error"),
    [("25:00", "Enter a valid time."), ("түс", "Enter a valid time."), ("12:36", NOT_YET), ("23:59", NOT_YET)],
)
def test_a_time_that_cannot_be(refused, time, error):
    response = refused(time=time)
    assert errors(response, "time") == error
    assert typed(response, "time") == time


@pytest.mark.parametrize("zone", ["America/New_York", "UTC", "Asia/Almaty", "Asia/Seoul"])
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_the_ends_of_the_calendar_are_refused_in_every_zone(refused, owner, zone, day):
    owner.time_zone = zone
    owner.save(update_fields=["time_zone"])
    assert errors(refused(day=day, time="23:59"), "day") in {NOT_YET, LONG_AGO}


def test_a_note_of_five_thousand_characters_is_kept_whole(as_person, owner):
    note = "ұ🌷" * 2500
    as_person(owner).post(RECORD, GOOD | {"note": note})
    assert MoodEntry.objects.get().note == note


@pytest.mark.parametrize("note", ["ә" * 5001, "ә" * 100_000], ids=["5,001 characters", "100 KB"])
def test_a_note_that_is_too_long_stays_in_the_page(refused, note):
    response = refused(note=note)
    assert errors(response, "note").startswith("Ensure this value has at most 5000 characters")
    assert typed(response, "note") == note


def test_line_ends_count_once_as_the_browser_counts_them(as_person, owner):
    as_person(owner).post(RECORD, GOOD | {"note": "ә\r\n" * 2499 + "ә"})
    assert MoodEntry.objects.get().note == "ә\n" * 2499 + "ә"


@pytest.mark.parametrize("address", [RECORD, "/kk/mood/record/", "/ru/mood/record/"])
def test_a_request_of_more_than_a_megabyte_is_refused_with_numbers_to_call(as_person, owner, address):
    response = as_person(owner).post(address, GOOD | {"note": "x" * 1024 * 1024})
    assert response.status_code == 400
    assert {"tel:112", "tel:103", "tel:102", "tel:111"} <= {a["href"] for a in page(response).select("a[href]")}
    assert page(response).html["lang"] == address[1:3]
    assert MoodEntry.objects.count() == 0


@pytest.mark.parametrize("note", ["%D1%FF%D3", "%C3%28", "%ED%A0%80", "%00", "a%00b", "%EF%BF%BD", "%1B%5B2J"])
def test_bytes_that_are_no_text(refused, as_person, owner, note):
    body = f"level=4&note={note}"
    response = as_person(owner).post(RECORD, body, content_type="application/x-www-form-urlencoded")
    assert errors(response, "note") == UNREADABLE
    assert MoodEntry.objects.count() == 0


def test_bytes_that_are_no_text_and_were_not_encoded_by_a_browser(as_person, owner):
    body, kind = b"level=4&note=\xd1\xff\xd3", "application/x-www-form-urlencoded"
    assert as_person(owner).post(RECORD, body, content_type=kind).status_code in {200, 400}
    assert MoodEntry.objects.count() == 0


def test_broken_bytes_in_a_form_of_several_parts(as_person, owner):
    parts = [b'name="level"\r\n\r\n4', b'name="note"\r\n\r\n\xd1\xff', b'name="day"\r\n\r\n\xff']
    body = b"".join(b"--b\r\nContent-Disposition: form-data; " + part + b"\r\n" for part in parts) + b"--b--\r\n"
    response = as_person(owner).post(RECORD, body, content_type="multipart/form-data; boundary=b")
    assert errors(response, "note") == UNREADABLE
    assert errors(response, "day") == "Enter a valid date."
    assert MoodEntry.objects.count() == 0


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "multipart/form-data; boundary=x", ""])
def test_a_body_of_another_kind_is_an_empty_form_or_a_bad_request(as_person, owner, content_type):
    response = as_person(owner).post(RECORD, b'{"level": 4}', content_type=content_type)
    assert response.status_code in {200, 400}
    assert MoodEntry.objects.count() == 0


def test_another_charset_is_refused(as_person, owner):
    kind = "application/x-www-form-urlencoded; charset=windows-1251"
    assert as_person(owner).post(RECORD, b"level=4&note=%E0", content_type=kind).status_code == 400
    assert MoodEntry.objects.count() == 0


def test_all_that_is_wrong_is_said_at_once(refused):
    response = refused(level="6", note="x" * 5001, day="2999-01-01", time="25:00")
    assert [line.split()[0].strip(":") for line in summary(response)] == ["How", "Note", "Time"]
    assert all(errors(response, name) for name in ("level", "note", "time"))
    assert typed(response, "day") == "2999-01-01"


def test_a_form_of_another_site_is_refused_and_stores_nothing(owner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner, backend="notifications.backends.AuthenticationBackend")
    response = client.post(RECORD, GOOD)
    assert response.status_code == 403
    assert text_of(page(response).h1) == "The form has grown old"
    assert MoodEntry.objects.count() == 0
