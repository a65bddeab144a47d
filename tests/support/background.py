"""The worker's part inside a test's own transaction, where no other process could see the tasks."""

import json
from datetime import datetime

from django.apps import apps
from django.db import connection
from django.db.models.signals import post_migrate
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

TABLES = "procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers, procrastinate_workers"


def _empty_the_queue(**_signal: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {TABLES}")


# Django empties its own tables after a test that commits, and says so; those of the tasks it does not know.
post_migrate.connect(_empty_the_queue, sender=apps.get_app_config("procrastinate"))


def waiting(name: str = "") -> list[Job]:
    """Return the tasks that wait, those of one name where one is given, in the order in which a worker takes them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, queue_name, lock, queueing_lock, task_name, args, scheduled_at, attempts, priority"
            " FROM procrastinate_jobs WHERE status = 'todo' AND %s IN ('', task_name) ORDER BY priority DESC, id",
            [name],
        )
        return [_job(row) for row in cursor.fetchall()]


def _job(row: tuple) -> Job:
    names = ("id", "queue", "lock", "queueing_lock", "task_name", "task_kwargs", "scheduled_at", "attempts", "priority")
    values = dict(zip(names, row, strict=True))
    if isinstance(values["task_kwargs"], str):
        values["task_kwargs"] = json.loads(values["task_kwargs"])
    return Job(**values)


def states(name: str = "") -> list[str]:
    """Return how the tasks that are stored stand, those of one name where one is given; what a worker did is gone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE %s IN ('', task_name) ORDER BY id", [name])
        return [status for (status,) in cursor.fetchall()]


def work(name: str = "", until: datetime | None = None) -> list[str]:
    """Run all tasks that are due, and those that they store; return their names. One that fails waits for its time.

    Due is judged by the clock of the test, or by `until`.
    """
    done = []
    while due := [job for job in waiting(name) if (job.scheduled_at or timezone.now()) <= (until or timezone.now())]:
        job = due[0]
        done.append(job.task_name)
        _run(job)
    return done


def _run(job: Job) -> None:
    task = app.tasks[job.task_name]
    try:
        task.func(**job.task_kwargs)
    except Exception as error:  # noqa: BLE001 -- a worker outlives whatever a task does
        decision = task.retry_strategy.get_retry_decision(exception=error, job=job)
        values = ["failed", job.scheduled_at] if decision is None else ["todo", decision.retry_at]
    else:
        values = ["succeeded", job.scheduled_at]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = %s, scheduled_at = %s, attempts = attempts + 1 WHERE id = %s",
            [*values, job.id],
        )


def store_failed(*names: str, attempts: int = 9) -> None:
    """Store tasks that have failed."""
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('default', %s) RETURNING id",
                [name],
            )
            (pk,) = cursor.fetchone()
            for status in ("doing", "failed"):
                cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, pk])
            cursor.execute("UPDATE procrastinate_jobs SET attempts = %s WHERE id = %s", [attempts, pk])


def register_worker(silent_for: int = 0) -> None:
    """Let there be a worker whose last sign of life is so many seconds old."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))",
            [silent_for],
        )
