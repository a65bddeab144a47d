"""The drill: everything is copied while people write, destroyed and put back; whatever is not whole is refused."""

import hashlib
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tarfile
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

import pyrage
import pytest
import time_machine
from django.conf import settings as site
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper

from accounts.models import User
from emocare.backup import container, copies, keys, programs, server
from emocare.backup.server import Database
from tests.support import backups
from tests.support.waiting import until
from tracker.models import MoodEntry

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("backup")]
NOTE = "Бүгін анама хат жаздым"
SERVER = Database.at(site.DATABASE_URL)


def sql(statement: str, database: Database = SERVER) -> list:
    with database.connected(autocommit=True) as other:
        done = other.execute(statement)
        return done.fetchall() if done.description else []


def remove(name: str) -> None:
    sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def schema(django_db_setup):
    """A database like that of the tests, with the tables and what migrations put into them."""
    name = f"{connection.settings_dict['NAME']}_schema"
    source, new = SERVER.beside(connection.settings_dict["NAME"]), SERVER.beside(name)
    remove(name)
    sql(f'CREATE DATABASE "{name}" TEMPLATE template0')
    dump, restore = programs.find("pg_dump", 18), programs.find("pg_restore", 18)
    plain = subprocess.run([dump, "-Fc"], env=source.environment(), capture_output=True, check=True).stdout
    subprocess.run([restore, f"--dbname={name}"], env=new.environment(), input=plain, check=True)
    yield name
    remove(name)


@pytest.fixture
def database(schema, settings):
    """The database of an installation in which somebody wrote a note."""
    found = SERVER.beside(schema.replace("_schema", "_drill"))
    remove(found.name)
    sql(f'CREATE DATABASE "{found.name}" TEMPLATE "{schema}"')
    settings.DATABASE_URL = urlsplit(site.DATABASE_URL)._replace(path=f"/{found.name}").geturl()
    with_orm = connections["default"].settings_dict | {"NAME": found.name, "OPTIONS": {}}
    connections["drill"] = DatabaseWrapper(with_orm, "drill")
    person = User(email="drill@example.kz", shown_name="Drill")
    person.save(using="drill")
    MoodEntry(owner=person, level=4, note=NOTE).save(using="drill")
    connections["drill"].close()
    yield found
    connections["drill"].close()
    del connections["drill"]
    for (name,) in sql(f"SELECT datname FROM pg_database WHERE datname LIKE '{found.name}%'"):
        remove(name)


@pytest.fixture
def media(settings, tmp_path) -> Path:
    folder = tmp_path / "media"
    (folder / "pictures").mkdir(parents=True)
    (folder / "pictures" / "сурет 1.png").write_bytes(os.urandom(700_001))
    (folder / "empty.txt").touch()
    settings.MEDIA_ROOT = folder
    return folder


@pytest.fixture
def identity(tmp_path) -> Path:
    return tmp_path / "key.txt"


@pytest.fixture
def folder(settings, tmp_path, identity) -> Path:
    """Where the copies go, encrypted for the key of `identity`."""
    settings.BACKUP_DIR = tmp_path / "backups"
    settings.BACKUP_RECIPIENTS = [keys.new_pair(identity)]
    return settings.BACKUP_DIR


@pytest.fixture
def copy(database, media, folder) -> Path:
    """A copy of an installation that is then gone: its database is empty, and so is its folder."""
    call_command("backup", stdout=StringIO())
    destroy(database, media)
    [path] = copies.all_in(folder)
    return path


def destroy(database: Database, media: Path) -> None:
    remove(database.name)
    sql(f'CREATE DATABASE "{database.name}" TEMPLATE template0')
    shutil.rmtree(media)


def restore(copy: Path, identity: Path, *arguments: str) -> str:
    said = StringIO()
    call_command("restore", str(copy), "--identity", str(identity), *arguments, stdout=said)
    return said.getvalue()


def refused(copy: Path, identity: Path, *arguments: str) -> str:
    """Restore what cannot be restored; return why, once it is certain that nothing was changed."""
    before = state()
    with pytest.raises(CommandError) as caught:
        restore(copy, identity, *arguments)
    assert state() == before
    return str(caught.value)


def state() -> tuple:
    """Return the databases of the drill with the tables in them, and the files."""
    named = Database.at(site.DATABASE_URL).name
    names = [name for (name,) in sql(f"SELECT datname FROM pg_database WHERE datname LIKE '{named}%' ORDER BY 1")]
    return [(name, sql("SELECT oid, relname FROM pg_class", SERVER.beside(name))) for name in names], files()


def files() -> dict[str, str]:
    root = Path(site.MEDIA_ROOT)
    found = sorted(path for path in root.rglob("*") if path.is_file()) if root.exists() else []
    return {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def notes() -> list[str]:
    """Return the notes of the drill's database, decrypted."""
    try:
        return [entry.note for entry in MoodEntry.objects.using("drill").order_by("pk")]
    finally:
        connections["drill"].close()


def without_checksum(copy: Path, content: bytes) -> Path:
    """Write a changed copy that no file with a checksum betrays."""
    changed = copy.with_name("changed.tar.age")
    changed.write_bytes(content)
    return changed


# The drill


def test_all_of_one_moment_comes_back_though_people_wrote_meanwhile(database, media, folder, identity, settings):
    settings.BACKUP_FACTS = {name: f"tests.support.backups.{name}" for name in ("checksums", "overtaken")}
    before = files()
    with backups.writing(database, media):
        call_command("backup", stdout=StringIO())
    [copy] = copies.all_in(folder)
    destroy(database, media)
    said = restore(copy, identity)
    with copy.open("rb") as file:
        manifest = container.verify(file, keys.identities(identity))
    assert f"{len(manifest.counts)} tables, {sum(manifest.counts.values())} rows" in said
    with database.connected() as restored:
        assert server.counts(restored) == manifest.counts
        assert backups.checksums(restored) == manifest.facts["checksums"]
    assert manifest.counts["public.django_session"] == manifest.facts["overtaken"]
    assert manifest.facts["overtaken"] % 2 == 0
    assert before.items() <= files().items()
    assert notes() == [NOTE]


def test_a_copy_is_readable_by_nobody_else_and_holds_nothing_in_clear(copy, folder, media):
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700
    assert b"drill@example.kz" not in copy.read_bytes()
    done = subprocess.run(["sha256sum", "-c", f"{copy.name}.sha256"], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0


def test_a_copy_opens_without_emocare(copy, identity):
    """What `age -d`, `tar -x` and `cat database.dump.*` do is enough."""
    opened = pyrage.decrypt(copy.read_bytes(), keys.identities(identity))
    with tarfile.open(fileobj=io.BytesIO(opened)) as tar:
        names = tar.getnames()
        dump = b"".join(tar.extractfile(name).read() for name in names if name.startswith(container.DUMP))
        manifest = json.load(tar.extractfile(container.MANIFEST))
    assert "media/pictures/сурет 1.png" in names
    assert manifest["counts"]["public.accounts_user"] == 1
    assert [member["name"] for member in manifest["members"]] == names[:-2]
    listed = subprocess.run([programs.find("pg_restore", 18), "--list"], input=dump, capture_output=True, check=True)
    assert b"TABLE DATA public tracker_moodentry" in listed.stdout


def test_files_that_vanish_meanwhile_are_named(database, media, folder, identity, settings, monkeypatch):
    settings.BACKUP_FACTS = {"lost": "tests.support.backups.lose_a_file"}
    monkeypatch.setattr(backups, "media", media)
    (media / "lost.png").touch()
    said = StringIO()
    call_command("backup", stdout=said)
    assert "Files that were deleted meanwhile: 1" in said.getvalue()
    [copy] = copies.all_in(folder)
    call_command("backup", check=copy, identity=identity, stdout=said)
    assert "is whole" in said.getvalue()


# What is not whole


def test_a_changed_byte_is_found_wherever_it_is(copy, identity):
    content = copy.read_bytes()
    for place in (5, 60, 120, 190, 250, 400, 5_000, len(content) // 3, len(content) // 2, len(content) - 1):
        changed = bytearray(content)
        changed[place] ^= 1
        assert "Nothing was changed" in refused(without_checksum(copy, bytes(changed)), identity), place


def test_a_copy_that_ends_too_early_or_too_late_is_refused(copy, identity):
    content = copy.read_bytes()
    for length in (0, 20, 200, 65_000, len(content) // 2, len(content) - 16, len(content) - 1):
        assert "Nothing was changed" in refused(without_checksum(copy, content[:length]), identity), length
    assert "damaged" in refused(without_checksum(copy, content + b"more"), identity)


def test_a_copy_and_a_checksum_that_do_not_match_are_refused(copy, identity):
    checksum = copy.with_name(f"{copy.name}.sha256")
    for text in (f"{'0' * 64}  {copy.name}", ""):
        checksum.write_text(text)
        assert "does not have the checksum" in refused(copy, identity)


def test_another_key_opens_nothing(copy, identity, tmp_path):
    keys.new_pair(tmp_path / "another.txt")
    assert "encrypted for another key" in refused(copy, tmp_path / "another.txt")
    identity.write_text("# nothing\n")
    assert "holds no private key" in refused(copy, identity)
    assert "cannot be read" in refused(copy, tmp_path / "missing.txt")


def repacked(copy: Path, identity: Path, **changes) -> Path:
    """Make a copy anew, as somebody can who has the keys, with another manifest."""
    opened = pyrage.decrypt(copy.read_bytes(), keys.identities(identity))
    packer = container.Packer(0)
    with tarfile.open(fileobj=io.BytesIO(opened)) as tar:
        members = [(info.name, tar.extractfile(info).read()) for info in tar.getmembers()]
    blocks = [block for name, content in members[:-2] for block in packer.member(name, len(content), [content])]
    manifest = container.Manifest.read(members[-2][1])
    for name, value in changes.items():
        setattr(manifest, name, value)
    blocks += packer.end(manifest)
    recipients = [found.to_public() for found in keys.identities(identity)]
    return without_checksum(copy, pyrage.encrypt(b"".join(blocks), recipients))


def test_a_copy_of_a_newer_emocare_is_refused(copy, identity):
    assert "format 2" in refused(repacked(copy, identity, format=2), identity)
    newer = repacked(copy, identity, migrations=["accounts.0001_initial", "accounts.9999_later"])
    assert "does not know accounts.9999_later" in refused(newer, identity)


def test_rows_that_are_not_as_counted_are_noticed_before_anything_is_exchanged(copy, identity):
    changed = repacked(copy, identity, counts={"public.accounts_user": 7})
    assert "do not have the rows that the copy counted" in refused(changed, identity)


def test_what_others_encrypted_for_our_public_key_is_refused(copy, identity, settings):
    recipients = [found.to_public() for found in keys.identities(identity)]
    for foreign in (b"", b"some text", bytes(10_240)):
        assert "Nothing was changed" in refused(without_checksum(copy, pyrage.encrypt(foreign, recipients)), identity)
    settings.ENCRYPTION_KEYS = "1:" + "A" * 43
    assert "not made with any of the keys in ENCRYPTION_KEYS" in refused(copy, identity)


# What is there already


def test_what_is_there_is_not_overwritten_unless_one_says_so_and_is_kept_then(database, media, folder, identity):
    call_command("backup", stdout=StringIO())
    [copy] = copies.all_in(folder)
    before = files()
    sql("DELETE FROM tracker_moodentry", database)
    (media / "later.png").touch()
    assert "is not empty. With --replace" in refused(copy, identity)
    said = restore(copy, identity, "--replace")
    assert notes() == [NOTE]
    [former] = [
        name for (name,) in sql("SELECT datname FROM pg_database") if name.startswith(f"{database.name}_before")
    ]
    assert former in said
    assert sql("SELECT count(*) FROM tracker_moodentry", database.beside(former)) == [(0,)]
    [kept] = media.glob(".before-*")
    assert (kept / "later.png").exists()
    shutil.rmtree(kept)
    assert files() == before


def test_a_database_in_use_is_not_exchanged(database, media, folder, identity):
    call_command("backup", stdout=StringIO())
    [copy] = copies.all_in(folder)
    with database.connected():
        assert "in use by 1 connections" in refused(copy, identity, "--replace")


def test_a_drill_goes_into_another_database_and_folder(copy, identity, database, tmp_path):
    name = f"{database.name}_other"
    with pytest.raises(CommandError, match="belong together"):
        restore(copy, identity, "--into", name)
    restore(copy, identity, "--into", name, "--media", str(tmp_path / "other"))
    assert sql("SELECT email FROM accounts_user", database.beside(name)) == [("drill@example.kz",)]
    assert server.is_empty(database)
    assert (tmp_path / "other" / "pictures" / "сурет 1.png").exists()


# Making


def test_nothing_is_made_without_a_public_key(settings, database, media, folder):
    private = str(pyrage.x25519.Identity.generate())
    for values, why in (([], "is not set"), (["age1nonsense"], "item 1 is not"), ([private], "is a private key")):
        settings.BACKUP_RECIPIENTS = values
        with pytest.raises(CommandError, match=why) as caught:
            call_command("backup")
        assert private not in str(caught.value)
    assert not folder.exists()


def test_either_of_two_keys_opens_a_copy(database, media, folder, identity, settings, tmp_path):
    settings.BACKUP_RECIPIENTS += [keys.new_pair(tmp_path / "second.txt")]
    call_command("backup", stdout=StringIO())
    [copy] = copies.all_in(folder)
    for path in (identity, tmp_path / "second.txt"):
        call_command("backup", check=copy, identity=path, stdout=StringIO())


def test_a_pair_of_keys_is_for_its_owner_alone_and_never_overwritten(tmp_path):
    said, path = StringIO(), tmp_path / "key.txt"
    call_command("new_backup_key", str(path), stdout=said, stderr=StringIO())
    assert said.getvalue().startswith("BACKUP_RECIPIENTS=age1")
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(CommandError, match="is there already"):
        call_command("new_backup_key", str(path))


def test_two_at_once_are_one(database, media, folder):
    with copies.alone(folder), pytest.raises(CommandError, match="being made"):
        call_command("backup")
    call_command("backup", stdout=StringIO())


def test_one_that_was_killed_leaves_nothing_that_is_taken_for_a_copy(database, media, folder, settings):
    recipients = ",".join(settings.BACKUP_RECIPIENTS)
    variables = {"DATABASE_URL": settings.DATABASE_URL, "BACKUP_DIR": str(folder), "BACKUP_RECIPIENTS": recipients}
    with database.connected() as other:
        other.execute("LOCK TABLE tracker_moodentry")
        command = [sys.executable, "manage.py", "backup"]
        with subprocess.Popen(command, cwd=site.BASE_DIR, env=os.environ | variables) as killed:
            until(lambda: list(folder.glob(copies.UNFINISHED)))
            killed.send_signal(signal.SIGKILL)
    assert copies.all_in(folder) == {}
    call_command("backup", stdout=StringIO())
    assert sorted(path.suffix for path in folder.iterdir()) == ["", ".age", ".sha256"]


def test_a_server_that_does_not_answer_is_named_without_its_password(folder, media, settings):
    settings.DATABASE_URL = "postgres://emocare:secret@127.0.0.1:1/emocare"
    with pytest.raises(CommandError, match="Database emocare") as caught:
        call_command("backup")
    assert "secret" not in str(caught.value)
    assert copies.all_in(folder) == {}


# Keeping


@pytest.mark.parametrize(
    ("keep", "ages"),
    [
        # On a Thursday: seven days; the newest of this week and of three before it; none beyond thirty days.
        ({"daily": 7, "weekly": 4, "monthly": 0, "days": 30}, [0, 1, 2, 3, 4, 5, 6, 11, 18]),
        ({"daily": 1, "weekly": 0, "monthly": 9, "days": 30}, [0, 26]),
        ({"daily": 99, "weekly": 0, "monthly": 0, "days": 3}, [0, 1, 2, 3]),
        ({"daily": 1, "weekly": 0, "monthly": 0, "days": 1}, [0]),
    ],
)
def test_old_copies_go_after_a_new_one_was_made(database, media, folder, settings, keep, ages):
    settings.BACKUP_KEEP = keep
    now = datetime(2026, 11, 26, 3, tzinfo=UTC)
    folder.mkdir()
    for days in range(1, 120):
        for name in (path := folder / copies.name_of(now - timedelta(days=days))), Path(f"{path}.sha256"):
            name.touch()
    (folder / "notes.txt").touch()
    with time_machine.travel(now, tick=False):
        call_command("backup", stdout=StringIO())
    assert [(now - made).days for made in copies.all_in(folder).values()] == ages
    assert len(list(folder.glob("*.sha256"))) == len(ages)
    assert (folder / "notes.txt").exists()


def test_a_failed_copy_deletes_none(database, media, folder, settings):
    old = folder / copies.name_of(datetime(2020, 1, 1, tzinfo=UTC))
    folder.mkdir()
    old.touch()
    settings.BACKUP_FACTS = {"fails": "tests.support.backups.lose_a_file"}
    with pytest.raises(CommandError, match="cannot be made"):
        call_command("backup")
    assert list(copies.all_in(folder)) == [old]
    assert list(folder.glob(copies.UNFINISHED)) == []
