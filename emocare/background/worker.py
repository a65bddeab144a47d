"""The process that runs what waits in the queue: `manage.py work`. As many of them may run as there is work for."""

import asyncio
import logging
import signal
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.job_context import JobContext
from procrastinate.worker import Worker
from psycopg import AsyncConnection

from emocare import logs
from emocare.background import PATIENT, PAUSES

logger = logging.getLogger(__name__)
SIGN_OF_LIFE = 5  # seconds between two
DEAD = 20  # seconds after the last one; then what a worker was at is begun again
LOOKING = 3  # seconds between two looks at whether another one is dead
POLLING = 1  # seconds; for what is tried again, and for what PostgreSQL told while we were asking
REACHING = 3  # seconds for a connection
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 5  # seconds before it begins anew after PostgreSQL was away; they double
STEADY = 60  # seconds after which the pauses begin from the first again

# In one statement, so that of two workers that look only one takes it. A task that ends its worker each time fails; one
# that has been tried often because others were away, such as a letter without a mail server, is no such task.
TAKE_BACK = """
WITH taken AS (
    UPDATE procrastinate_jobs SET
        status = (CASE WHEN attempts < %(most)s OR (task_name = ANY(%(patient)s) AND %(most)s > (
            SELECT count(*) FROM procrastinate_events
            WHERE job_id = procrastinate_jobs.id AND type = 'started' AND at > now() - interval '3 hours'
        )) THEN 'todo' ELSE 'failed' END)::procrastinate_job_status,
        attempts = attempts + 1, queueing_lock = NULL, abort_requested = FALSE, worker_id = NULL
    WHERE status = 'doing' AND (worker_id IS NULL OR worker_id IN (
        SELECT id FROM procrastinate_workers WHERE last_heartbeat < now() - make_interval(secs => %(dead)s)
    ))
    RETURNING id, task_name
), told AS (
    SELECT pg_notify('procrastinate_any_queue_v1', json_build_object('type', 'job_inserted', 'job_id', id)::text)
    FROM taken
)
SELECT task_name, (SELECT count(*) FROM told) FROM taken
"""
FREE_NAME = "UPDATE procrastinate_jobs SET queueing_lock = NULL WHERE id = %(id)s"


async def work(threads: int) -> None:
    """Run tasks until SIGTERM or SIGINT, which lets those that run end; whatever fails meanwhile, it goes on."""
    loop, stopping = asyncio.get_running_loop(), asyncio.Event()
    loop.set_default_executor(ThreadPoolExecutor(threads + 2))
    loop.set_exception_handler(_note)
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    pause = FIRST_PAUSE
    while not stopping.is_set():
        began = time.monotonic()
        await _until_it_breaks(threads, stopping)
        if time.monotonic() - began > STEADY:
            pause = FIRST_PAUSE
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), pause)
        pause = min(2 * pause, LONGEST_PAUSE)


async def _until_it_breaks(threads: int, stopping: asyncio.Event) -> None:
    running = asyncio.ensure_future(run(threads))
    stopped = asyncio.ensure_future(stopping.wait())
    await asyncio.wait([running, stopped], return_when=asyncio.FIRST_COMPLETED)
    if stopped.done():
        running.cancel()
    stopped.cancel()
    try:
        await running
    except asyncio.CancelledError:
        logger.info("The worker has stopped.")
    except Exception as error:  # noqa: BLE001 -- without PostgreSQL anything may break, and it comes back
        logger.warning("The worker begins anew: %s", type(error).__name__)
    else:
        logger.warning("The worker begins anew: its connection to PostgreSQL ended.")


async def run(threads: int, *, wait: bool = True) -> None:
    """Run tasks until something breaks; without `wait` until none is due."""
    parameters = connector_params()
    # A pool that begins without PostgreSQL sleeps longer and longer between its attempts; we do not want to.
    await (await AsyncConnection.connect(**parameters, connect_timeout=REACHING)).close()
    connector = PsycopgConnector(kwargs=parameters, min_size=2, max_size=threads + 2, timeout=REACHING)
    with app.replace_connector(connector):
        try:
            await connector.open_async()
            await _take_back(connector)
            looking = asyncio.create_task(_look_after_the_dead(connector))
            try:
                logger.info("The worker runs up to %d tasks at a time.", threads)
                await app.run_worker_async(concurrency=threads, wait=wait, **OPTIONS)
            finally:
                looking.cancel()
        finally:
            with suppress(Exception):
                await connector.close_async()


async def _look_after_the_dead(connector: PsycopgConnector) -> None:
    while True:
        await asyncio.sleep(LOOKING)
        try:
            await _take_back(connector)
        except Exception as error:  # noqa: BLE001 -- the worker itself notices when PostgreSQL is away
            logger.warning("Looking for dead workers failed: %s", type(error).__name__)


async def _take_back(connector: PsycopgConnector) -> None:
    """Let run again what dead workers were at."""
    given = {"most": len(PAUSES), "patient": sorted(PATIENT), "dead": DEAD}
    for row in await connector.execute_query_all_async(TAKE_BACK, **given):
        logger.warning("A worker died with the task %s.", row["task_name"])


async def _one(call: Callable[[], Awaitable[Any]], context: JobContext, worker: Worker) -> Any:
    """Run one task; tell how it went, without its arguments and without the words of errors.

    While it runs, another of the same name may begin to wait; then this one must be able to wait again beside it.
    """
    job, began = context.job, time.monotonic()
    if job.queueing_lock:
        await context.app.connector.execute_query_async(FREE_NAME, id=job.id)
    with logs.bind(job=job.task_name, job_id=job.id):
        try:
            result = await call()
        except Exception as error:
            logger.warning("Task %s failed at attempt %d: %s", job.task_name, job.attempts + 1, type(error).__name__)
            raise
        logger.debug("Task %s took %.3f s.", job.task_name, time.monotonic() - began)
        return result


OPTIONS = {
    "delete_jobs": "successful",
    "install_signal_handlers": False,
    "fetch_job_polling_interval": POLLING,
    "update_heartbeat_interval": SIGN_OF_LIFE,
    "stalled_worker_timeout": DEAD,
    "worker_middleware": [_one],
}


def _note(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Tell of an error that nobody waited for by its type; its words stay out of the log."""
    logger.warning("In the worker: %s", type(context.get("exception")).__name__)
