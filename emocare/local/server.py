"""The web server of a trial: one process for pages and sockets."""

import http.client
import os
import signal
import subprocess
import sys
from pathlib import Path

from emocare.local import paths, processes
from emocare.local.errors import Trouble, tail
from emocare.local.waiting import until

STOPPING = 6
APPLICATION = "emocare.local.web:application"
EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104
LOOPBACK = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104


class Server:
    """Serve on one port until `stop`."""

    def __init__(self, host: str, port: int, log: Path) -> None:
        self.host, self.port, self.log = host, port, log
        self._process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        """Return the address to open on this machine."""
        return address(LOOPBACK.get(self.host, self.host), self.port)

    def start(self, environment: dict[str, str]) -> None:
        """Start it, and wait until it answers."""
        log = paths.turn_over(self.log)
        begin = log.stat().st_size if log.exists() else 0
        options = ["--interface", "asginl", "--ws", "--workers", "1", "--workers-kill-timeout", "3", "--no-access-log"]
        where = ["--host", self.host, "--port", str(self.port)]
        with log.open("ab") as output:
            self._process = processes.start(
                [sys.executable, "-m", "granian", *options, *where, APPLICATION],
                log=output,
                folder=paths.ROOT,
                environment={**os.environ, **environment},
                at_our_end=signal.SIGKILL,
            )
        until(lambda: self.has_ended() or self._answer()[0] == 200, 60, pause=0.05)
        status, text = self._answer()
        if status != 200:
            said = text or tail(self.log, lines=25, start=begin)
            raise Trouble(f"the web server does not come up. It says, in {self.log}:{said}")

    def has_ended(self) -> bool:
        """Say whether it runs no more."""
        return self._process.poll() is not None

    def stop(self) -> None:
        """Let it finish what it is answering, briefly, and end."""
        if self._process is not None:
            processes.stop(self._process, signal.SIGTERM, STOPPING)

    def _answer(self) -> tuple[int, str]:
        host = LOOPBACK.get(self.host, self.host)
        connection = http.client.HTTPConnection(host, self.port, timeout=10)
        try:
            connection.request("GET", "/healthz")
            response = connection.getresponse()
            return response.status, "" if response.status == 200 else f"\n    {response.read(2000).decode()}"
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            connection.close()


def address(host: str, port: int) -> str:
    """Return a web address."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
