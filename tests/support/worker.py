"""The worker as it runs outside tests: a process of its own, on the test database and this test's folders."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.support.logs import personal
from tests.support.outside import database_url, mail_to
from tests.support.waiting import until


def live() -> int:
    """Return how many workers gave a sign of life."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '20 s'")
        return cursor.fetchone()[0]


def listening() -> int:
    """Return how many workers are told at once of what is stored."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND query LIKE 'LISTEN%procrastinate%'"
        )
        return cursor.fetchone()[0]


class Worker:
    """`manage.py work`; `start` may be called again after it ended in any way."""

    def __init__(self, log: Path, more: dict[str, str]) -> None:
        own = {
            "DJANGO_SETTINGS_MODULE": "tests.support.worker_settings",
            "DATABASE_URL": database_url(),
            "MEDIA_ROOT": str(settings.MEDIA_ROOT),
            "JOURNAL_LEDGER": str(settings.JOURNAL_LEDGER),
        }
        self.environment = os.environ | own | more
        self.log = log
        self.process: subprocess.Popen | None = None

    def start(self) -> "Worker":
        """Start it, and wait until it takes tasks."""
        before = listening()
        with self.log.open("ab") as log:
            command = [sys.executable, "manage.py", "work"]
            self.process = subprocess.Popen(
                command, cwd=settings.BASE_DIR, env=self.environment, stdout=log, stderr=log
            )
        until(lambda: listening() > before or self.process.poll() is not None, 40)
        assert self.process.poll() is None, self.log.read_text()
        return self

    def stop(self) -> int:
        """Ask it to stop; return its code when it has ended."""
        self.process.terminate()
        return self.process.wait(30)

    def kill(self) -> None:
        """End it as the kernel does when memory runs out, and let that be a while ago: others wait before they act."""
        before = listening()
        self.process.kill()
        self.process.wait()
        until(lambda: not before or listening() < before)  # or the next one would be taken for this one
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")


@pytest.fixture
def worker(transactional_db, mail_server, tmp_path) -> Iterator[Worker]:
    """A worker that runs; its letters go to the test's mail server."""
    running = Worker(tmp_path / "worker.log", mail_to(mail_server))
    try:
        yield running.start()
    finally:
        if running.process and running.process.poll() is None:
            running.process.kill()
            running.process.wait()
    assert personal(running.log.read_text()) == [], "the worker's log holds what people told"
