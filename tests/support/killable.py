"""Emocare's processes on servers of one test alone: each may be killed as the kernel does it, and comes back."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings

from tests.support.outside import mail_to
from tests.support.ports import free_port
from tests.support.servers import Postgres, Valkey
from tests.support.site import answers
from tests.support.waiting import until

SERVE = ("-m", "granian", "--interface", "asginl", "--workers", "1", "--host", "127.0.0.1")
SILENT = "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'"
LISTENING = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%procrastinate%'"


class Killable:
    """PostgreSQL with all that the test's database holds, Valkey, the worker and the web process."""

    def __init__(self, var: Path, mail_server: Any, **more: str):
        self.postgres, self.valkey = Postgres(var), Valkey(var)
        self.log = var / "processes.log"
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = os.environ | {
            "DATABASE_URL": self.postgres.url,
            "REDIS_URL": self.valkey.url,
            "EMOCARE_VAR": str(var),
            "STATIC_ROOT": str(settings.STATIC_ROOT),
            "PYTHONPATH": str(settings.BASE_DIR),
            **mail_to(mail_server),
            **more,
        }
        self.processes: list[subprocess.Popen] = []

    def start(self, *command: str, **options: Any) -> subprocess.Popen:
        """Start a Python of ours; what it says goes to the log."""
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, *command],
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **options,
            )
        self.processes.append(process)
        return process

    def start_worker(self) -> None:
        self.worker = self.start("manage.py", "work")

    def wait_for_worker(self) -> None:
        """Wait until it is told at once of what is stored."""
        until(lambda: self.ask(LISTENING) != [(0,)], 40)

    def kill_worker(self) -> None:
        _kill(self.worker)

    def forget_worker(self) -> None:
        """Let its end be known, and its last sign of life be a while ago: others wait before they act."""
        until(lambda: self.ask(LISTENING) == [(0,)])  # or the next one would be taken for this one
        with psycopg.connect(self.postgres.url) as connection:
            connection.execute(SILENT)

    def start_web(self) -> None:
        self.web = self.start(*SERVE, "--port", str(self.port), "emocare.asgi:application")

    def wait_for_web(self) -> None:
        until(lambda: answers(self.address) or self.web.poll() is not None, 40)
        assert self.web.poll() is None, self.log.read_text()[-2000:]

    def kill_web(self) -> None:
        _kill(self.web)

    def ask(self, query: str) -> list[tuple]:
        """Return what PostgreSQL answers, to us and past Django."""
        with psycopg.connect(self.postgres.url) as connection:
            return connection.execute(query).fetchall()

    def end(self) -> None:
        for process in self.processes:
            _kill(process)
        self.postgres.stop()
        self.valkey.stop()


def _kill(process: subprocess.Popen) -> None:
    """Kill a process and those that it started; one that has ended has none left."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
