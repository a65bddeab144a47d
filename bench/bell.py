"""How long news need to a bell on an open page, against a bare Channels consumer on the same layer and server.

docs/performance.md says what is measured.
"""

import json
import os
from statistics import median, quantiles

from bench import report
from bench.report import Metric
from bench.tracker import PRODUCTION, new_database, run_child, with_variables
from emocare.local import environment

ROUNDS = int(os.environ.get("BENCH_ROUNDS") or 20)  # in each of which all people are told in each way
MEASURES = {"p50": median, "p95": lambda took: quantiles(took, n=20)[-1]}
# What is measured, and against which way of telling a bare consumer.
TITLES = {
    "announced, sign-in looked at": ("looking announce", "bare"),
    "announced, looked at before": ("trusting announce", "bare"),
    "announced, bare's connection kept": ("looking announce", "kept"),
    "announced to all 50 at once": ("looking announce all", "bare all"),
    "all 50, bare's connection kept": ("looking announce all", "kept all"),
    "from the begin of notify()": ("looking notify", "bare"),
}


def run() -> None:
    """Measure; BENCH_ROUNDS=2 makes a small try."""
    environment.activate()
    with with_variables(PRODUCTION), new_database("bell") as url, with_variables({"DATABASE_URL": url}):
        took = json.loads(run_child("bench.bell_rounds", ROUNDS).splitlines()[-1])
    metrics = {
        f"{title}, {name} ms": Metric(measure(took[way]), measure(took[reference]))
        for title, (way, reference) in TITLES.items()
        for name, measure in MEASURES.items()
    }
    report.publish_each("bell", f"50 people, {ROUNDS} rounds; the reference is a bare consumer", metrics)
