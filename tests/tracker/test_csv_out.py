"""One's entries as a CSV file: all of them, only one's own, harmless in a table program."""

import csv
import io
import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.models import User
from emocare import sheets
from emocare.forms import PlainTextField
from tests.support.html import page, text_of
from tracker import csv_out, services
from tracker.models import MoodEntry

ONCE = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
NOW = datetime(2026, 11, 18, 7, 30, tzinfo=UTC)  # Wednesday, 12:30 in Almaty
PAGE = "/en/mood/files/"
FILE = "/en/mood/files/emocare-mood.csv"


@pytest.fixture(autouse=True)
def _wednesday():
    with time_machine.travel(NOW, tick=False):
        yield


def keep(owner: User, note: str = "", level: int | None = 4, **more) -> MoodEntry:
    """Record an entry for a person."""
    entry, _created = services.record_mood(
        owner=owner, **{"felt_at": NOW, "form_key": uuid.uuid4(), "level": level, "note": note} | more
    )
    return entry


def bring(client: Client, file: str | bytes, address: str = PAGE):
    """Upload a file as a browser does."""
    data = file if isinstance(file, bytes) else file.encode()
    return client.post(address, {"file": SimpleUploadedFile("журнал.csv", data, "text/csv")})


def told(response) -> str:
    return text_of(page(response).select_one("#import-result[role=status]"))


def bad(response) -> list[str]:
    """Return the lines that the page names as bad, as `number: reason`."""
    found = page(response).select("#bad-lines tbody tr")
    return [f"{text_of(row.th)}: {text_of(row.td)}" for row in found]


def entries(owner: User) -> list[MoodEntry]:
    return list(MoodEntry.objects.of(owner).reverse())


def own(owner: User) -> dict[str, str]:
    return {word.code: word.word for word in owner.mood_words.all()}


def content(response) -> bytes:
    return b"".join(response.streaming_content)


def rows(response) -> list[dict[str, str]]:
    """Return the lines of the file as a table program reads them."""
    return list(csv.DictReader(io.StringIO(content(response).decode("utf-8-sig"), newline="")))


def test_every_entry_is_in_the_file_oldest_first_with_the_persons_clock(as_person, owner):
    keep(owner, "кейін")
    keep(owner, "бұрын", level=1, felt_at=NOW - timedelta(days=400))
    first, last = rows(as_person(owner).get(FILE))
    assert (first["date"], first["time"], first["zone"]) == ("2025-10-14", "12:30", "UTC+05:00")
    assert (first["mood"], first["mood_word"], first["note"]) == ("1", "Very bad", "бұрын")
    assert last["note"] == "кейін"


def test_the_columns_have_stable_english_names_in_every_language(as_person, owner):
    heads = {content(as_person(owner).get(f"/{code}/mood/files/emocare-mood.csv")) for code in ("kk", "ru", "en")}
    assert heads == {"\ufeff{}\r\n".format(",".join(csv_out.COLUMNS)).encode()}


def test_words_are_written_in_the_persons_language_beside_their_codes(as_person, owner):
    keep(owner, feelings=["calm"], causes=["sleep"], own_causes=["Теңіз", "a | b", "=1"])
    [row] = rows(as_person(owner).get("/kk/mood/files/emocare-mood.csv"))
    with translation.override("kk"):
        assert row["mood_word"] == MoodEntry.objects.get().get_level_display()
    assert (row["feeling_codes"], row["cause_codes"]) == ("calm", "sleep | own | own | own")
    assert row["causes"].endswith(" | Теңіз | a || b | =1")


def test_an_entry_without_a_mood_has_empty_cells_for_it(as_person, owner):
    entry = keep(owner, "тек сөз", level=None, prompt="thanks")
    [row] = rows(as_person(owner).get(FILE))
    assert (row["mood"], row["mood_word"], row["prompt"], row["id"]) == ("", "", "thanks", str(entry.public_id))


def test_a_word_that_was_removed_is_left_out(as_person, owner):
    entry = keep(owner, own_feelings=["Толқу"])
    services.delete_own_word(word=owner.mood_words.get())
    MoodEntry.objects.filter(pk=entry.pk).update(feelings=[uuid.uuid4().hex])
    assert rows(as_person(owner).get(FILE))[0]["feelings"] == ""


def test_nobody_elses_entries_or_words_are_in_the_file(as_person, owner, other_user, admin):
    keep(owner, "менікі", own_causes=["Құпия"])
    for person in (other_user, admin):
        assert rows(as_person(person).get(FILE)) == []
    keep(other_user, "оныкі")
    assert [row["note"] for row in rows(as_person(owner).get(FILE))] == ["менікі"]


def test_without_a_sign_in_there_is_no_file(as_person, owner):
    response = as_person(None).get(FILE)
    assert response.status_code == 302
    assert "/account/login/" in response.headers["Location"]


def test_the_file_is_kept_nowhere_and_its_name_tells_nothing(as_person, owner):
    response = as_person(owner).get(FILE)
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="emocare-mood.csv"'
    assert as_person(owner).post(FILE).status_code == 405


@pytest.mark.parametrize("note", ["=1+1", "+7 700", "-жоқ", "@me", "'=1", "''=1", "＝1", "=cmd|' /C calc'!A0"])
def test_no_cell_is_a_formula_for_a_table_program(as_person, owner, note):
    keep(owner, note, own_causes=[note[:20]])
    [row] = rows(as_person(owner).get(FILE))
    assert row["note"] == f"'{note}"
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝")) for cell in row.values())


@pytest.mark.parametrize("note", ["'tis", "''", 'ол "иә" деді', "a,b;c", "бір\nекі\n\nүш", "1 = 1", "🌷"])
def test_what_is_no_formula_stays_as_it_was_written(as_person, owner, note):
    keep(owner, note)
    assert rows(as_person(owner).get(FILE))[0]["note"] == note


@pytest.mark.parametrize("cell", ["=", "'=", "''=", "'", "''", "", "a", "'a", "\t", "-1", "'-1", "\n="])
def test_an_apostrophe_against_formulas_can_always_be_taken_off(cell):
    assert sheets.as_written(sheets.defused(cell)) == cell


@pytest.mark.parametrize(
    ("zone", "offset"), [("America/New_York", "UTC-05:00"), ("UTC", "UTC+00:00"), ("Asia/Kathmandu", "UTC+05:45")]
)
def test_the_offset_is_that_of_the_persons_zone(as_person, owner, zone, offset):
    owner.time_zone = zone
    owner.save(update_fields=["time_zone"])
    keep(owner)
    assert rows(as_person(owner).get(FILE))[0]["zone"] == offset


def test_a_large_file_is_sent_in_parts_with_as_many_queries_as_a_small_one(as_person, owner):
    client, counts = as_person(owner), []
    for more in (1, 2 * csv_out.AT_ONCE):
        MoodEntry.objects.bulk_create([MoodEntry(owner=owner, level=3, note="ә") for _ in range(more)])
        with CaptureQueriesContext(connection) as queries:
            parts = list(client.get(FILE).streaming_content)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 5
    assert len(parts) == 4  # the head, two full parts and one entry


def test_the_page_leads_to_the_file(as_person, owner):
    soup = page(as_person(owner).get(PAGE))
    assert soup.select_one(f"main a.button[href='{FILE}']")


# Out of one account and into another


def named(owner: User) -> list[tuple]:
    """Return all that a file carries of each entry, own words by name."""
    words = own(owner)
    return [
        (
            e.felt_at,
            e.level,
            e.note,
            e.prompt,
            [words.get(c, c) for c in e.feelings],
            [words.get(c, c) for c in e.causes],
        )
        for e in entries(owner)
    ]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_what_one_person_takes_along_another_account_receives_whole(as_person, owner, other_user, language):
    keep(owner, "бірінші\nекінші", feelings=["joy", "calm"], own_feelings=["Толқу"], own_causes=["Теңіз", "x | y"])
    keep(owner, '=тек, "сөз"', level=None, prompt="thanks", felt_at=NOW - timedelta(days=9), causes=["care"])
    keep(owner, level=1, felt_at=NOW - timedelta(days=900))
    file = content(as_person(owner).get(f"/{language}/mood/files/emocare-mood.csv"))
    assert bad(bring(as_person(other_user), file)) == []
    assert named(other_user) == named(owner)
    assert {e.public_id for e in entries(owner)}.isdisjoint(e.public_id for e in entries(other_user))


def test_an_account_in_another_zone_receives_the_same_moments(as_person, owner, other_user):
    other_user.time_zone = "America/New_York"
    other_user.save(update_fields=["time_zone"])
    keep(owner, felt_at=NOW - timedelta(days=120))
    bring(as_person(other_user), content(as_person(owner).get(FILE)))
    assert entries(other_user)[0].felt_at == NOW - timedelta(days=120)


def test_ones_own_file_adds_nothing_to_the_account_it_came_from(as_person, owner):
    keep(owner, "біреу")
    response = bring(as_person(owner), content(as_person(owner).get(FILE)))
    assert told(response) == "0 entries are added. 1 entry was here already and stays as it is."
    assert MoodEntry.objects.count() == 1


@ONCE
@given(notes=st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n\t")), max_size=5))
@example(notes=["'=1", "''", "=1", "'", "\ta", '"', ",", "a\n\n=b", "\ufeff", "\u2028", "|", "@'"])
def test_any_note_that_can_be_written_comes_back_as_it_was(as_person, owner, other_user, notes):
    cache.clear()  # each attempt is the first of the hour
    MoodEntry.objects.all().delete()
    for i, note in enumerate(notes):
        if "\ufffd" not in note:
            keep(owner, PlainTextField(required=False).clean(note), felt_at=NOW - timedelta(days=i))
    file = content(as_person(owner).get(FILE))
    assert not entries(owner) or bad(bring(as_person(other_user), file)) == []
    assert [e.note for e in entries(other_user)] == [e.note for e in entries(owner)]
