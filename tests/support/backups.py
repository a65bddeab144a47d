"""What the drill of the copies needs: an installation on the tests' server, and somebody who goes on writing."""

import hashlib
import io
import os
import secrets
import subprocess
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pyrage
import pytest
from django.conf import settings as site
from django.core.management import CommandError, call_command
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper
from psycopg.sql import SQL, Identifier

from emocare.backup import container, copies, keys, programs
from emocare.backup.server import TABLES, Database
from tests.support.waiting import until
from tracker.models import MoodEntry

SERVER = Database.at(site.DATABASE_URL)
NOTE = "Бүгін анама хат жаздым"
media = Path()  # where `lose_a_file` finds one


def checksums(connection: psycopg.Connection) -> dict[str, str]:
    """Return a digest of every table's rows in an order of their own."""
    found = {}
    for schema, table in connection.execute(TABLES).fetchall():
        query = SQL("SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {} t")
        found[table] = connection.execute(query.format(Identifier(schema, table))).fetchone()[0]
    return found


def overtaken(connection: psycopg.Connection) -> int:
    """Wait until others wrote what this snapshot does not see; return how many sessions it sees."""
    query = "SELECT count(*) FROM django_session"
    [seen] = connection.execute(query).fetchone()
    parameters = connection.info.get_parameters() | {"password": connection.info.password}
    with psycopg.connect(**parameters, autocommit=True) as other:
        until(lambda: other.execute(query).fetchone()[0] > seen)
    return seen


def lose_a_file(connection: psycopg.Connection) -> str:
    """Delete a file while the copy is made."""
    (media / "lost.png").unlink()
    return "lost.png"


@contextmanager
def writing(database: Database, folder: Path) -> Iterator[None]:
    """Write all the time, two rows a transaction and now and then a file, until the block ends."""
    stop, wrote = threading.Event(), threading.Event()

    def write() -> None:
        with database.connected(autocommit=True) as connection:
            while not stop.is_set():
                keys = [secrets.token_hex(16) for _ in range(2)]
                with connection.transaction():
                    for key in keys:
                        connection.execute("INSERT INTO django_session VALUES (%s, 'new', now())", [key])
                (folder / f"{keys[0][:2]}.png").write_bytes(os.urandom(2000))
                wrote.set()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        assert wrote.wait(15)
        yield
    finally:
        stop.set()
        thread.join()


def sql(statement: str, database: Database = SERVER) -> list:
    with database.connected(autocommit=True) as other:
        done = other.execute(statement)
        return done.fetchall() if done.description else []


def databases() -> list[str]:
    """Return the names of the server's databases."""
    return [name for (name,) in sql("SELECT datname FROM pg_database")]


def remove(name: str) -> None:
    sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@dataclass(frozen=True)
class Home:
    """An installation in which somebody wrote a note, with the copy of it and both private keys that open it."""

    database: Database
    media: Path
    folder: Path
    recipients: list[str]
    identity: Path
    second_identity: Path

    @property
    def copy(self) -> Path:
        [path] = copies.all_in(self.folder)
        return path

    def use(self, settings) -> None:
        settings.DATABASE_URL = urlsplit(site.DATABASE_URL)._replace(path=f"/{self.database.name}").geturl()
        settings.MEDIA_ROOT, settings.BACKUP_DIR = self.media, self.folder
        settings.BACKUP_RECIPIENTS = self.recipients


def copy_tables(source: Database, new: Database) -> None:
    remove(new.name)
    sql(f'CREATE DATABASE "{new.name}" TEMPLATE template0')
    dump, restore = programs.find("pg_dump", 18), programs.find("pg_restore", 18)
    plain = subprocess.run([dump, "-Fc"], env=source.environment(), capture_output=True, check=True).stdout
    subprocess.run([restore, f"--dbname={new.name}"], env=new.environment(), input=plain, check=True)


@contextmanager
def orm(database: Database) -> Iterator[None]:
    """Let models use a database under the name `drill`."""
    default = connections["default"].settings_dict
    connections["drill"] = DatabaseWrapper(default | {"NAME": database.name, "OPTIONS": {}}, "drill")
    try:
        yield
    finally:
        connections["drill"].close()
        del connections["drill"]


def make() -> str:
    said = StringIO()
    call_command("backup", stdout=said)
    return said.getvalue()


def restore(copy: Path, identity: Path, *arguments: str) -> str:
    said = StringIO()
    call_command("restore", str(copy), "--identity", str(identity), *arguments, stdout=said)
    return said.getvalue()


def refused(copy: Path, identity: Path, *arguments: str) -> str:
    """Restore what cannot be restored; return why."""
    with pytest.raises(CommandError, match="Nothing was changed") as caught:
        restore(copy, identity, *(arguments or ["--replace"]))
    return str(caught.value)


@contextmanager
def unchanged() -> Iterator[None]:
    """See to it that the installation in use is the same after the block."""
    before = state()
    yield
    assert state() == before


def state() -> tuple:
    """Return the databases of the installation in use, what it holds, and its files."""
    database = Database.at(site.DATABASE_URL)
    names = sorted(name for name in databases() if name.startswith(database.name))
    with database.connected() as other:
        return names, checksums(other), files()


def files() -> dict[str, str]:
    root = Path(site.MEDIA_ROOT)
    found = sorted(path for path in root.rglob("*") if path.is_file()) if root.exists() else []
    return {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def notes(database: Database) -> list[str]:
    """Return the notes of a database, decrypted."""
    with orm(database):
        return [entry.note for entry in MoodEntry.objects.using("drill").order_by("pk")]


def without_checksum(copy: Path, content: bytes) -> Path:
    """Write a changed copy that no file with a checksum betrays."""
    changed = copy.with_name("changed.tar.age")
    changed.write_bytes(content)
    return changed


def repacked(copy: Path, identity: Path, **changes) -> Path:
    """Make a copy anew, as somebody can who has the keys, with another manifest."""
    opened = pyrage.decrypt(copy.read_bytes(), keys.identities(identity))
    packer = container.Packer(0)
    with tarfile.open(fileobj=io.BytesIO(opened)) as tar:
        members = [(info.name, tar.extractfile(info).read()) for info in tar.getmembers()]
    blocks = [block for name, content in members[:-2] for block in packer.member(name, len(content), [content])]
    manifest = replace(container.Manifest.read(members[-2][1]), **changes)
    blocks += packer.end(manifest)
    recipients = [found.to_public() for found in keys.identities(identity)]
    return without_checksum(copy, pyrage.encrypt(b"".join(blocks), recipients))
