"""Work that pages do not wait for: tasks in PostgreSQL, run by the worker. docs/decisions/0024-background-work.md

An app puts its tasks into its module `tasks`. A task is stored in the transaction of what causes it, so that it is
neither lost nor run for something that did not happen; it may run twice, and does no harm then.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import transaction
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job
from procrastinate.manager import JobManager
from procrastinate.tasks import Task

from emocare.background.lateness import is_late

__all__ = [
    "NEWS",
    "PAUSES",
    "SAFETY",
    "SHORT",
    "SLOW",
    "TITLES",
    "USUAL",
    "GiveUp",
    "TryLater",
    "is_late",
    "later",
    "periodic",
    "task",
    "title_of",
]

PAUSES = (5, 30, 120, 600, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600)  # seconds before the next attempt
# The same for what comes again soon by itself, or keeps others of its lock back while it waits.
SHORT = (5, 30)
# Priorities: what is about danger goes first, long work last; news do not keep back what somebody has just asked for.
SAFETY, USUAL, NEWS, SLOW = 10, 0, -1, -10
# In the worker too, where procrastinate's own connector would store a task beside the transaction, not in it.
_with_the_transaction = JobManager(connector=DjangoConnector())
TITLES: dict[str, Any] = {}  # of tasks by their names
PATIENT: set[str] = set()  # names of tasks that are tried more often than usual


class TryLater(Exception):
    """It cannot be done now; `seconds` is for how long the other side asks us to wait, if it does."""

    def __init__(self, why: str, seconds: int | None = None):
        super().__init__(why)
        self.seconds = seconds


class GiveUp(Exception):
    """It will never work: the task has failed, and is not tried again until an administrator says so."""


class GrowingPauses(BaseRetryStrategy):
    """Try again after growing pauses, then give up; a `TryLater` can ask for a longer one."""

    def __init__(self, pauses: tuple[int, ...]):
        self.pauses = pauses

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, GiveUp) or job.attempts >= len(self.pauses):
            return None
        asked = exception.seconds if isinstance(exception, TryLater) else None
        return RetryDecision(retry_in={"seconds": max(self.pauses[job.attempts], asked or 0)})


def task(
    *, name: str, title: Any = "", priority: int = USUAL, pauses: tuple[int, ...] = PAUSES, **options: Any
) -> Callable[..., Task]:
    """Make a function a task with a stable name, tried again after `pauses` (seconds); options are procrastinate's.

    `title` says to administrators what it does, translated lazily.
    """
    TITLES[name] = title
    if len(pauses) > len(PAUSES):
        PATIENT.add(name)
    return app.task(name=name, priority=priority, retry=GrowingPauses(pauses), **options)


def title_of(name: str) -> str:
    """Return what a task does in the words of administrators; its name when nobody said it, or it exists no more."""
    return str(TITLES.get(name) or name)


def periodic(*, cron: str, name: str, **options: Any) -> Callable[..., Task]:
    """Make a function a task that the worker runs by a cron line in UTC; it gets the moment as `timestamp` (seconds).

    While one waits no second is stored, and no two run at a time. A moment at which no worker ran is made up for, once.
    One that waits to be tried again keeps the next ones back: what comes every few minutes has SHORT pauses, or none.
    """

    def decorate(function: Callable[..., Any]) -> Task:
        made = task(name=name, **{"queueing_lock": name, "lock": name, **options})(function)
        return app.periodic(cron=cron)(made)

    return decorate


def later(
    made: Task, *, at: datetime | None = None, once: str | None = None, priority: int | None = None, **arguments: Any
) -> None:
    """Store a task with this transaction; `at` is the earliest moment, `once` names what need not wait twice.

    `priority` is that of this one, where it differs from the others of its kind.

    Arguments are ids, never anything about a person: they are stored readable.
    """
    own = {} if priority is None else {"priority": priority}
    stored = made.configure(schedule_at=at, queueing_lock=once, **own)
    stored.job_manager = _with_the_transaction
    if once is None:
        stored.defer(**arguments)
        return
    with suppress(AlreadyEnqueued), transaction.atomic():  # the refusal must not undo what else happens
        stored.defer(**arguments)


def later_all(
    made: Task, planned: Iterable[tuple[datetime | None, Mapping[str, Any]]], *, priority: int | None = None
) -> None:
    """Store many tasks of one sort with this transaction in one query, each with its earliest moment and arguments."""
    jobs = [made.configure(schedule_at=at, priority=priority).make_new_job(**given) for at, given in planned]
    if jobs:
        _with_the_transaction.batch_defer_jobs(jobs=jobs)
