"""Bringing entries from a file: ours and Daylio's, good lines kept, bad ones named, the same file twice harmless."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.html import errors, loose_ends, page, summary, text_of
from tests.tracker.test_csv_out import NOW, ONCE, PAGE, bad, bring, entries, keep, own, told
from tracker import services
from tracker.choices import Cause
from tracker.models import MoodEntry

DAYLIO = "full_date,date,weekday,time,mood,activities,note_title,note"
NEW_DAYLIO = "full_date,date,weekday,time,mood,activities,scales,note_title,note"
OURS = "date,time,zone,mood,mood_word,feelings,feeling_codes,causes,cause_codes,note,prompt,id"
SHORT = "date,time,mood,note"


@pytest.fixture(autouse=True)
def _wednesday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def brought(as_person, owner):
    """Bring lines under a header; return what the page says of them."""

    def send(header: str, *lines: str):
        response = bring(as_person(owner), "\r\n".join([header, *lines]) + "\r\n")
        assert response.status_code == 200
        assert loose_ends(response) == []
        return response

    return send


@pytest.fixture
def refused(as_person, owner):
    """Bring a file that is refused as a whole; return the error beside the field."""

    def send(file: str | bytes) -> str:
        response = bring(as_person(owner), file)
        assert response.status_code == 200
        assert MoodEntry.objects.count() == 0
        said = errors(response, "file")
        assert summary(response) == [f"CSV file: {said}"]
        return said

    return send


# Our own file


def test_words_are_known_in_all_three_languages_where_somebody_changed_the_cells(brought, owner):
    labels = []
    for language in ("kk", "ru", "en"):
        with translation.override(language):
            labels.append(str(Cause.SLEEP.label).upper())
    lines = [f"2026-11-1{i},10:00,3,,{label} | Теңіз" for i, label in enumerate(labels)]
    brought("date,time,mood,note,causes", *lines)
    words = own(owner)
    assert list(words.values()) == ["Теңіз"]
    assert [e.causes for e in entries(owner)] == [["sleep", *words]] * 3


def test_codes_win_over_labels_and_unknown_codes_are_own_words(brought, owner):
    line = "2026-11-16,10:00,UTC+05:00,4,,Қуаныш,joy,Something | X,weather | later-code,,,"
    assert bad(brought(OURS, line)) == []
    [entry] = entries(owner)
    assert (entry.feelings, entry.causes) == (["joy"], ["weather", *own(owner)])
    assert list(own(owner).values()) == ["X"]


def test_a_file_that_a_table_program_saved_anew_is_read(brought, owner):
    response = brought("date;time;zone;mood;note;;", "16.11.2026;9:05:00;UTC+05:00;2;'=1;;", ";;;;;;")
    assert bad(response) == []
    [entry] = entries(owner)
    assert (entry.felt_at, entry.level, entry.note) == (datetime(2026, 11, 16, 4, 5, tzinfo=UTC), 2, "=1")


# Daylio's file


def test_a_file_from_daylio_becomes_entries_in_the_persons_zone(brought, owner):
    response = brought(
        DAYLIO,
        '2026-11-16,16 November,Monday,21:41,rad,"work | Good Sleep | work",Тақырып,"бір\nекі"',
        '"2026-11-15","November 15","Sunday","9:41 PM","awful","","",""',
    )
    assert told(response) == "2 entries are added."
    second, first = entries(owner)[::-1][:2]
    assert (second.level, second.note) == (5, "Тақырып\nбір\nекі")
    assert second.felt_at == datetime(2026, 11, 16, 16, 41, tzinfo=UTC)
    assert second.causes == ["work", *own(owner)]
    assert list(own(owner).values()) == ["Good Sleep"]
    assert (first.level, first.felt_at) == (1, datetime(2026, 11, 15, 16, 41, tzinfo=UTC))


@pytest.mark.parametrize(
    ("word", "level"),
    [
        ("rad", 5),
        ("good", 4),
        ("meh", 3),
        ("bad", 2),
        ("awful", 1),
        ("RAD", 5),
        ("Супер", 5),
        ("хорошо", 4),
        ("Так себе", 3),
        ("плохо", 2),
        ("Ужасно", 1),
        ("Very good", 5),
    ],
)
def test_the_moods_of_daylio_are_known(brought, owner, word, level):
    brought(NEW_DAYLIO, f"2026-11-16,x,y,10:00, {word} ,,Sleep: 4,,")
    assert entries(owner)[0].level == level


@pytest.mark.parametrize(
    ("said", "clock"),
    [
        ("9:41 PM", "21:41"),
        ("9:41 pm", "21:41"),
        ("9:41\u202fp.m.", "21:41"),
        ("12:00 AM", "00:00"),
        ("7:05", "07:05"),
        ("12:30 pm", "12:30"),
        ("23.59", "23:59"),
        ("00:00", "00:00"),
        ("9:41PM", "21:41"),
    ],
)
def test_both_clocks_are_read(brought, owner, said, clock):
    brought(DAYLIO, f"2026-11-16,x,y,{said},good,,,")
    assert f"{entries(owner)[0].felt_at + timedelta(hours=5):%H:%M}" == clock


def test_bold_text_and_lists_of_daylio_become_plain_text(brought, owner):
    brought(DAYLIO, '2026-11-16,x,y,10:00,good,,,"<b>Бүгін</b><br>1 &lt; 2<ul><li>бір</li></ul>"')
    assert entries(owner)[0].note == "Бүгін\n1 < 2бір"


def test_a_note_with_angle_brackets_that_are_no_tags_stays(brought, owner):
    brought(DAYLIO, "2026-11-16,x,y,10:00,good,,,a < b && c > d <3 &lt;")
    assert entries(owner)[0].note == "a < b && c > d <3 &lt;"


def test_words_beyond_the_limits_are_named_and_the_entries_are_kept(brought, owner):
    names = [f"word {i}" for i in range(services.OWN_WORDS + 2)]
    lines = [f"2026-11-16,x,y,10:{i % 60:02},good,{name},,{i}" for i, name in enumerate(names)]
    lines.append(f"2026-11-16,x,y,11:00,good,{'ә' * 41} | word 61,,")
    response = brought(DAYLIO, *lines)
    assert told(response) == f"{len(lines)} entries are added."
    assert owner.mood_words.count() == services.OWN_WORDS
    assert "word 61" in own(owner).values()  # it is used twice, so it comes before those used once
    assert f"word 59, word 60, {'ә' * 40}…" in text_of(page(response).main)


def test_more_words_than_an_entry_can_hold_are_named(brought, owner):
    response = brought(DAYLIO, f"2026-11-16,x,y,10:00,good,{' | '.join(f'w{i}' for i in range(45))},,")
    assert len(entries(owner)[0].causes) == 40
    assert "w40, w41, w42, w43, w44" in text_of(page(response).main)


# Bad lines


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("2026-11-16,x,y,10:00,amazing,,,", "We do not know the mood “amazing”."),
        ("2026-11-16,x,y,10:00,,,,", "There is neither a mood nor a note."),
        ("16/11/26,x,y,10:00,good,,,", "The date cannot be read."),
        ("2026-02-30,x,y,10:00,good,,,", "The date cannot be read."),
        ("2026-11-16,x,y,25:00,good,,,", "The time cannot be read."),
        ("2026-11-16,x,y,13:00 PM,good,,,", "The time cannot be read."),
        ("2026-11-16,x,y,,good,,,", "The time cannot be read."),
        ("2026-11-18,x,y,12:36,good,,,", "This moment has not come yet."),
        ("9999-12-31,x,y,23:59,good,,,", "This moment has not come yet."),
        ("1999-12-31,x,y,23:59,good,,,", "This day is before the year 2000."),
        ("0001-01-01,x,y,00:00,good,,,", "This day is before the year 2000."),
        (f"2026-11-16,x,y,10:00,good,,,{'ә' * 20_001}", "The note is longer than 20000 characters."),
        (f"2026-11-16,x,y,10:00,good,,,{'ә' * 200_000}", "The note is longer than 20000 characters."),
        ("2026-11-16,x,y,10:00,good", "Cells in this line: 5. There should be: 8."),
        ("2026-11-16,x,y,10:00,good,,,a,b", "Cells in this line: 9. There should be: 8."),
        ('2026-11-16,x,y,10:00,good,,,"a"b', "The quotation marks in this line do not fit together."),
        ('2026-11-16,x,y,10:00,good,,,"a', "The quotation marks in this line do not fit together."),
        ("2026-11-16,x,y,10:00,good,,,a\x1bb", "Some characters could not be read."),
        ("2026-11-16,x,y,10:00,good,a\ufffd,,", "Some characters could not be read."),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_kept(brought, owner, line, reason):
    response = brought(DAYLIO, "2026-11-15,x,y,10:00,good,,,", line, '2026-11-14,x,y,10:00,bad,,,"сөз"')
    assert bad(response) == [f"3: {reason}"]
    assert told(response) == "2 entries are added. 1 line could not be read."
    assert [e.level for e in entries(owner)] == [2, 4]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("2026-11-16,10:00,UTC+05:00,6,,,,,,,,", "The mood must be a number from 1 to 5."),
        ("2026-11-16,10:00,UTC+05:00,good,,,,,,,,", "The mood must be a number from 1 to 5."),
        ("2026-11-16,10:00,UTC+05:00,,,joy,joy,,,,,", "There is neither a mood nor a note."),
        ("2026-11-16,10:00,Almaty,3,,,,,,,,", "The time zone cannot be read."),
        ("2026-11-16,10:00,UTC+99:00,3,,,,,,,,", "The time zone cannot be read."),
        ("2026-11-18,12:30,UTC-05:00,3,,,,,,,,", "This moment has not come yet."),
        ("9999-12-31,23:59,UTC-14:00,3,,,,,,,,", "This moment has not come yet."),
    ],
)
def test_a_bad_line_of_our_own_file_is_named(brought, owner, line, reason):
    assert bad(brought(OURS, line)) == [f"2: {reason}"]
    assert entries(owner) == []


def test_an_open_quotation_mark_does_not_swallow_the_lines_after_it(brought, owner):
    good = [f"2026-11-{day:02},10:00,3," for day in range(1, 11)]
    response = brought(SHORT, '2026-10-01,10:00,3,"ашық', *good)
    assert bad(response) == ["2: The quotation marks in this line do not fit together."]
    assert len(entries(owner)) == 10


def test_the_first_hundred_bad_lines_are_shown_and_the_others_counted(brought):
    response = brought(SHORT, *["2026-11-16,10:00,9,"] * 130)
    assert len(bad(response)) == 100
    assert bad(response)[-1].startswith("101: ")
    assert text_of(page(response).select_one("#more-bad-lines")) == "30 more lines could not be read."
    assert told(response) == "0 entries are added. 130 lines could not be read."


def test_a_clock_that_runs_ahead_is_forgiven(brought, owner):
    brought(SHORT, "2026-11-18,12:34,3,")
    assert entries(owner)[0].felt_at == NOW


# The same file twice


@pytest.mark.parametrize(
    ("header", "lines"),
    [
        (DAYLIO, ["2026-11-16,x,y,10:00,good,work | Теңіз,,сөз", "2026-11-16,x,y,10:00,bad,,,"]),
        (SHORT, ["2026-11-16,10:00,4,сөз", "2026-11-16,10:00,2,"]),
        ("date,time,mood,note,id", [f"2026-11-16,10:00,4,сөз,{uuid.uuid4()}" for _ in range(2)]),
    ],
)
def test_the_same_file_twice_adds_nothing(brought, owner, header, lines):
    assert told(brought(header, *lines)) == "2 entries are added."
    owner.mood_words.all().delete()
    assert told(brought(header, *lines)) == "0 entries are added. 2 entries were here already and stay as they are."
    assert len(entries(owner)) == 2
    assert own(owner) == {}


def test_a_line_is_known_again_in_another_clock_language_and_zone(brought, owner):
    brought(DAYLIO, "2026-11-16,16 November,Monday,9:41 PM,good,work,,сөз")
    owner.time_zone = "America/New_York"
    owner.save(update_fields=["time_zone"])
    brought(NEW_DAYLIO, "2026-11-16,16 ноября,понедельник,21:41,хорошо,работа,,,сөз")
    assert len(entries(owner)) == 1


def test_two_people_may_bring_the_same_file(as_person, owner, other_user):
    file = f"{DAYLIO}\n2026-11-16,x,y,10:00,good,Теңіз,,сөз"
    for person in (owner, other_user):
        bring(as_person(person), file)
    assert [e.owner for e in entries(owner) + entries(other_user)] == [owner, other_user]
    assert own(owner).keys().isdisjoint(own(other_user))


def test_the_id_of_somebody_elses_entry_changes_nothing_there(as_person, owner, other_user):
    theirs = keep(other_user, "оныкі")
    bring(as_person(owner), f"date,time,mood,note,id\n2026-11-16,10:00,4,менікі,{theirs.public_id}")
    assert [e.note for e in entries(owner)] == ["менікі"]
    theirs.refresh_from_db()
    assert theirs.note == "оныкі"


# Ways of writing a file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_delimiters_and_line_ends_of_table_programs(as_person, owner, encoding, delimiter, end):
    lines = [["DATE", '"time"', "mood", "note"], ["2026-11-16", "10:00", "4", f'"ұ🌷{delimiter}x"'], []]
    bring(as_person(owner), end.join(delimiter.join(cells) for cells in lines).encode(encoding))
    assert [(e.level, e.note) for e in entries(owner)] == [(4, f"ұ🌷{delimiter}x")]


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (b"", "This file is empty."),
        (b"\xef\xbb\xbf \r\n", "This file is empty."),
        (SHORT, "There are no entries in this file."),
        ("name,score\nx,1", "We do not know the columns of this file."),
        ("<html><p>date,time", "We do not know the columns of this file."),
        (f"{SHORT}\n2026-11-16,10:00,4,слово".encode("cp1251"), "The letters of this file cannot be read."),
        (b"PK\x03\x04\x14\x00\x06\x00\xff\xfe", "This is not a CSV file."),
        (SHORT.encode() + b"\n2026-11-16,10:00,4,\0", "This is not a CSV file."),
        (b"x" * (5 * 1024 * 1024 + 1), "The file is larger than 5.0"),
        (f"{SHORT}\n" + "2026-11-16,10:00,4,\n" * 20_001, "The file has more than 20000 lines."),
        (f"{SHORT}\n" + "\n" * 20_002 + "x", "The file has more than 20000 lines."),
    ],
)
def test_a_file_that_cannot_be_read_at_all_is_refused_in_plain_words(refused, file, said):
    assert refused(file).startswith(said)


@pytest.mark.parametrize("fields", [{}, {"file": ""}, {"file": "text"}])
def test_without_a_file_the_form_asks_for_one(as_person, owner, fields):
    assert errors(as_person(owner).post(PAGE, fields), "file") == "Choose a file first."


@ONCE
@given(
    head=st.sampled_from([b"", b"\xef\xbb\xbf", b"\xff\xfe", DAYLIO.encode() + b"\n", OURS.encode() + b"\n"]),
    body=st.binary(max_size=300) | st.text("\",;\t\n\r'=0123456789-:+awful", max_size=200).map(str.encode),
)
@example(head=DAYLIO.encode() + b"\n", body=b'a""","b""c\n' * 150)
def test_no_bytes_at_all_end_in_an_error_of_the_server(as_person, owner, head, body):
    cache.clear()  # each attempt is the first of the hour
    assert bring(as_person(owner), head + body).status_code == 200


def test_quotation_marks_alone_do_not_keep_the_server_busy(as_person, owner):
    response = bring(as_person(owner), f"{SHORT}\n" + 'a""","b""c\n' * 19_000)
    assert response.status_code == 200
    assert told(response).startswith("0 entries are added.")


# What it costs, and whose it is


def test_the_number_of_queries_does_not_grow_with_the_lines(as_person, owner):
    client, counts = as_person(owner), []
    for year, count in ((2024, 1), (2025, 300)):
        lines = [f"{year}-01-01,{i // 60:02}:{i % 60:02},3,сөз {i}" for i in range(count)]
        with CaptureQueriesContext(connection) as queries:
            bring(client, "\n".join([SHORT, *lines]))
        counts.append(len(queries))
    assert len(entries(owner)) == 301
    assert counts[0] == counts[1] <= 12  # with the savepoints


def test_notes_that_were_brought_are_encrypted_in_the_database(brought):
    brought(SHORT, "2026-11-16,10:00,4,қапия сөз")
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM tracker_moodentry")
        [(stored,)] = cursor.fetchall()
    assert bytes(stored) != b""
    assert "сөз".encode() not in bytes(stored)


def test_other_open_pages_are_told_once(as_person, owner, django_capture_on_commit_callbacks):
    file = "\n".join([SHORT, "2026-11-16,10:00,4,", "2026-11-16,11:00,4,"])
    client = as_person(owner)
    for expected in (1, 0):
        with django_capture_on_commit_callbacks() as callbacks:
            bring(client, file)
        assert len(callbacks) == expected


def test_without_a_sign_in_nothing_is_taken(as_person, owner):
    response = bring(as_person(None), f"{SHORT}\n2026-11-16,10:00,4,")
    assert response.status_code == 302
    assert MoodEntry.objects.count() == 0


def test_a_file_of_another_site_is_refused(owner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner, backend="notifications.backends.AuthenticationBackend")
    assert bring(client, f"{SHORT}\n2026-11-16,10:00,4,").status_code == 403
    assert MoodEntry.objects.count() == 0


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_page_says_what_it_takes(as_person, owner, language):
    response = as_person(owner).get(f"/{language}/mood/files/")
    form = page(response).select_one("main form.form")
    assert (form["enctype"], form.select_one("input[type=file]")["name"]) == ("multipart/form-data", "file")
    assert loose_ends(response) == []
