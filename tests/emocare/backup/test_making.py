"""Making copies and keeping them: one at a time, whole or not at all, and none for longer than it should be."""

import io
import json
import os
import subprocess
import sys
import tarfile
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pyrage
import pytest
import time_machine
from django.conf import settings as site
from django.core.management import CommandError, call_command

from emocare.backup import container, copies, keys, programs
from emocare.backup.copies import Keeping
from tests.support import backups
from tests.support.backups import make, sql
from tests.support.waiting import until

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("backup")]


@pytest.mark.parametrize(
    ("recipients", "why"),
    [
        ([], "is not set"),
        (["age1nonsense"], "item 1 is not a public key"),
        (["AGE-SECRET-KEY-1QQQQ"], "item 1 is a private key"),
    ],
)
def test_nothing_is_made_without_a_public_key(home, settings, tmp_path, recipients, why):
    settings.BACKUP_RECIPIENTS, settings.BACKUP_DIR = recipients, tmp_path / "none"
    with pytest.raises(CommandError, match=why) as caught:
        make()
    assert "QQQQ" not in str(caught.value)
    assert not settings.BACKUP_DIR.exists()


def test_a_pair_of_keys_is_for_its_owner_alone_and_never_overwritten(tmp_path):
    said, path = StringIO(), tmp_path / "key.txt"
    call_command("new_backup_key", str(path), stdout=said, stderr=StringIO())
    assert said.getvalue().startswith("BACKUP_RECIPIENTS=age1")
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(CommandError, match="is there already"):
        call_command("new_backup_key", str(path))


def test_two_are_not_made_at_once(home):
    with copies.alone(home.folder), pytest.raises(CommandError, match="being made"):
        make()


def test_one_that_was_killed_leaves_nothing_that_is_taken_for_a_copy(own):
    recipients = ",".join(own.recipients)
    variables = {"DATABASE_URL": site.DATABASE_URL, "BACKUP_DIR": str(own.folder), "BACKUP_RECIPIENTS": recipients}
    with own.database.connected() as other:
        other.execute("LOCK TABLE tracker_moodentry")
        command = [sys.executable, "manage.py", "backup"]
        with subprocess.Popen(command, cwd=site.BASE_DIR, env=os.environ | variables) as killed:
            until(lambda: list(own.folder.glob(copies.UNFINISHED)), 60)
            killed.kill()
    assert copies.all_in(own.folder) == {}
    make()
    assert own.copy
    assert not list(own.folder.glob(copies.UNFINISHED))


def test_a_server_that_does_not_answer_is_named_without_its_password(home, settings, tmp_path):
    settings.DATABASE_URL, settings.BACKUP_DIR = "postgres://emocare:secret@127.0.0.1:1/emocare", tmp_path / "none"
    with pytest.raises(CommandError, match="Database emocare") as caught:
        make()
    assert "secret" not in str(caught.value)
    assert copies.all_in(settings.BACKUP_DIR) == {}


NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)  # a Thursday


@pytest.mark.parametrize(
    ("keeping", "ages"),
    [
        # Seven days; the newest of this week and of three before it.
        (Keeping(daily=7, weekly=4, monthly=0, days=30), [0, 1, 2, 3, 4, 5, 6, 11, 18]),
        (Keeping(daily=1, weekly=0, monthly=9, days=30), [0, 26]),
        (Keeping(daily=99, weekly=9, monthly=9, days=3), [0, 1, 2, 3]),
        (Keeping(daily=1, weekly=0, monthly=0, days=1), [0]),
    ],
)
def test_copies_are_kept_by_days_weeks_and_months_and_none_beyond_the_last_day(keeping, ages):
    there = {Path(str(days)): NOW - timedelta(days=days) for days in range(120)}
    gone = copies.superfluous(there, keeping, NOW)
    assert [int(path.name) for path in there if path not in gone] == ages


def test_the_newest_copy_is_kept_however_old_it_is():
    assert copies.superfluous({Path("old"): NOW - timedelta(days=900)}, Keeping(1, 0, 0, 1), NOW) == []


def test_old_copies_go_after_a_new_one_was_made_and_not_when_that_failed(own, settings):
    settings.BACKUP_KEEP = {"daily": 2, "weekly": 0, "monthly": 0}
    own.folder.mkdir()
    old = [own.folder / copies.name_of(NOW - timedelta(days=days)) for days in (1, 2, 40)]
    for path in old:
        path.touch()
        Path(f"{path}.sha256").touch()
    (own.folder / "notes.txt").touch()
    with time_machine.travel(NOW, tick=False):
        settings.BACKUP_FACTS = {"fails": "tests.support.backups.lose_a_file"}
        with pytest.raises(CommandError, match="cannot be made"):
            make()
        assert list(copies.all_in(own.folder)) == old
        settings.BACKUP_FACTS = {}
        make()
    left = {own.folder / copies.name_of(NOW), old[0]}
    assert set(copies.all_in(own.folder)) == left
    expected = {".lock", "notes.txt"} | {path.name for path in left} | {f"{path.name}.sha256" for path in left}
    assert {path.name for path in own.folder.iterdir()} == expected


def test_a_copy_is_readable_by_nobody_else_and_holds_nothing_in_clear(home):
    assert {path.stat().st_mode & 0o777 for path in home.folder.iterdir()} == {0o600}
    assert home.folder.stat().st_mode & 0o777 == 0o700
    assert b"drill@example.kz" not in home.copy.read_bytes()
    done = subprocess.run(["sha256sum", "-c", f"{home.copy.name}.sha256"], cwd=home.folder, check=False)
    assert done.returncode == 0


def test_a_copy_opens_without_emocare(home):
    """What `age -d`, `tar -x` and `cat database.dump.*` do is enough."""
    opened = pyrage.decrypt(home.copy.read_bytes(), keys.identities(home.identity))
    with tarfile.open(fileobj=io.BytesIO(opened)) as tar:
        names = tar.getnames()
        dump = b"".join(tar.extractfile(name).read() for name in names if name.startswith(container.DUMP))
        manifest = json.load(tar.extractfile(container.MANIFEST))
    assert "media/pictures/сурет 1.png" in names
    assert manifest["counts"]["public.accounts_user"] == 1
    assert [member["name"] for member in manifest["members"]] == names[:-2]
    listed = subprocess.run([programs.find("pg_restore", 18), "--list"], input=dump, capture_output=True, check=True)
    assert b"TABLE DATA public tracker_moodentry" in listed.stdout


def test_a_copy_can_be_checked_with_either_of_its_keys(home):
    for identity in (home.identity, home.second_identity):
        said = StringIO()
        call_command("backup", check=home.copy, identity=identity, stdout=said)
        assert "is whole" in said.getvalue()
    with pytest.raises(CommandError, match="belong together"):
        call_command("backup", check=home.copy)


def test_a_copy_says_where_the_chain_of_the_journal_ended(own):
    columns = "(at, actor_role, category, kind, why)"
    sql(f"INSERT INTO accounts_journalentry {columns} VALUES (now(), '', 'look', 'list', 'x')", own.database)  # noqa: S608
    make()
    said = StringIO()
    call_command("backup", check=own.copy, identity=own.identity, stdout=said)
    [(digest,)] = sql("SELECT encode(digest, 'hex') FROM accounts_journallink", own.database)
    assert f"journal head: 1:{digest}\n" in said.getvalue()


def test_the_private_key_can_be_given_without_a_file(home, monkeypatch):
    monkeypatch.setattr("sys.stdin", StringIO(home.identity.read_text()))
    call_command("backup", "--check", str(home.copy), "--identity", "-", stdout=StringIO())


def test_a_dump_larger_than_the_memory_for_it_goes_in_parts(own, monkeypatch):
    monkeypatch.setattr(container, "PART", 10_000)
    make()
    with own.copy.open("rb") as file:
        manifest = container.verify(file, keys.identities(own.identity))
    parts = [member.size for member in manifest.members if member.name.startswith(container.DUMP)]
    assert len(parts) > 2
    assert set(parts[:-1]) == {10_000}


def test_files_that_vanish_meanwhile_are_named(own, settings, monkeypatch):
    settings.BACKUP_FACTS = {"lost": "tests.support.backups.lose_a_file"}
    monkeypatch.setattr(backups, "media", own.media)
    (own.media / "lost.png").touch()
    (own.media / "link.png").symlink_to(own.identity)
    assert "Files that were deleted meanwhile: 1" in make()
    with own.copy.open("rb") as file:
        manifest = container.verify(file, keys.identities(own.identity))
    assert manifest.gone == ["lost.png"]
    assert not {"media/lost.png", "media/link.png"} & {member.name for member in manifest.members}
