"""Put a copy back: checked whole first, restored beside what is there, and exchanged only when that is whole too."""

import hashlib
import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import psycopg
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from emocare.backup import container, copies, keys, programs, server
from emocare.backup.container import DAMAGED, DUMP, MEDIA, Manifest
from emocare.backup.errors import BackupError

LONGEST_NAME = 63  # of a database, in bytes
RESTORING, BEFORE = container.OF_RESTORES
IN_USE = "Database {} is in use by {} connections. Stop the site first (web, live and the timers). Nothing was changed."


@dataclass(frozen=True)
class Restored:
    """What a restore did: the copy's manifest, and where that lies which was there before."""

    manifest: Manifest
    former_database: str | None
    former_media: Path | None


def check(path: Path, identity: Path) -> Manifest:
    """Read a whole copy and compare it with its manifest; change nothing."""
    with _opened(path) as file:
        return _checked(path, file, keys.identities(identity))


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        file = path.open("rb")
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error.strerror}.") from error
    with file:
        yield file


def _checked(path: Path, file: BinaryIO, identities: list) -> Manifest:
    copies.check_checksum(path)
    manifest = container.verify(file, identities)
    known = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    unknown = [name for name in manifest.migrations if tuple(name.split(".", 1)) not in known]
    if unknown:
        raise BackupError(
            f"The copy was made by a newer Emocare ({manifest.emocare}): this one does not know "
            f"{', '.join(unknown[:5])}. Update first. Nothing was changed."
        )
    file.seek(0)
    return manifest


def restore(*, path: Path, identity: Path, database: server.Database, media: Path, replace: bool = False) -> Restored:
    """Restore a copy into an empty database and folder, or with `replace` instead of what is there, which is kept."""
    identities = keys.identities(identity)
    try:
        with _opened(path) as file, database.beside(server.MAINTENANCE).connected(autocommit=True) as maintenance:
            manifest = _checked(path, file, identities)
            _check_target(maintenance, database, media, replace=replace)
            return _restore(file, identities, manifest, maintenance, database, media, replace=replace)
    except OSError as error:
        reason = f"{error.strerror or error} ({error.filename or media})"
        raise BackupError(f"The copy cannot be restored: {reason}. Nothing was changed.") from error


def _restore(
    file: BinaryIO,
    identities: list,
    manifest: Manifest,
    maintenance: psycopg.Connection,
    database: server.Database,
    media: Path,
    *,
    replace: bool,
) -> Restored:
    program = programs.find("pg_restore", max(manifest.postgresql, server.version(maintenance)))
    mark = f"{timezone.now().astimezone(UTC):{copies.STAMP}}_{secrets.token_hex(3)}".lower()
    scratch = database.beside(_named(database.name, f"_restoring_{mark}"))
    with ExitStack() as undo:
        new_media = _new_folder(media, f"{RESTORING}{mark}")
        undo.callback(shutil.rmtree, new_media, ignore_errors=True)
        server.create(maintenance, scratch.name)
        # After the exchange it has another name, and there is nothing left to drop.
        undo.callback(server.drop, maintenance, scratch.name)
        _fill(file, identities, manifest, program, scratch, new_media)
        _check_counts(scratch, manifest)
        former = _exchange(maintenance, database, scratch, media, new_media, mark, replace=replace)
    return Restored(manifest, *former)


def _named(name: str, suffix: str) -> str:
    return name.encode()[: LONGEST_NAME - len(suffix)].decode(errors="ignore") + suffix


def _check_target(maintenance: psycopg.Connection, database: server.Database, media: Path, *, replace: bool) -> None:
    """Refuse, before anything is made, what could not be exchanged at the end."""
    if database.name == server.MAINTENANCE:
        raise BackupError(f"A copy is not restored into the database {server.MAINTENANCE}, from which others are made.")
    if not server.may_create(maintenance):
        raise BackupError(
            "The role of DATABASE_URL may not make databases, and a copy is restored into a new one before it takes "
            "the old one's place. As a superuser: ALTER ROLE ... CREATEDB. Nothing was changed."
        )
    if server.exists(maintenance, database.name):
        users = server.users_of(maintenance, database.name)  # before we are one of them
        if not replace and not server.is_empty(database):
            raise BackupError(
                f"Database {database.name} is not empty. With --replace the copy takes its place, and it is kept under "
                "another name. Nothing was changed."
            )
        if users:
            raise BackupError(IN_USE.format(database.name, users))
    if not replace and any(_entries(media)):
        raise BackupError(
            f"{media} is not empty. With --replace the copy takes its place, and what is there is kept in a folder "
            "beside it. Nothing was changed."
        )


def _entries(media: Path) -> Iterator[Path]:
    """Yield what lies at the top of the media, without what a restore made there."""
    if media.exists():
        yield from (path for path in media.iterdir() if not path.name.startswith(container.OF_RESTORES))


def _new_folder(media: Path, name: str) -> Path:
    """Make a folder inside the media: they may be a volume, whose own name cannot be given to another."""
    try:
        media.mkdir(parents=True, exist_ok=True)
        (media / name).mkdir(mode=0o700)
    except OSError as error:
        raise BackupError(f"{media} cannot be written: {error.strerror}. Nothing was changed.") from error
    return media / name


def _fill(
    file: BinaryIO, identities: list, manifest: Manifest, program: Path, scratch: server.Database, media: Path
) -> None:
    expected = {member.name: member for member in manifest.members}
    command = [program, "--exit-on-error", "--no-owner", "--no-privileges", "--no-password", f"--dbname={scratch.name}"]
    with (
        programs.Program(command, scratch.environment(), stdin=subprocess.PIPE) as dump,
        container.opened(file, identities) as tar,
    ):
        for info in tar:
            if info.name in {container.MANIFEST, container.SEAL}:
                continue
            content = tar.extractfile(info)
            digest = hashlib.sha256()
            with ExitStack() as files:
                give = dump.give if info.name.startswith(DUMP) else files.enter_context(_media_file(media, info.name))
                for block in container.blocks_of(content):
                    digest.update(block)
                    give(block)
            if info.name not in expected or expected[info.name].sha256 != digest.hexdigest():
                raise BackupError(DAMAGED.format("it changed while it was read"))
        dump.finish()


@contextmanager
def _media_file(media: Path, name: str) -> Iterator:
    """Yield what writes one file of the media; a name that leads out of the folder is refused."""
    parts = PurePosixPath(name.removeprefix(MEDIA)).parts
    if not name.startswith(MEDIA) or not parts or ".." in parts or parts[0] == "/":
        raise BackupError(DAMAGED.format("it holds what does not belong there"))
    path = media.joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640), "wb") as file:
        yield file.write


def _check_counts(scratch: server.Database, manifest: Manifest) -> None:
    with scratch.connected(autocommit=True) as connection:
        found = server.counts(connection)
        connection.execute("ANALYZE")
    if found != manifest.counts:
        wrong = sorted(name for name in found.keys() | manifest.counts if found.get(name) != manifest.counts.get(name))
        raise BackupError(
            f"After restoring, these tables do not have the rows that the copy counted: {', '.join(wrong)}. "
            "Nothing was changed."
        )


def _exchange(
    maintenance: psycopg.Connection,
    database: server.Database,
    scratch: server.Database,
    media: Path,
    new_media: Path,
    mark: str,
    *,
    replace: bool,
) -> tuple[str | None, Path | None]:
    """Give the new database and media their names, both or neither; return where the former ones lie."""
    former = _named(database.name, f"_before_{mark}")
    _check_target(maintenance, database, media, replace=replace)
    there = server.exists(maintenance, database.name)
    kept = there and not server.is_empty(database)
    try:
        with maintenance.transaction(), _exchanged_media(media, new_media, f"{BEFORE}{mark}") as former_media:
            if there:
                server.rename(maintenance, database.name, former)
            server.rename(maintenance, scratch.name, database.name)
    except psycopg.errors.ObjectInUse as error:
        raise BackupError(IN_USE.format(database.name, server.users_of(maintenance, database.name))) from error
    if there and not kept:
        server.drop(maintenance, former)
    return (former if kept else None), former_media


@contextmanager
def _exchanged_media(media: Path, new: Path, former_name: str) -> Iterator[Path | None]:
    """Move the old files away and the new ones to their place; move them back when the block fails."""
    old = list(_entries(media))
    former = media / former_name
    with ExitStack() as undo:
        if old:
            former.mkdir(mode=0o700)
            undo.callback(former.rmdir)
        for path, target in [*((path, former) for path in old), *((path, media) for path in new.iterdir())]:
            moved = path.rename(target / path.name)
            undo.callback(moved.rename, path)
        yield former if old else None
        undo.pop_all()
