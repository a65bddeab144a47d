"""Start programs that do not outlive us, find those that an earlier run left, and stop them."""

import ctypes
import multiprocessing
import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from emocare.local.waiting import until

LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1
PROC = Path("/proc")


@dataclass(frozen=True)
class Account:
    """An unprivileged user of the system that a program runs as."""

    uid: int
    gid: int


def start(
    command: list[str | Path],
    *,
    log: IO[bytes],
    folder: Path,
    environment: dict[str, str],
    at_our_end: signal.Signals,
    account: Account | None = None,
    stdin: int = subprocess.DEVNULL,
) -> subprocess.Popen:
    """Start a program in its own session, so that Ctrl-C reaches only us, and with a signal for it when we end.

    Must be called by the main thread: the kernel sends the signal when the thread that started the program ends.
    """
    switch = {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}
    return subprocess.Popen(
        command,
        stdin=stdin,
        stdout=log,
        stderr=subprocess.STDOUT,
        cwd=folder,
        env=environment,
        start_new_session=True,
        preexec_fn=_ends_with(os.getpid(), at_our_end),
        **switch,
    )


def _ends_with(parent: int, sent: signal.Signals) -> Callable[[], None]:
    # Runs in the child after the change of user, which would clear this setting.
    def ask() -> None:
        LIBC.prctl(PR_SET_PDEATHSIG, int(sent))
        if os.getppid() != parent:
            os._exit(1)

    return ask


def end_with_parent() -> None:
    """Let this process, started by Python's multiprocessing, end when the one that started it does."""
    LIBC.prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL))
    parent = multiprocessing.parent_process()
    if parent is not None and not parent.is_alive():
        os._exit(1)


def stop(process: subprocess.Popen, sent: signal.Signals, seconds: float) -> None:
    """Ask a program to stop, wait, and then end it and all of its session by force."""
    if process.poll() is None:
        process.send_signal(sent)
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
    end_session(process.pid)
    process.wait()


def end_session(leader: int) -> None:
    """End by force what is left of a session that we started."""
    with suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)


def running_in(folder: Path, programs: tuple[str, ...]) -> list[int]:
    """Return the processes of the named programs that work in a folder or below it, though it may be deleted."""
    return [pid for pid, program, place in _all() if program in programs and place.is_relative_to(folder)]


def _all() -> Iterator[tuple[int, str, Path]]:
    deleted = " (deleted)"
    for entry in PROC.iterdir():
        if entry.name.isdecimal():
            try:
                program, place = (entry / "exe").readlink(), (entry / "cwd").readlink()
            except (PermissionError, FileNotFoundError, ProcessLookupError):
                continue  # another user's, or gone by now
            yield int(entry.name), program.name.removesuffix(deleted), Path(str(place).removesuffix(deleted))


def end_leftovers(folder: Path, programs: tuple[str, ...]) -> None:
    """Stop what a killed run left in a folder: it may be stopping by itself already."""
    for sent, seconds in ((None, 3), (signal.SIGINT, 5), (signal.SIGKILL, 5)):
        for pid in running_in(folder, programs) if sent else []:
            try:
                os.kill(pid, sent)
            except ProcessLookupError:
                continue
        if until(lambda: not running_in(folder, programs), seconds):
            return
