"""The worker of a trial, beside the web server: started again when it ends, for the pages do not need it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from emocare.local import paths, processes

STOPPING = 6
LONGEST_PAUSE = 60


class Worker:
    """Run what waits in the background until `stop`."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self._environment: dict[str, str] = {}
        self._process: subprocess.Popen | None = None
        self._began = 0.0
        self._pause = 1.0  # seconds; doubles while it ends soon after its start

    def start(self, environment: dict[str, str]) -> None:
        """Start it; nothing waits until it is there."""
        self._environment = environment
        self._begin()

    def keep(self) -> None:
        """Start it again if it has ended; to be called by the main thread, now and then."""
        if self._process is None or self._process.poll() is None or time.monotonic() < self._began + self._pause:
            return
        lived = time.monotonic() - self._began
        self._pause = 1.0 if lived > LONGEST_PAUSE else min(2 * self._pause, LONGEST_PAUSE)
        self._begin()

    def stop(self) -> None:
        """Let it finish what it is at, briefly, and end."""
        if self._process is not None:
            processes.stop(self._process, signal.SIGTERM, STOPPING)

    def _begin(self) -> None:
        self._began = time.monotonic()
        with paths.turn_over(self.log).open("ab") as output:
            self._process = processes.start(
                [sys.executable, "manage.py", "work"],
                log=output,
                folder=paths.ROOT,
                environment={**os.environ, **self._environment},
                at_our_end=signal.SIGKILL,
            )
