"""One side of a round: store and run so many tasks that do nothing; print the seconds that each took.

python -m bench.background_side emocare|bare TASKS
"""

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable

THREADS = 4


def _seconds(act: Callable[[], None]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def bare(tasks: int) -> dict[str, float]:
    """Measure procrastinate as its own manual sets it up."""
    from procrastinate import App, PsycopgConnector, SyncPsycopgConnector

    address = os.environ["DATABASE_URL"]
    app = App(connector=SyncPsycopgConnector(conninfo=address))

    @app.task(name="bench.nothing")
    def nothing(number: int) -> None:
        """Do nothing."""

    def store() -> None:
        for number in range(tasks):
            nothing.defer(number=number)

    async def run() -> None:
        with app.replace_connector(PsycopgConnector(conninfo=address)):
            async with app.open_async():
                await app.run_worker_async(
                    concurrency=THREADS, wait=False, delete_jobs="successful", install_signal_handlers=False
                )

    with app.open():
        stored = _seconds(store)
    return {"store": stored, "run": _seconds(lambda: asyncio.run(run()))}


def emocare(tasks: int) -> dict[str, float]:
    """Measure the same through our bricks and our worker."""
    import django

    django.setup()
    from django.db import connection
    from procrastinate.contrib.django import app

    from emocare.background import later, task, worker

    app.periodic_registry.periodic_tasks.clear()  # nothing else comes due meanwhile

    @task(name="bench.nothing")
    def nothing(number: int) -> None:
        """Do nothing."""

    def store() -> None:
        for number in range(tasks):
            later(nothing, number=number)

    stored, ran = _seconds(store), _seconds(lambda: asyncio.run(worker.run(THREADS, wait=False)))
    connection.close()
    connection.close_pool()
    return {"store": stored, "run": ran}


def migrate(_tasks: int) -> dict[str, float]:
    """Make the queue's tables."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", "procrastinate", verbosity=0)
    return {}


if __name__ == "__main__":
    sides = {"bare": bare, "emocare": emocare, "migrate": migrate}
    print(json.dumps(sides[sys.argv[1]](int(sys.argv[2]))))
