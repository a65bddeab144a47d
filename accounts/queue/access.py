"""What administrators may know of the queue: how much, of what kind, since when; never for whom."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from emocare.background import title_of

MOST = 100  # of the failed ones that a page shows
WORKERS = "SELECT last_heartbeat FROM procrastinate_workers ORDER BY last_heartbeat DESC"
KINDS = """
SELECT
    task_name,
    count(*) FILTER (WHERE due), count(*) FILTER (WHERE status = 'todo' AND NOT due),
    count(*) FILTER (WHERE status = 'doing'), count(*) FILTER (WHERE status = 'failed'),
    min(coalesce(scheduled_at, stored)) FILTER (WHERE due)
FROM (
    SELECT
        task_name, status, scheduled_at,
        status = 'todo' AND coalesce(scheduled_at <= now(), TRUE) AS due,
        (SELECT min(at) FROM procrastinate_events WHERE job_id = job.id AND type = 'deferred') AS stored
    FROM procrastinate_jobs AS job
    WHERE status IN ('todo', 'doing', 'failed')
) AS jobs
GROUP BY task_name
"""
FAILED = """
SELECT id, task_name, attempts, (SELECT max(at) FROM procrastinate_events WHERE job_id = job.id AND type = 'failed')
FROM procrastinate_jobs AS job
WHERE status = 'failed' ORDER BY id DESC LIMIT %s
"""


@dataclass(frozen=True)
class Kind:
    """How the tasks of one name stand."""

    name: str
    due: int
    planned: int
    running: int
    failed: int
    oldest: datetime | None  # since when the first of those that are due waits

    @property
    def title(self) -> str:
        return title_of(self.name)


@dataclass(frozen=True)
class Failed:
    """A task that is not tried again by itself."""

    pk: int
    name: str
    attempts: int
    at: datetime | None

    @property
    def title(self) -> str:
        return title_of(self.name)


def workers() -> list[datetime]:
    """Return the last sign of life of each worker, the newest first."""
    return [at for (at,) in _rows(WORKERS)]


def kinds() -> list[Kind]:
    """Return how the queue stands, by kind of task in the order of their words."""
    return sorted((Kind(*row) for row in _rows(KINDS)), key=lambda kind: kind.title)


def failed() -> list[Failed]:
    """Return the tasks that failed, the newest first."""
    return [Failed(*row) for row in _rows(FAILED, MOST)]


def _rows(query: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()
