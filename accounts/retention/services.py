"""The daily run: every period in turn, one at a time in the whole installation, with a report that stays."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.utils import timezone

from accounts.models import RetentionRun
from accounts.retention.table import table

logger = logging.getLogger(__name__)
LOCK = 0x656D6F63_6B656570  # of pg_try_advisory_lock; any number that nothing else takes


@contextmanager
def _alone() -> Iterator[bool]:
    """Say whether no other run is under way; until the end none will be."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        (mine,) = cursor.fetchone()
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def run() -> RetentionRun | None:
    """Let go of all that has had its time and return the report; None while another run is under way.

    A period that fails is named in the report and does not stop the others. The report is written after each of them,
    so that a run that was cut off shows how far it came.
    """
    with _alone() as mine:
        if not mine:
            return None
        report = RetentionRun.objects.create()
        for period in table():
            try:
                report.counts[period.key] = period.action(report.started_at - period.keep)
            except Exception as error:  # noqa: BLE001 -- whatever it is, the others have their turn
                report.failed[period.key] = type(error).__name__
                logger.error("Retention of %s failed: %s", period.key, type(error).__name__)
            report.save(update_fields=["counts", "failed"])
        report.finished_at = timezone.now()
        report.save(update_fields=["finished_at"])
    return report
