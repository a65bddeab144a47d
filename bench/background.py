"""How fast tasks are stored and run through our bricks and our worker, against bare procrastinate.

docs/performance.md says what is measured.
"""

import json
import os
import statistics
import subprocess
import sys

import psycopg

from bench import report, tracker
from bench.report import Metric
from emocare.local import environment

TASKS = int(os.environ.get("BENCH_TASKS") or 10_000)
ROUNDS = 5
EACH = TASKS // ROUNDS  # of a round
SIDES = ("emocare", "bare")
LEAST = 0.8  # of what bare procrastinate does


def _side(name: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.background_side", name, str(EACH)]
    said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    return json.loads(said)


def _left(url: str) -> int:
    with psycopg.connect(url, autocommit=True) as connection:
        (left,) = connection.execute("SELECT count(*) FROM procrastinate_jobs").fetchone()
        connection.execute("VACUUM ANALYZE")
    return left


def _measure() -> dict[str, Metric]:
    """Let the sides take turns, in the other order each time, so that what else the machine does meets both."""
    taken: dict[str, list[dict[str, float]]] = {side: [] for side in SIDES}
    with tracker.new_database("background") as url, tracker.with_variables({"DATABASE_URL": url}):
        _side("migrate")
        for turn in range(ROUNDS):
            for side in SIDES if turn % 2 else reversed(SIDES):
                print(f"round {turn + 1}: {EACH:,} tasks, {side} ...", flush=True)
                taken[side].append(_side(side))
                if left := _left(url):
                    raise RuntimeError(f"{side} left {left} tasks")
    rates = {side: [_rates(seconds) for seconds in rounds] for side, rounds in taken.items()}
    return {
        what: Metric(*(statistics.median(rate[what] for rate in rates[side]) for side in SIDES))
        for what in rates["bare"][0]
    }


def _rates(seconds: dict[str, float]) -> dict[str, float]:
    return {
        "tasks stored a second": EACH / seconds["store"],
        "tasks run a second": EACH / seconds["run"],
        "tasks stored and run a second": EACH / (seconds["store"] + seconds["run"]),
    }


def run() -> None:
    """Measure TASKS tasks of each side in ROUNDS rounds; BENCH_TASKS makes a small try."""
    environment.activate()
    with tracker.with_variables(tracker.PRODUCTION):
        metrics = _measure()
    title = f"{TASKS:,} tasks in {ROUNDS} rounds in turns, 4 at a time, medians; the reference is bare procrastinate"
    report.publish_each("background", title, metrics)
    if slow := [name for name, metric in metrics.items() if metric.ratio < LEAST]:
        print(f"below {LEAST}: {', '.join(slow)}")
