"""What can keep Emocare from starting, told in words for the person at the terminal."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FULL = {errno.ENOSPC, errno.EDQUOT}
REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}
IN_THE_WAY = {errno.EEXIST, errno.ENOTDIR}


class Trouble(Exception):
    """Say what is the matter and what to do about it."""


def in_words(error: OSError) -> Trouble | None:
    """Return a full disk or a refused file as trouble; None for what would be a fault of ours."""
    if error.errno in FULL:
        return Trouble(f"the disk is full: cannot write {error.filename or 'a file'}. Free some space and try again.")
    if error.errno in REFUSED and error.filename:
        return Trouble(f"cannot use {error.filename} as {user_name()}: {error.strerror}.{_owner(Path(error.filename))}")
    if error.errno in IN_THE_WAY and error.filename:
        return Trouble(f"{error.filename} is in the way: a folder should be there.")
    return None


def user_name() -> str:
    """Return who runs this, by name where it has one."""
    import pwd

    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return f"user {os.geteuid()}"


def _owner(path: Path) -> str:
    for folder in (path, *path.parents):
        if os.access(folder, os.F_OK):
            return "" if folder.stat().st_uid == os.geteuid() else f" {folder} belongs to another user."
    return ""


@contextmanager
def explained() -> Iterator[None]:
    """End the process with a message instead of a traceback when trouble comes up."""
    try:
        yield
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except Trouble as trouble:
        complain(trouble)
        raise SystemExit(1) from None
    except OSError as error:
        trouble = in_words(error)
        if trouble is None:
            raise
        complain(trouble)
        raise SystemExit(1) from None


def complain(trouble: Trouble) -> None:
    """Print trouble for the person at the terminal."""
    sys.stdout.flush()
    print(f"Emocare: {trouble}", file=sys.stderr)


def tail(log: Path, lines: int = 12, start: int = 0) -> str:
    """Return a log's last lines, indented, from a byte position on."""
    if not log.exists():
        return ""
    text = log.read_bytes()[start:].decode(errors="replace").rstrip()
    return "".join(f"\n    {line}" for line in text.splitlines()[-lines:])
