"""Turning the keys: every value gets the newest key, whatever happens meanwhile, and nothing is lost or overwritten."""

import base64
import os
import subprocess
import sys
from datetime import UTC, datetime
from io import StringIO

import psycopg
import pytest
from django.conf import settings as site
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from emocare import rotation
from tests.support.cast import make_person
from tests.support.outside import database_url
from tests.support.waiting import until
from tests_app import services
from tests_app.models import Run, SafetyPlan
from tracker.models import Draft, MoodEntry, OwnWord

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
TEXTS = {
    "tracker_moodentry.note": (MoodEntry, "note"),
    "tracker_ownword.word": (OwnWord, "word"),
    "tracker_draft.text": (Draft, "text"),
}


def ring(*versions: int) -> str:
    """Return ENCRYPTION_KEYS with these versions."""
    keys = {n: base64.urlsafe_b64encode(bytes([n]) * 32).decode() for n in versions}
    return ",".join(f"{version}:{key}" for version, key in keys.items())


@pytest.fixture(autouse=True)
def _first_key(settings):
    settings.ENCRYPTION_KEYS = ring(1)


def write(owner, count: int = 1) -> list[MoodEntry]:
    made = [MoodEntry(owner=owner, level=3, note=f"Жазба {i}") for i in range(count)]
    return MoodEntry.objects.bulk_create(made)


def notes() -> list[str]:
    return [entry.note for entry in MoodEntry.objects.order_by("pk")]


def versions(column: str = "tracker_moodentry.note") -> dict[int, int]:
    """Return how many values of a column each key sealed, as the database says."""
    table, name = column.split(".")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT get_byte({name}, 0) * 256 + get_byte({name}, 1) AS version, count(*) FROM {table}"  # noqa: S608
            f" WHERE octet_length({name}) > 0 GROUP BY version"
        )
        return dict(cursor.fetchall())


def column_of_notes() -> rotation.Column:
    return next(column for column in rotation.columns() if str(column) == "tracker_moodentry.note")


def newest_note() -> bytes:
    """Return the last note as it is stored."""
    return bytes(MoodEntry.objects.order_by("pk").values_list("note", flat=True).last())


def rotate(*arguments: str) -> str:
    said = StringIO()
    call_command("rotate_keys", *arguments, stdout=said)
    return said.getvalue()


def refused(*arguments: str) -> tuple[str, str]:
    """Run it to its failure; return what it said and why it failed."""
    said = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("rotate_keys", *arguments, stdout=said)
    assert caught.value.returncode == 1
    return said.getvalue(), str(caught.value)


# One after the other


def test_every_encrypted_column_of_every_application_is_turned():
    assert {str(column) for column in rotation.columns()} >= TEXTS.keys()


def test_all_texts_have_the_newest_key_and_are_the_same(owner, settings):
    write(owner, 7)
    OwnWord.objects.create(owner=owner, kind="feeling", word="сағыныш")
    Draft.objects.create(owner=owner, text="Бастадым")
    settings.ENCRYPTION_KEYS = ring(1, 2)
    said = rotate("--batch", "3")
    assert [versions(column) for column in TEXTS] == [{2: 7}, {2: 1}, {2: 1}]
    assert "tracker_moodentry.note: 7 sealed with key 2, 0 left" in said
    settings.ENCRYPTION_KEYS = ring(2)
    assert notes() == [f"Жазба {i}" for i in range(7)]
    assert (OwnWord.objects.get().word, Draft.objects.get().text) == ("сағыныш", "Бастадым")


def test_answers_of_tests_and_the_safety_plan_are_turned_too(owner, instruments, settings):
    run = services.begin(owner=owner, version=instruments["phq9"])
    services.answer(run=run, answers={"1": 2})
    SafetyPlan.objects.create(owner=owner, own_ways="Серуендеу", people="Әпкем")
    settings.ENCRYPTION_KEYS = ring(1, 2)
    rotate()
    columns = ("tests_app_run.answers", "tests_app_safetyplan.own_ways", "tests_app_safetyplan.people")
    assert [versions(column) for column in columns] == [{2: 1}] * 3
    settings.ENCRYPTION_KEYS = ring(2)
    assert (Run.objects.get().answers, SafetyPlan.objects.get().people) == ('{"1": 2}', "Әпкем")
    assert {"tests_app_result.answers"} < {str(column) for column in rotation.columns()}


def test_values_of_several_old_keys_are_turned_and_those_of_the_newest_are_not_touched(owner, settings):
    for keys in (ring(1), ring(1, 2), ring(1, 2, 4)):
        settings.ENCRYPTION_KEYS = keys
        write(owner)
    assert versions() == {1: 1, 2: 1, 4: 1}
    before = newest_note()
    rotate()
    assert versions() == {4: 3}
    assert newest_note() == before


def test_nothing_else_of_a_row_changes(owner, settings):
    [entry] = write(owner)
    MoodEntry.objects.update(updated_at=LONG_AGO)
    kept = MoodEntry.objects.filter(pk=entry.pk).values(*(f.name for f in MoodEntry._meta.fields if f.name != "note"))
    before, settings.ENCRYPTION_KEYS = kept.get(), ring(1, 2)
    rotate()
    assert kept.get() == before
    assert before["updated_at"] == LONG_AGO


def test_what_is_empty_stays_empty(owner, settings):
    MoodEntry.objects.create(owner=owner, level=3)
    settings.ENCRYPTION_KEYS = ring(1, 2)
    assert "note: 0 sealed" in rotate()
    assert notes() == [""]


def test_a_second_run_finds_nothing_to_do(owner, settings):
    write(owner, 3)
    settings.ENCRYPTION_KEYS = ring(1, 2)
    rotate()
    assert "tracker_moodentry.note: 0 sealed with key 2, 0 left" in rotate()


def test_no_more_than_a_batch_is_read_at_once(owner, settings):
    write(owner, 20)
    settings.ENCRYPTION_KEYS = ring(1, 2)
    with CaptureQueriesContext(connection) as queries:
        rotation.rotate(column_of_notes(), batch=4)
    reads = [query["sql"] for query in queries if query["sql"].startswith('SELECT "tracker_moodentry"')]
    assert len(reads) == 11  # the keys and the rows of five batches, and then no more keys
    assert all(" LIMIT 4" in sql or sql.split(" IN (")[1].count(",") == 3 for sql in reads)


# What cannot be opened


def test_a_missing_key_is_counted_and_the_others_are_turned(owner, settings):
    write(owner, 2)
    settings.ENCRYPTION_KEYS = ring(3)
    write(owner, 4)
    settings.ENCRYPTION_KEYS = ring(3, 5)
    said, why = refused("--batch", "1")
    assert versions() == {1: 2, 5: 4}
    assert "tracker_moodentry.note: 4 sealed with key 5, 2 left" in said
    assert "tracker_moodentry.note: 2." in why
    settings.ENCRYPTION_KEYS = ring(1, 3, 5)  # the key was found again
    rotate()
    assert versions() == {5: 6}


def test_a_value_that_was_moved_to_another_row_is_reported_and_left(owner, settings):
    first, second = write(owner, 2)
    with connection.cursor() as cursor:
        copy = "UPDATE tracker_moodentry SET note = (SELECT note FROM tracker_moodentry WHERE id = %s) WHERE id = %s"
        cursor.execute(copy, [first.pk, second.pk])
    settings.ENCRYPTION_KEYS = ring(1, 2)
    said, why = refused()
    assert versions() == {1: 1, 2: 1}
    assert "tracker_moodentry.note: 1." in why
    assert "Жазба" not in said + why


@pytest.mark.parametrize("value", [b"\x00", b"\x00\x01", b"\x00\x01short", b"\x00\x01" + bytes(60)])
def test_a_damaged_value_is_reported_and_left(owner, settings, value):
    write(owner)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE tracker_moodentry SET note = %s", [value])
    settings.ENCRYPTION_KEYS = ring(1, 2)
    assert "tracker_moodentry.note: 1." in refused()[1]
    assert bytes(MoodEntry.objects.values_list("note", flat=True).get()) == value


# What the operator asks


def test_a_check_counts_by_key_and_changes_nothing(owner, settings):
    write(owner, 3)
    settings.ENCRYPTION_KEYS = ring(1, 2, 4)
    write(owner, 2)
    said = rotate("--check")
    assert versions() == {1: 3, 4: 2}
    assert "tracker_moodentry.note: key 1: 3, key 4: 2" in said
    assert "Key 1 is still needed by 3." in said
    assert "Key 2 is no longer needed by the database." in said
    rotate()
    assert "Key 1 is no longer needed by the database." in rotate("--check")


def test_a_check_fails_when_values_need_a_key_that_is_not_there(owner, settings):
    write(owner, 3)
    settings.ENCRYPTION_KEYS = ring(2)
    assert "key 1: 3" in refused("--check")[1]


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        ("", "ENCRYPTION_KEYS is not set."),
        (ring(1) + "," + ring(1).replace("1:", "2:"), "one key under two versions"),
        (ring(2).replace("2:", "1:"), "key 1 opens none of 2 values"),
    ],
    ids=["none", "the same key twice", "replaced instead of added"],
)
def test_keys_that_cannot_be_right_are_refused_before_anything_is_done(owner, settings, keys, why):
    write(owner, 2)
    settings.ENCRYPTION_KEYS = keys
    said, reason = refused()
    assert (said, versions()) == ("", {1: 2})
    assert why in reason


def test_a_batch_of_nothing_is_refused(db):
    assert "--batch" in refused("--batch", "0")[1]


# Beside the live site: processes of their own, and what is committed


def started(*arguments: str, keys: str) -> subprocess.Popen:
    """Start the command as an operator does."""
    return subprocess.Popen(
        [sys.executable, "manage.py", "rotate_keys", *arguments],
        env=os.environ | {"DATABASE_URL": database_url(), "ENCRYPTION_KEYS": keys},
        cwd=site.BASE_DIR,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def somebody_waits() -> bool:
    """Say whether another process waits for a row that this one holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        )
        return cursor.fetchone()[0] > 0


@pytest.fixture
def writer(transactional_db):
    return make_person("writer")


def test_a_run_that_was_killed_in_the_middle_is_finished_by_the_next(writer, settings):
    made = write(writer, 9)
    with transaction.atomic():
        MoodEntry.objects.select_for_update().get(pk=made[4].pk)
        process = started("--batch", "2", keys=ring(1, 2))
        until(somebody_waits, 30)
        process.kill()
        assert process.wait(30) < 0
        process.communicate()
    assert versions() == {1: 4, 2: 5}
    settings.ENCRYPTION_KEYS = ring(1, 2)
    assert "note: 4 sealed with key 2, 0 left" in rotate("--batch", "2")
    assert notes() == [f"Жазба {i}" for i in range(9)]


@pytest.mark.parametrize("sealing", [(1,), (1, 2)], ids=["by a process with the old keys", "with the new keys"])
def test_what_a_person_writes_at_the_same_moment_is_what_stays(writer, settings, sealing):
    entry = write(writer, 3)[1]
    settings.ENCRYPTION_KEYS = ring(*sealing)
    with transaction.atomic():
        entry.note = "Басқа сөз"
        entry.save()
        process = started(keys=ring(1, 2))
        until(somebody_waits, 30)
    said, complaints = process.communicate(timeout=30)
    assert (process.returncode, complaints) == (0, "")
    assert "0 left" in said
    settings.ENCRYPTION_KEYS = ring(2)
    assert notes() == ["Жазба 0", "Басқа сөз", "Жазба 2"]


def test_what_a_person_deletes_at_the_same_moment_is_gone(writer, settings):
    entry = write(writer, 3)[1]
    with transaction.atomic():
        entry.delete()
        process = started(keys=ring(1, 2))
        until(somebody_waits, 30)
    assert "note: 2 sealed with key 2, 0 left" in process.communicate(timeout=30)[0]
    assert versions() == {2: 2}


def test_two_runs_at_once_do_each_row_once(writer, settings):
    write(writer, 300)
    runs = [started("--batch", "5", keys=ring(1, 2)) for _ in range(2)]
    said = [process.communicate(timeout=60) for process in runs]
    assert [process.returncode for process in runs] == [0, 0], said
    done = [int(out.split("tracker_moodentry.note: ")[1].split()[0]) for out, _complaints in said]
    assert sum(done) == 300
    settings.ENCRYPTION_KEYS = ring(2)
    assert notes() == [f"Жазба {i}" for i in range(300)]


def test_a_row_that_somebody_keeps_locked_is_left_for_the_next_run(writer, settings):
    entry = write(writer, 3)[1]
    settings.ENCRYPTION_KEYS = ring(1, 2)
    with psycopg.connect(database_url()) as somebody:
        somebody.execute("SELECT FROM tracker_moodentry WHERE id = %s FOR UPDATE", [entry.pk])
        assert rotation.rotate(column_of_notes(), patience=0.1) == rotation.Outcome(done=2, left=1)
    assert rotation.rotate(column_of_notes(), patience=0.1) == rotation.Outcome(done=1)


def test_a_malformed_key_ends_the_command_with_the_reason_and_without_the_key(db):
    secret = "B" * 41
    process = started(keys=f"1:{secret}")
    complaints = process.communicate(timeout=30)[1]
    assert process.returncode == 1
    assert "ENCRYPTION_KEYS must be version:key pairs" in complaints
    assert secret not in complaints
