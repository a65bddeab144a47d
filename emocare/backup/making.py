"""Make a copy of the database and the media, beside the live site."""

import os
import stat
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import psycopg
from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from emocare import release
from emocare.backup import container, copies, keys, programs, server
from emocare.backup.container import Manifest, Packer
from emocare.backup.errors import BackupError

LOCK_WAIT = 60_000  # milliseconds for which the dump waits for a table that a migration holds


@dataclass(frozen=True)
class Made:
    """A copy that was made, and the older ones that were deleted for it."""

    path: Path
    manifest: Manifest
    deleted: list[Path]


def make(
    *, database: server.Database, media: Path, folder: Path, recipients: list[str], keeping: copies.Keeping
) -> Made:
    """Make one copy, and then delete those that are not kept any more."""
    public = keys.recipients(recipients)
    now = timezone.now()
    with copies.alone(folder):
        copies.remove_unfinished(folder)
        path = folder / copies.name_of(now)
        if path.exists():
            raise BackupError(f"{path} is there already.")
        try:
            output = copies.Writer(path)
            try:
                manifest = _write(output, database, media, now, public)
                output.commit()
            finally:
                output.abandon()
        except OSError as error:
            reason = f"{error.strerror or error} ({error.filename or path})"
            raise BackupError(f"The copy cannot be made: {reason}.") from error
        try:
            return Made(path, manifest, copies.tidy(folder, keeping, now))
        except OSError as error:
            reason = f"{error.filename}: {error.strerror}"
            raise BackupError(f"{path} was made, but an older copy cannot be deleted: {reason}.") from error


def _write(output: copies.Writer, database: server.Database, media: Path, now: datetime, public: list) -> Manifest:
    with database.snapshot() as (connection, snapshot):
        # Listed now, so that every file that a row of the snapshot names is among them.
        listed = list(media_files(media))
        dump = programs.find("pg_dump", server.version(connection))
        manifest = Manifest(
            made_at=now.isoformat(timespec="seconds"),
            emocare=release.version(),
            postgresql=server.version(connection),
            migrations=server.migrations(connection),
            counts=server.counts(connection),
            facts=_facts(connection, settings.BACKUP_FACTS),
        )
        command = [dump, "--format=custom", "--no-owner", "--no-privileges", "--no-password"]
        command += [f"--snapshot={snapshot}", f"--lock-wait-timeout={LOCK_WAIT}"]
        with programs.Program(command, database.environment(), stdout=subprocess.PIPE) as program:
            container.encrypt(_content(program, media, listed, manifest), output, public)
    return manifest


def _content(dump: programs.Program, media: Path, listed: list[str], manifest: Manifest) -> Iterator[bytes]:
    """Yield the tar."""
    packer = Packer(datetime.fromisoformat(manifest.made_at).timestamp())
    yield from packer.parts(container.DUMP, dump.output)
    dump.finish()
    for name in listed:
        yield from _media(packer, media, name, manifest)
    yield from packer.end(manifest)


def media_files(media: Path) -> Iterator[str]:
    """Yield the names of the files, without links and without what a restore left at the top."""
    for folder, folders, files in os.walk(media):
        if Path(folder) == media:
            folders[:] = [name for name in folders if not name.startswith(container.OF_RESTORES)]
        folders.sort()
        for name in sorted(files):
            path = Path(folder) / name
            if not path.is_symlink():
                yield path.relative_to(media).as_posix()


def _media(packer: Packer, media: Path, name: str, manifest: Manifest) -> Iterator[bytes]:
    try:
        file = os.fdopen(os.open(media / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb")
    except FileNotFoundError:
        manifest.gone.append(name)
        return
    with file:
        before = os.fstat(file.fileno())
        if not stat.S_ISREG(before.st_mode):
            return
        yield from packer.member(container.MEDIA + name, before.st_size, _exactly(file, before.st_size))
        after = os.fstat(file.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        manifest.changed.append(name)


def _exactly(file: BinaryIO, size: int) -> Iterator[bytes]:
    """Yield `size` bytes: a file that grew is cut, one that shrank is filled with zeros; the manifest names both."""
    while size:
        block = file.read(min(size, container.BLOCK)) or bytes(min(size, container.BLOCK))
        size -= len(block)
        yield block


def _facts(connection: psycopg.Connection, sources: Mapping[str, str]) -> dict:
    """Ask the functions of BACKUP_FACTS for what the copy should say of the same moment, such as the journal's head."""
    return {name: import_string(path)(connection) for name, path in sources.items()}
