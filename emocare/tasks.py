"""Tasks of the background work itself."""

from django.db import connection
from django.utils.translation import gettext_lazy as _

from emocare.background import SLOW, periodic

KEEP_DAYS = 30
DELETE_OLD = """
DELETE FROM procrastinate_jobs AS job
WHERE status IN ('succeeded', 'failed', 'cancelled', 'aborted') AND NOT EXISTS (
    SELECT FROM procrastinate_events WHERE job_id = job.id AND at > now() - make_interval(days => %s)
)
"""
DELETE_OLD_MOMENTS = """
DELETE FROM procrastinate_periodic_defers
WHERE job_id IS NULL AND defer_timestamp < extract(epoch FROM now() - make_interval(days => %s))
"""


@periodic(cron="50 22 * * *", name="emocare.tidy_queue", title=_("Daily clean-up of the queue"), priority=SLOW)
def tidy_queue(timestamp: int) -> None:
    """Delete what failed long ago, and the moments of periodic tasks that exist no more."""
    with connection.cursor() as cursor:
        cursor.execute(DELETE_OLD, [KEEP_DAYS])
        cursor.execute(DELETE_OLD_MOMENTS, [KEEP_DAYS])
