"""The journal: writing with and without a mood, prompts, drafts, searching, and a person's own words."""

import uuid
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection

from tests.support.html import errors, page, said, text_of, typed
from tracker.models import Draft, MoodEntry, OwnWord
from tracker.prompts import PROMPTS

NOW = datetime(2026, 11, 18, 7, 30, tzinfo=UTC)  # Wednesday, 12:30 in Almaty
JOURNAL, WRITE, RECORD = "/en/mood/journal/", "/en/mood/journal/write/", "/en/mood/record/"
TEXT = "Бүгін ұзақ серуендедім.\nЖелі тыныш еді 🌷"


@pytest.fixture(autouse=True)
def _wednesday():
    with time_machine.travel(NOW, tick=False):
        yield


def found(client, words: str) -> list[str]:
    soup = page(client.post(JOURNAL, {"words": words}))
    return [text_of(note) for note in soup.select(".entry__note")]


# Writing


def test_words_alone_are_an_entry_of_this_moment(as_person, owner):
    response = as_person(owner).post(WRITE, {"note": TEXT}, follow=True)
    assert said(response) == ["success: Saved in your journal."]
    entry = MoodEntry.objects.get()
    assert (entry.note, entry.level, entry.felt_at) == (TEXT, None, NOW)


def test_words_with_a_mood_count_in_the_week(as_person, owner):
    client = as_person(owner)
    client.post(WRITE, {"note": TEXT, "level": "2"})
    client.post(WRITE, {"note": "тағы"})
    assert page(client.get("/en/mood/")).select(".chart__mark--2")
    assert "1 time" in page(client.get("/en/mood/")).select_one("#week .lead").get_text()


@pytest.mark.parametrize("note", ["", "   ", "\r\n"])
def test_nothing_written_is_said_beside_the_field_and_the_mood_stays_chosen(as_person, owner, note):
    response = as_person(owner).post(WRITE, {"note": note, "level": "4"})
    assert errors(response, "note") == "Write something first, even one word."
    assert page(response).select_one("[name=level][value='4']").has_attr("checked")
    assert not MoodEntry.objects.exists()


def test_a_prompt_is_shown_kept_and_an_unknown_one_is_none(as_person, owner):
    client = as_person(owner)
    soup = page(client.get(WRITE, {"prompt": "worry"}))
    assert str(PROMPTS["worry"]) in text_of(soup.select_one("main"))
    client.post(WRITE, {"note": TEXT, "prompt": "worry"})
    assert MoodEntry.objects.get().prompt == "worry"
    assert page(client.get(WRITE, {"prompt": "nonsense"})).select_one("[name=prompt]").get("value", "") == ""


def test_every_prompt_can_be_chosen(as_person, owner):
    soup = page(as_person(owner).get(WRITE))
    assert [link["data-prompt"] for link in soup.select("[data-prompt]")] == list(PROMPTS)


def test_the_words_are_encrypted_in_the_database(as_person, owner):
    as_person(owner).post(WRITE, {"note": TEXT, "draft": "1", "form_key": str(uuid.uuid4())})
    as_person(owner).post(WRITE, {"note": TEXT})
    as_person(owner).post(RECORD, {"level": "2", "own_causes": "серуен"})
    with connection.cursor() as cursor:
        for table, column in (("moodentry", "note"), ("draft", "text"), ("ownword", "word")):
            cursor.execute(f"SELECT {column} FROM tracker_{table} WHERE length({column}) > 0")  # noqa: S608 -- names of our own
            stored = b"".join(bytes(row[0]) for row in cursor.fetchall())
            assert stored, table
            assert "серуен".encode() not in stored, table


def test_long_words_of_the_journal_can_be_edited(as_person, owner, record):
    client = as_person(owner)
    client.post(WRITE, {"note": "сөз " * 4000})
    entry = MoodEntry.objects.get()
    client.post(f"/en/mood/{entry.public_id}/", {"note": "қысқа", "level": ""})
    entry.refresh_from_db()
    assert (entry.note, entry.level) == ("қысқа", None)


def test_an_entry_is_never_left_without_mood_and_words(as_person, owner):
    client = as_person(owner)
    client.post(WRITE, {"note": TEXT})
    entry = MoodEntry.objects.get()
    response = client.post(f"/en/mood/{entry.public_id}/", {"note": "", "level": ""})
    assert errors(response, "note") == "Write something, or choose a mood."
    assert MoodEntry.objects.get().note == TEXT


# Drafts


def test_a_draft_is_kept_shown_and_gone_on_with(as_person, owner):
    client, key = as_person(owner), str(uuid.uuid4())
    client.post(WRITE, {"note": "жартысы", "form_key": key, "prompt": "day", "draft": "1"})
    assert "did not finish" in text_of(page(client.get(JOURNAL)).select_one("main"))
    soup = page(client.get(WRITE))
    assert soup.select_one("#id_note").get_text().strip() == "жартысы"
    assert soup.select_one("[name=form_key]")["value"] == key
    assert not MoodEntry.objects.exists()


def test_a_saved_entry_ends_its_draft_and_a_late_draft_of_it_comes_too_late(as_person, owner):
    client, key = as_person(owner), str(uuid.uuid4())
    client.post(WRITE, {"note": TEXT[:9], "form_key": key, "draft": "1"})
    client.post(WRITE, {"note": TEXT, "form_key": key})
    assert not Draft.objects.exists()
    client.post(WRITE, {"note": TEXT[:9], "form_key": key, "draft": "1"})
    assert not Draft.objects.exists()


def test_a_draft_can_be_thrown_away(as_person, owner):
    client = as_person(owner)
    client.post(WRITE, {"note": "жартысы", "form_key": str(uuid.uuid4()), "draft": "1"})
    assert said(client.post("/en/mood/journal/draft/delete/", follow=True))[-1] == "success: The draft is deleted."
    assert not Draft.objects.exists()


def test_a_draft_is_its_owners_alone(as_person, owner, other_user):
    as_person(other_user).post(WRITE, {"note": "біреудікі", "form_key": str(uuid.uuid4()), "draft": "1"})
    client = as_person(owner)
    assert "біреудікі" not in client.get(WRITE).content.decode()
    client.post("/en/mood/journal/draft/delete/")
    assert Draft.objects.count() == 1


def test_a_script_hears_that_the_draft_is_saved_or_what_is_wrong(as_person, owner):
    client = as_person(owner)
    sent = {"note": "жартысы", "form_key": str(uuid.uuid4()), "draft": "1"}
    asks = {"accept": "application/json"}
    assert client.post(WRITE, sent, headers=asks).json() == {"said": "The draft is saved."}
    refused = client.post(WRITE, sent | {"note": "ұ" * 20_001}, headers=asks)
    assert (refused.status_code, list(refused.json())) == (400, ["wrong"])


def test_other_words_of_a_form_that_is_recorded_already_are_an_entry_of_their_own(as_person, owner):
    client, key = as_person(owner), str(uuid.uuid4())
    for note in (TEXT, TEXT + " Тағы.", TEXT + " Тағы.", TEXT):
        client.post(WRITE, {"note": note, "form_key": key})
    assert [entry.note for entry in MoodEntry.objects.order_by("pk")] == [TEXT, TEXT + " Тағы."]


def test_words_written_on_after_their_entry_was_recorded_elsewhere_are_kept_as_a_draft(as_person, owner):
    client, key = as_person(owner), str(uuid.uuid4())
    client.post(WRITE, {"note": TEXT, "form_key": key})
    client.post(WRITE, {"note": TEXT + " Тағы.", "form_key": key, "draft": "1"})
    assert Draft.objects.get().text == TEXT + " Тағы."


def test_another_question_keeps_what_is_written_without_javascript(as_person, owner):
    response = as_person(owner).post(WRITE, {"note": "жартысы", "prompt_to": "worry", "level": "2"})
    assert typed(response, "note") == "жартысы"
    assert typed(response, "prompt") == "worry"
    assert page(response).select_one("[name=level][value='2']").has_attr("checked")


# Searching


def test_a_search_finds_parts_of_words_in_any_case_and_all_of_several(as_person, owner, record):
    record(owner, 3, note="Таңертең ұйқым қанбады")
    record(owner, 4, note="Кешке ҰЙҚЫ жақсы болды")
    record(owner, 2, note="Жұмыс көп")
    client = as_person(owner)
    assert len(found(client, "ұйқы")) == 2
    assert found(client, "ұйқы жақсы") == ["Кешке ҰЙҚЫ жақсы болды"]
    assert found(client, "табылмайтын") == []


def test_a_search_finds_feelings_and_causes_by_their_words(as_person, owner):
    client = as_person(owner)
    client.post(RECORD, {"level": "2", "note": "а", "feelings": "anxiety", "own_causes": "емтихан"})
    assert found(client, "anxiety") == found(client, "ЕМТИХАН") == ["а"]


def test_a_search_never_finds_what_others_wrote(as_person, owner, other_user, record):
    record(other_user, 3, note="құпия")
    assert found(as_person(owner), "құпия") == []


def test_what_was_looked_for_is_in_no_address(as_person, owner):
    soup = page(as_person(owner).get(JOURNAL))
    assert soup.select_one("form[role=search]")["method"] == "post"


@pytest.mark.parametrize("words", ["", " ", "a\x00b", "ұ" * 101])
def test_a_search_that_cannot_be_read_says_so(as_person, owner, words):
    response = as_person(owner).post(JOURNAL, {"words": words})
    assert response.status_code == 200
    assert errors(response, "words")


def test_a_search_shows_the_newest_fifty_and_says_that_there_are_more(as_person, owner, record):
    for _ in range(51):
        record(owner, 3, note="бір")
    client = as_person(owner)
    assert len(found(client, "бір")) == 50
    assert "Add a word" in client.post(JOURNAL, {"words": "бір"}).content.decode()


# Own words, feelings and causes


def test_feelings_causes_and_own_words_are_kept_and_shown(as_person, owner):
    client = as_person(owner)
    client.post(
        RECORD, {"level": "2", "feelings": ["fear", "anger"], "causes": "pain", "own_feelings": "сағыныш, елжіреу"}
    )
    tags = [text_of(tag) for tag in page(client.get(JOURNAL)).select(".entry__tags li")]
    assert tags == ["Fear", "Anger", "сағыныш", "елжіреу", "Pain"]


def test_an_own_word_is_made_once_whatever_its_case(as_person, owner):
    client = as_person(owner)
    for words in ("Сағыныш", "сағыныш, САҒЫНЫШ", "сағыныш;мұң"):
        client.post(RECORD, {"level": "2", "own_feelings": words})
    assert sorted(word.word for word in OwnWord.objects.all()) == ["Сағыныш", "мұң"]


def test_words_used_lately_come_first(as_person, owner):
    client = as_person(owner)
    client.post(RECORD, {"level": "2", "causes": "weather", "own_causes": "емтихан"})
    boxes = page(client.get(RECORD)).select("#id_causes_group .words__word")
    assert [text_of(box) for box in boxes[:3]] == ["Weather", "емтихан", "Sleep"]


def test_a_removed_word_leaves_the_list_and_every_entry(as_person, owner):
    client = as_person(owner)
    client.post(RECORD, {"level": "2", "causes": "pain", "own_causes": "емтихан"})
    word = OwnWord.objects.get()
    client.post(f"/en/mood/words/{word.public_id}/delete/")
    assert MoodEntry.objects.get().causes == ["pain"]
    assert "емтихан" not in client.get(RECORD).content.decode()


def test_a_word_removed_while_a_form_was_open_is_left_out_and_the_rest_is_saved(as_person, owner):
    as_person(owner).post(RECORD, {"level": "2", "causes": ["pain", uuid.uuid4().hex, "nonsense"]})
    assert MoodEntry.objects.get().causes == ["pain"]


def test_nobody_can_use_anothers_own_word(as_person, owner, other_user):
    as_person(other_user).post(RECORD, {"level": "2", "own_causes": "құпия"})
    as_person(owner).post(RECORD, {"level": "2", "causes": OwnWord.objects.get().code})
    assert MoodEntry.objects.get(owner=owner).causes == []


@pytest.mark.parametrize("words", ["а" * 41, "а,б,в,г,д,е", "a\x00b"])
def test_own_words_that_are_too_long_or_too_many_are_said_and_kept(as_person, owner, words):
    response = as_person(owner).post(RECORD, {"level": "2", "own_causes": words})
    assert errors(response, "own_causes")
    assert not MoodEntry.objects.exists()
    assert page(response).select_one("[name=level][value='2']").has_attr("checked")


def test_the_list_of_own_words_does_not_grow_without_end(as_person, owner):
    client = as_person(owner)
    for i in range(13):
        response = client.post(RECORD, {"level": "2", "own_causes": ",".join(f"сөз{i}-{j}" for j in range(5))})
    assert "full" in errors(response, "own_causes")
    assert OwnWord.objects.count() == 60
    assert MoodEntry.objects.count() == 12


# What waited in a browser


@pytest.mark.parametrize(("age", "minutes"), [("0", 0), ("3600", 60), (str(10**9), 90 * 24 * 60)])
def test_an_entry_that_waited_is_of_the_moment_it_was_pressed(as_person, owner, age, minutes):
    as_person(owner).post(RECORD, {"level": "2", "age": age})
    assert (NOW - MoodEntry.objects.get().felt_at).total_seconds() == minutes * 60


def test_a_time_without_a_day_is_of_the_day_on_which_it_was_pressed(as_person, owner):
    as_person(owner).post(RECORD, {"level": "2", "time": "00:01", "age": str(2 * 24 * 3600)})
    assert MoodEntry.objects.get().felt_at == datetime(2026, 11, 15, 19, 1, tzinfo=UTC)


@pytest.mark.parametrize("age", ["-1", "x", "1.5", "9" * 5000])
def test_an_age_that_cannot_be_read_is_said_and_nothing_is_guessed(as_person, owner, age):
    response = as_person(owner).post(RECORD, {"level": "2", "age": age}, headers={"accept": "application/json"})
    assert response.status_code == 400
    assert not MoodEntry.objects.exists()


def test_whose_entries_may_be_sent_is_told_to_the_signed_in_browser_only(as_person, owner):
    assert as_person(owner).get("/en/mood/sync/").json()["person"] == str(owner.public_id)
    assert as_person(None).get("/en/mood/sync/").status_code == 302
