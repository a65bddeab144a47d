"""The list of entries; changing and deleting one; and that nobody else's can be reached."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.support.html import errors, loose_ends, page, said, text_of, typed
from tracker.models import MoodEntry

NOW = datetime(2026, 11, 18, 7, 30, tzinfo=UTC)  # Wednesday, 12:30 in Almaty
FELT = datetime(2026, 11, 17, 16, 5, 42, 123456, tzinfo=UTC)  # Tuesday, 21:05:42 in Almaty


@pytest.fixture(autouse=True)
def _wednesday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def entry(owner, record) -> MoodEntry:
    return record(owner, 2, FELT, note="Түнде ұйықтай алмадым")


def place(entry: MoodEntry, end: str = "", language: str = "en") -> str:
    return f"/{language}/mood/{entry.public_id}/{end}"


def row(entry: MoodEntry) -> dict:
    return MoodEntry.objects.filter(pk=entry.pk).values().get()


# The list


def test_the_list_shows_mood_moment_and_note_newest_first(as_person, owner, entry, record):
    record(owner, 5, NOW)
    shown = [text_of(item) for item in page(as_person(owner).get("/en/mood/")).select(".entry__words")]
    assert shown == ["Very good 18 November 2026, 12:30", "Bad 17 November 2026, 21:05 Түнде ұйықтай алмадым"]


@pytest.mark.parametrize(
    ("language", "moment"), [("kk", "2026 ж. 17 қараша, 21:05"), ("ru", "17 ноября 2026 г., 21:05")]
)
def test_the_moment_is_written_as_the_language_writes_it(as_person, owner, entry, language, moment):
    time = page(as_person(owner).get(f"/{language}/mood/")).select_one(".entry time")
    assert text_of(time) == moment
    assert time["datetime"].startswith("2026-11-17T21:05:42")


def test_entries_of_one_moment_stand_in_the_order_they_were_made(as_person, owner, record):
    made = [record(owner, level, FELT).public_id for level in (1, 2, 3)]
    shown = [item["id"] for item in page(as_person(owner).get("/en/mood/")).select(".entry")]
    assert shown == [f"entry-{public_id}" for public_id in reversed(made)]


def test_every_entry_is_on_exactly_one_page(as_person, owner, record):
    made = {f"entry-{record(owner, 3, FELT - timedelta(hours=i // 2)).public_id}" for i in range(61)}
    client = as_person(owner)
    pages = [page(client.get(f"/en/mood/journal/?page={number}")).select(".entry") for number in (1, 2, 3)]
    assert [len(entries) for entries in pages] == [30, 30, 1]
    assert {item["id"] for entries in pages for item in entries} == made


@pytest.mark.parametrize(
    ("number", "shown"),
    [("0", 3), ("-1", 3), ("x", 1), ("", 1), (str(10**9), 3), ("9" * 5000, 1), ("2.5", 1), ("٢", 2), ("2", 2)],
)
def test_a_page_that_does_not_exist_is_the_nearest_one(as_person, owner, record, number, shown):
    for i in range(61):
        record(owner, 3, FELT - timedelta(hours=i))
    response = as_person(owner).get("/en/mood/journal/", {"page": number})
    assert text_of(page(response).select_one(".pagination p")) == f"Page {shown} of 3"


def test_without_entries_the_list_says_how_to_begin(as_person, owner, other_user, record):
    record(other_user, 5)
    soup = page(as_person(owner).get("/en/mood/"))
    assert "Nothing is here yet" in text_of(soup.select_one(".empty"))
    assert soup.select(".entry") == []


# Changing


def test_the_form_shows_what_is_recorded(as_person, owner, entry):
    response = as_person(owner).get(place(entry))
    assert page(response).select_one("input[name=level][checked]")["value"] == "2"
    assert [typed(response, name) for name in ("note", "day", "time")] == [entry.note, "2026-11-17", "21:05"]
    assert loose_ends(response) == []


def test_all_of_an_entry_can_be_changed(as_person, owner, entry):
    sent = {"level": "4", "note": "Енді жақсы", "day": "2026-11-16", "time": "08:00"}
    response = as_person(owner).post(place(entry), sent, follow=True)
    assert said(response) == ["success: The entry is changed."]
    entry = MoodEntry.objects.get()
    assert (entry.level, entry.note) == (4, "Енді жақсы")
    assert entry.felt_at == datetime(2026, 11, 16, 3, 0, tzinfo=UTC)


def test_a_moment_that_is_sent_as_it_was_shown_stays_exact(as_person, owner, entry):
    as_person(owner).post(place(entry), {"level": "4", "note": "", "day": "2026-11-17", "time": "21:05"})
    entry.refresh_from_db()
    assert (entry.felt_at, entry.note, entry.level) == (FELT, "", 4)


def test_an_emptied_day_and_time_mean_now(as_person, owner, entry):
    as_person(owner).post(place(entry), {"level": "4", "note": "", "day": "", "time": ""})
    assert MoodEntry.objects.get().felt_at == NOW


@pytest.mark.parametrize(
    ("field", "value"), [("level", "6"), ("note", "ә" * 5001), ("day", "9999-12-31"), ("time", "25:00")]
)
def test_a_wrong_change_leaves_the_entry_as_it_was_and_keeps_what_was_typed(as_person, owner, entry, field, value):
    before = row(entry)
    sent = {"level": "4", "note": "жаңа сөз", "day": "2026-11-17", "time": "21:05"} | {field: value}
    response = as_person(owner).post(place(entry), sent)
    assert errors(response, field)
    assert {name: typed(response, name) for name in ("note", "day", "time")}.items() <= sent.items()
    assert row(entry) == before


# Deleting


def test_deleting_asks_first(as_person, owner, entry):
    response = as_person(owner).get(place(entry, "delete/"))
    assert "Delete this entry?" in text_of(page(response).main)
    assert "17 November 2026, 21:05" in text_of(page(response).main)
    assert MoodEntry.objects.count() == 1


def test_deleting_deletes_for_good_and_only_this_entry(as_person, owner, entry, record):
    kept = record(owner, 5)
    response = as_person(owner).post(place(entry, "delete/"), follow=True)
    assert said(response) == ["success: The entry is deleted."]
    assert list(MoodEntry.objects.all()) == [kept]


def test_what_is_deleted_is_not_found_any_more(as_person, owner, entry):
    client = as_person(owner)
    client.post(place(entry, "delete/"))
    for address in (place(entry), place(entry, "delete/")):
        assert client.get(address).status_code == client.post(address, {"level": "3"}).status_code == 404


# Nobody else

STRANGERS = ["other_user", "unrelated_volunteer", "unrelated_psychologist", "curator", "admin"]


@pytest.mark.parametrize("name", STRANGERS)
@pytest.mark.parametrize("end", ["", "delete/"])
def test_somebody_elses_entry_does_not_exist_by_any_method(as_person, entry, request, name, end):
    client, before = as_person(request.getfixturevalue(name)), row(entry)
    for method in ("get", "head", "post"):
        assert getattr(client, method)(place(entry, end), {"level": "1", "note": "бөтен"}).status_code == 404
    for method in ("put", "patch", "delete", "options", "trace"):
        assert getattr(client, method)(place(entry, end)).status_code == 405
    assert row(entry) == before


def test_somebody_elses_page_shows_nothing_of_mine(as_person, other_user, entry):
    client = as_person(other_user)
    for address in ("/en/mood/", "/en/mood/week/", "/en/dashboard/"):
        response = client.get(address)
        assert "ұйықтай" not in response.content.decode()
        assert str(entry.public_id) not in response.content.decode()


@pytest.mark.parametrize("end", ["", "delete/", "record/", "week/"])
def test_whoever_is_signed_out_signs_in_and_comes_back(as_person, entry, end):
    address = f"/en/mood/{end}" if end in {"record/", "week/"} else place(entry, end)
    nobody = as_person(None)
    for response in (nobody.get(address), nobody.post(address, {"level": "1"})):
        assert response.headers["Location"] == f"/en/account/login/?next={address}"
    assert (MoodEntry.objects.count(), row(entry)["level"]) == (1, 2)


@pytest.mark.parametrize("wrong", ["x", "1", "00000000-0000-0000-0000-000000000000"])
def test_an_address_of_no_entry_is_not_found(as_person, owner, entry, wrong):
    client = as_person(owner)
    assert client.get(f"/en/mood/{wrong}/").status_code == 404
    assert client.post(f"/en/mood/{wrong}/delete/").status_code == 404
