"""Encrypted text in a real table: what the database holds, and every way to it."""

import json
import pickle
import uuid

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Lower
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from emocare.crypto import CannotDecrypt
from tracker.models import MoodEntry

PLAIN = "Бүгін маған ауыр болды"
WORDS = ["Бүгін", "маған", "ауыр", "болды"]


@pytest.fixture
def entry(owner) -> MoodEntry:
    made = MoodEntry.objects.create(owner=owner, level=2, note=PLAIN)
    return MoodEntry.objects.get(pk=made.pk)


def raw(entry: MoodEntry) -> bytes:
    """Return what stands in the column."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM tracker_moodentry WHERE id = %s", [entry.pk])
        return bytes(cursor.fetchone()[0])


def whole_row(entry: MoodEntry) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text, note FROM tracker_moodentry t WHERE id = %s", [entry.pk])
        text, note = cursor.fetchone()
        return text.encode() + bytes(note)


def again(entry: MoodEntry) -> MoodEntry:
    return MoodEntry.objects.get(pk=entry.pk)


# What the database holds


def test_the_row_holds_nothing_of_the_text(entry):
    row = whole_row(entry)
    assert not [word for word in WORDS if word.encode() in row or word.encode().hex().encode() in row]


@hypothesis_settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text())
def test_any_text_comes_back_from_the_table(owner, text):
    made = MoodEntry.objects.create(owner=owner, level=2, note=text)
    assert again(made).note == text


def test_two_rows_with_one_text_differ(entry, owner):
    twin = MoodEntry.objects.create(owner=owner, level=2, note=PLAIN)
    assert raw(entry) != raw(twin)


def test_nothing_written_is_nothing_stored(owner):
    made = MoodEntry.objects.create(owner=owner, level=2)
    assert (raw(made), made.note, again(made).note) == (b"", "", "")


def test_a_text_can_be_emptied(entry):
    entry.note = ""
    entry.save()
    assert (raw(entry), again(entry).note) == (b"", "")


# Bound to its row


def test_a_ciphertext_copied_to_another_row_does_not_open(entry, other_user):
    theirs = MoodEntry.objects.create(owner=other_user, level=2, note="x")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE tracker_moodentry SET note = %s WHERE id = %s", [raw(entry), theirs.pk])
    with pytest.raises(CannotDecrypt):
        _ = again(theirs).note


def test_a_row_with_another_public_id_does_not_open(entry):
    MoodEntry.objects.filter(pk=entry.pk).update(public_id=uuid.uuid4())
    with pytest.raises(CannotDecrypt):
        _ = again(entry).note


def test_a_copy_of_an_object_is_encrypted_for_its_own_row(entry):
    copy = again(entry)
    copy.pk, copy.public_id, copy.form_key = None, uuid.uuid4(), uuid.uuid4()
    with pytest.raises(CannotDecrypt), transaction.atomic():  # rather than storing what nobody can ever open
        copy.save()
    copy.note = entry.note
    copy.save()
    assert again(copy).note == again(entry).note == PLAIN


# Every way to it


def test_a_list_that_shows_no_text_opens_none(entry, settings):
    settings.ENCRYPTION_KEYS = "9:" + "A" * 43
    assert [found.level for found in MoodEntry.objects.all()] == [2]
    with pytest.raises(CannotDecrypt):
        _ = again(entry).note


def test_a_new_key_encrypts_at_the_next_writing_and_the_old_one_still_opens(entry, settings):
    settings.ENCRYPTION_KEYS = f"{settings.ENCRYPTION_KEYS},1000:{'A' * 43}"
    assert again(entry).note == PLAIN
    unread = again(entry)
    unread.save()
    assert raw(entry)[:2] == (1000).to_bytes(2, "big")
    assert again(entry).note == PLAIN


def test_only_the_named_fields_are_written(entry):
    before, entry.level, entry.note = raw(entry), 5, "басқа сөз"
    entry.save(update_fields=["level"])
    assert (again(entry).level, raw(entry)) == (5, before)
    entry.save(update_fields=["note"])
    assert again(entry).note == "басқа сөз"


@pytest.mark.parametrize("narrow", [lambda q: q.defer("note"), lambda q: q.only("level"), lambda q: q.only("note")])
def test_a_text_that_was_left_out_is_fetched_when_asked_for(entry, narrow):
    assert narrow(MoodEntry.objects).get().note == PLAIN


@pytest.mark.parametrize("fields", [None, ["level"], ["note"], ["note", "level"]])
def test_saving_what_was_left_out_loses_nothing(entry, fields):
    found = MoodEntry.objects.defer("note").get()
    found.level = 5
    found.save(update_fields=fields)
    assert again(entry).note == PLAIN


def test_refreshing_takes_the_text_of_the_table(entry):
    assert entry.note == PLAIN
    other = again(entry)
    other.note = "басқа сөз"
    other.save()
    entry.note = "сақталмаған"
    entry.refresh_from_db()
    assert entry.note == "басқа сөз"
    entry.note = "сақталмаған"
    entry.refresh_from_db(fields=["note"])
    assert entry.note == "басқа сөз"


@pytest.mark.parametrize(
    "read",
    [
        lambda q: list(q.values()),
        lambda q: list(q.values("note")),
        lambda q: list(q.values_list("note", flat=True)),
        lambda q: list(q.annotate(copy=F("note")).values_list("copy")),
    ],
)
def test_values_give_no_plain_text(entry, read):
    assert not [word for word in WORDS if word in str(read(MoodEntry.objects))]


@pytest.mark.parametrize(
    "ask",
    [
        lambda q: q.filter(note=PLAIN),
        lambda q: q.filter(note__exact=PLAIN),
        lambda q: q.exclude(note=PLAIN),
        lambda q: q.filter(note__contains="ауыр"),
        lambda q: q.filter(note__icontains="ауыр"),
        lambda q: q.filter(note__in=[PLAIN]),
        lambda q: q.filter(note__startswith="Б"),
        lambda q: q.filter(note__gt=""),
        lambda q: q.filter(note__regex="."),
    ],
)
def test_filtering_by_the_text_is_an_error_and_never_an_empty_answer(entry, ask):
    with pytest.raises((FieldError, TypeError)):
        list(ask(MoodEntry.objects))


@pytest.mark.parametrize(
    "write",
    [
        lambda q: q.update(note=PLAIN),
        lambda q: q.update(note=Value(PLAIN)),
        lambda q: q.update(note=Lower(Value(PLAIN))),
        lambda q: q.update(note=F("note")),
    ],
)
def test_updating_by_text_is_an_error_and_never_plain_text_in_the_table(entry, write):
    before = raw(entry)
    with pytest.raises(TypeError, match="encrypted"), transaction.atomic():
        write(MoodEntry.objects)
    assert raw(entry) == before


def test_many_at_once_are_encrypted_too(owner):
    made = MoodEntry.objects.bulk_create([MoodEntry(owner=owner, level=2, note=word) for word in WORDS])
    assert [again(entry).note for entry in made] == WORDS
    assert not [word for word, entry in zip(WORDS, made, strict=True) if word.encode() in raw(entry)]


def test_updating_many_objects_at_once_is_refused(entry):
    entry.note = "басқа сөз"
    with pytest.raises(TypeError, match="encrypted"), transaction.atomic():
        MoodEntry.objects.bulk_update([entry], ["note"])
    assert again(entry).note == PLAIN


def test_a_full_check_accepts_and_keeps_the_text(entry):
    entry.full_clean()
    assert entry.note == PLAIN


@pytest.mark.parametrize("read_before", [True, False])
def test_an_object_can_be_carried_to_another_process(entry, read_before):
    if read_before:
        assert entry.note
    assert pickle.loads(pickle.dumps(entry)).note == PLAIN  # noqa: S301


@pytest.mark.parametrize("kind", ["json", "xml", "python", "jsonl"])
def test_a_dump_of_the_tables_never_holds_the_text(entry, kind):
    with pytest.raises(TypeError, match="pg_dump"):
        serializers.serialize(kind, MoodEntry.objects.all())


def test_everything_else_of_a_row_can_be_dumped(entry):
    [dumped] = json.loads(serializers.serialize("json", MoodEntry.objects.all(), fields=["level"]))
    assert dumped["fields"] == {"level": 2}
