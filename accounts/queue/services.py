"""Trying again what failed."""

from django.db import connection, transaction

from accounts import events
from accounts.choices import EventKind
from accounts.models import User

# From its first attempt on; beside one of the same name that waits already, which does no harm.
AGAIN = """
WITH again AS (
    UPDATE procrastinate_jobs
    SET status = 'todo', attempts = 0, scheduled_at = now(), queueing_lock = NULL, abort_requested = FALSE
    WHERE status = 'failed' AND (%(pk)s::bigint IS NULL OR id = %(pk)s)
    RETURNING id
)
SELECT count(*) FROM again
"""


@transaction.atomic
def try_again(*, actor: User, pk: int | None = None) -> int:
    """Let one task that failed run again, or all of them; return how many there were, and write down who asked."""
    with connection.cursor() as cursor:
        cursor.execute(AGAIN, {"pk": pk})
        (count,) = cursor.fetchone()
    if count:
        events.record(user=actor, kind=EventKind.TASKS_TRIED_AGAIN)
    return count
