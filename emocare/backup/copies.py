"""The folder of the copies: their names, which of them are kept, and the lock that lets one be made at a time."""

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from emocare.backup.errors import BackupError

STAMP = "%Y%m%dT%H%M%SZ"
NAME = re.compile(r"emocare-(\d{8}T\d{6}Z)\.tar\.age")
UNFINISHED = ".emocare-*.part"
CHECKSUM = ".sha256"
BLOCK = 1024 * 1024


@dataclass(frozen=True)
class Keeping:
    """How many copies are kept: the newest of each of the last days, weeks and months that have one."""

    daily: int
    weekly: int
    monthly: int
    days: int  # beyond which none is kept, so that whoever was erased leaves the copies too


def name_of(moment: datetime) -> str:
    return f"emocare-{moment.astimezone(UTC).strftime(STAMP)}.tar.age"


def all_in(folder: Path) -> dict[Path, datetime]:
    """Return the whole copies and when each was begun, newest first."""
    found = {}
    for path in folder.iterdir():
        if match := NAME.fullmatch(path.name):
            try:
                found[path] = datetime.strptime(match[1], STAMP).replace(tzinfo=UTC)
            except ValueError:
                continue  # named by hand
    return dict(sorted(found.items(), key=lambda item: item[1], reverse=True))


def superfluous(copies: dict[Path, datetime], keeping: Keeping, now: datetime) -> list[Path]:
    """Return the copies that are not kept; those of the last 24 hours and the newest of all always are."""
    kept = {path for path, made in copies.items() if now - made < timedelta(days=1)}
    kept.update(list(copies)[:1])
    for count, period in ((keeping.daily, "%Y-%m-%d"), (keeping.weekly, "%G-%V"), (keeping.monthly, "%Y-%m")):
        newest: dict[str, Path] = {}
        for path, made in copies.items():
            newest.setdefault(made.strftime(period), path)
        kept.update(list(newest.values())[:count])
    too_old = {path for path, made in list(copies.items())[1:] if now - made > timedelta(days=keeping.days)}
    return [path for path in copies if path not in kept or path in too_old]


def tidy(folder: Path, keeping: Keeping, now: datetime) -> list[Path]:
    """Delete what is not kept any more; call it after a copy was made, with the lock."""
    gone = superfluous(all_in(folder), keeping, now)
    for path in gone:
        path.unlink()
    for checksum in folder.glob(f"emocare-*{CHECKSUM}"):
        if not checksum.with_name(checksum.name.removesuffix(CHECKSUM)).exists():
            checksum.unlink()
    return gone


def remove_unfinished(folder: Path) -> None:
    """Delete what interrupted runs left; call it with the lock."""
    for path in folder.glob(UNFINISHED):
        path.unlink()


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Make the folder and be the only one who makes a copy in it; the kernel frees the lock however we end."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise BackupError(f"BACKUP_DIR {folder} cannot be used: {error.strerror}.") from error
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupError(f"A copy is being made in {folder} already.") from None
        yield
    finally:
        os.close(file)


class Writer:
    """A file that takes its name only when it is whole and on the disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._unfinished = path.with_name(f".{path.name}.part")
        self._digest = hashlib.sha256()
        self._file = os.fdopen(os.open(self._unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")

    def write(self, block: bytes) -> int:
        self._digest.update(block)
        return self._file.write(block)

    def flush(self) -> None:
        self._file.flush()

    def commit(self) -> None:
        """Give the file its name, and its checksum a file beside it, in the format of sha256sum."""
        _to_disk(self._file)
        # The checksum comes first: alone it is no copy, while a copy without it might be thought damaged.
        checksum = self.path.with_name(self.path.name + CHECKSUM)
        unfinished = checksum.with_name(f".{checksum.name}.part")
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(f"{self._digest.hexdigest()}  {self.path.name}\n".encode())
            _to_disk(file)
        unfinished.rename(checksum)
        self._unfinished.rename(self.path)
        folder = os.open(self.path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)

    def abandon(self) -> None:
        """Leave nothing behind."""
        self._file.close()
        self._unfinished.unlink(missing_ok=True)


def _to_disk(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
    file.close()


def check_checksum(path: Path) -> bool:
    """Compare a copy with the checksum beside it; say whether there was one."""
    checksum = path.with_name(path.name + CHECKSUM)
    if not checksum.exists():
        return False
    words = checksum.read_text(encoding="utf-8", errors="replace").split()
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    if not words or words[0].lower() != digest.hexdigest():
        raise BackupError(
            f"{path} does not have the checksum that {checksum.name} says: it is damaged or was exchanged. Take "
            "another copy. Nothing was changed."
        )
    return True
