"""Whether work in the background is late, so that a page that promises some, `/healthz` and `/metrics` say the same."""

from django.core.cache import cache
from django.db import connection
from redis.exceptions import RedisError

KEY = "background-late"
KNOWN_FOR = 15  # seconds
SILENT = 60  # seconds without a sign of any worker
WAITING = 120  # seconds for which something waits whose time has come
# Seconds since the last sign of any worker, and for which the oldest waits whose time has come.
# What waits from the start has no moment in its row: the lowest number came first, and its event tells when.
STATE = """
SELECT
    extract(epoch FROM now() - (SELECT max(last_heartbeat) FROM procrastinate_workers))::float8,
    extract(epoch FROM now() - least(
        (SELECT min(scheduled_at) FROM procrastinate_jobs WHERE status = 'todo' AND scheduled_at <= now()),
        (SELECT min(at) FROM procrastinate_events WHERE type = 'deferred' AND job_id =
            (SELECT min(id) FROM procrastinate_jobs WHERE status = 'todo' AND scheduled_at IS NULL))
    ))::float8
"""


def is_late() -> bool:
    """Say whether letters, downloads and the like take longer than usual now: no worker, or too much to do.

    The answer is some seconds old. Without Valkey it is no: a page that cannot know promises nothing less.
    """
    try:
        known = cache.get(KEY)
        if known is None:
            known = means_late(*_ask())
            cache.set(KEY, known, KNOWN_FOR)
    except (RedisError, OSError):
        return False
    return known


def means_late(silent: float | None, waiting: float | None) -> bool:
    """Say whether an answer to STATE means that work is late."""
    return silent is None or silent > SILENT or (waiting or 0) > WAITING


def has_worker() -> bool:
    """Say whether a worker gave a sign of life within the last minute."""
    silent, _waiting = _ask()
    return silent is not None and silent <= SILENT


def _ask() -> tuple[float | None, float | None]:
    with connection.cursor() as cursor:
        cursor.execute(STATE)
        return cursor.fetchone()
