"""Locks between processes: the kernel frees them when a process ends, however it ends."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

from emocare.local.waiting import until


class Lock:
    """Hold a file's lock, alone or shared, until it is closed.

    It is freed by closing the file, never by unlocking: a forked child shares it and would take it from us.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: int | None = None

    def take(self, *, shared: bool = False, seconds: float = 0) -> bool:
        """Try to get the lock for some seconds; say whether we have it."""
        file = self._opened()
        mode = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        if until(lambda: _try(file, mode), seconds):
            self._file = file
            return True
        os.close(file)
        return False

    def when_alone(self) -> Callable[[], None]:
        """Return a function that waits until nobody else has the lock, though its file be deleted by then."""
        self._file = self._opened()
        return lambda: fcntl.flock(self._file, fcntl.LOCK_EX)

    def free(self) -> None:
        """Let it go; harmless when we do not have it."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def is_free(self) -> bool:
        """Say whether nobody has it alone; so it is when its folder was deleted."""
        if not self.path.exists():
            return True
        other = Lock(self.path)
        taken = other.take(shared=True)
        other.free()
        return taken

    def _opened(self) -> int:
        return os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _try(file: int, mode: int) -> bool:
    try:
        fcntl.flock(file, mode | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
