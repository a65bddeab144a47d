"""PostgreSQL, Valkey and web processes that a benchmark may kill; they come back at their address with their data."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from emocare.local import places, postgres, processes, services, valkey
from emocare.local.waiting import until

SERVE = ("granian", "--interface", "asginl", "--host", "127.0.0.1", "--workers", "1", "--no-access-log")
ROOT = Path(__file__).resolve().parent.parent


class _Server:
    module: ModuleType

    def __init__(self, var: Path):
        name = self.module.NAME.lower()
        self.log = var / f"{name}.log"
        package = services.package(self.module.MODULE)
        self.place = places.prepare(var / name, "test", package, self.module.DISTRIBUTION)
        self.process, self.url = self.module.start(self.place, "trial", self.log)
        self.port = urlsplit(self.url).port

    def stop(self) -> None:
        """End it for good."""
        processes.stop(self.process, signal.SIGKILL, 5)


class Postgres(_Server):
    """A PostgreSQL of its own, which waits for its disk as in production."""

    module = postgres

    def kill(self) -> None:
        """Shut it down without waiting for anything or anybody, as `pg_ctl stop -m immediate` does."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait()

    def start(self) -> None:
        """Start it again."""
        options = [f"{name}={value}" for name, value in {**postgres.SETTINGS, "port": str(self.port)}.items()]
        command = [self.place.programs / "pginstall" / "bin" / "postgres", "-D", self.place.data]
        with self.log.open("ab") as output:
            self.process = processes.start(
                [*command, *(text for option in options for text in ("-c", option))],
                log=output,
                folder=self.place.data,
                environment=postgres.ENVIRONMENT,
                at_our_end=postgres.STOP,
                account=self.place.account,
            )
        until(lambda: self.process.poll() is not None or postgres.is_ready(self.place, self.process.pid), 60)
        if self.process.poll() is not None:
            raise RuntimeError("PostgreSQL does not come back")


class Valkey(_Server):
    """A Valkey of its own."""

    module = valkey

    def kill(self) -> None:
        """End it as the kernel does when memory runs out."""
        self.process.kill()
        self.process.wait()

    def start(self) -> None:
        """Start it again; what it held is gone."""
        password = urlsplit(self.url).password
        self.process = valkey.launch(self.place, self.log, self.port, password)
        until(lambda: valkey.answers(self.port, password), 30)


class Web:
    """A process with sockets, always at the same port."""

    def __init__(self, environment: dict[str, str], log: Path):
        self.environment, self.log = os.environ | environment, log
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.begin()

    def begin(self) -> None:
        """Start it; `start` also waits."""
        command = [sys.executable, "-m", *SERVE, "--port", str(self.port), "emocare.asgi:application"]
        with self.log.open("ab") as log:
            same: dict[str, Any] = {"stdout": log, "stderr": log, "cwd": ROOT, "env": self.environment}
            self.process = subprocess.Popen(command, start_new_session=True, **same)

    def start(self) -> None:
        self.begin()
        self.wait()

    def wait(self) -> None:
        """Wait until it takes connections."""
        deadline = time.monotonic() + 60
        while not _listens(self.port):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the web process does not answer; see {self.log}")

    def kill(self) -> None:
        """Kill it with all that it started, at once."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    stop = kill


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False
