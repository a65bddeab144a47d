"""What this process counts for `/metrics`: names of our own views and types, never an address, an id or a person.

docs/decisions/0030-sight.md
"""

import os
import time
from collections.abc import Callable
from pathlib import Path

from django.db import connection
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics

# Several processes share their numbers in files there; the variable is prometheus-client's, read while it is imported.
if FOLDER := os.environ.get("PROMETHEUS_MULTIPROC_DIR", ""):
    Path(FOLDER).mkdir(parents=True, exist_ok=True)
disable_created_metrics()

REGISTRY = CollectorRegistry()
REQUESTS = Counter("emocare_requests", "Requests answered", ["view", "method", "status"], registry=REGISTRY)
SECONDS = Histogram(
    "emocare_request_seconds", "Time to an answer", ["view"], buckets=(0.05, 0.2, 0.5, 1, 5), registry=REGISTRY
)
ERRORS = Counter("emocare_errors", "Errors that were logged, by type", ["type"], registry=REGISTRY)
SOCKETS = Gauge("emocare_sockets_open", "Live connections", multiprocess_mode="livesum", registry=REGISTRY)
POOL = Gauge(
    "emocare_database_pool",
    "Connections to PostgreSQL: in all, free, asked for and not there yet; failed: how often there was none in time",
    ["state"],
    multiprocess_mode="livesum",
    registry=REGISTRY,
)
POOL_STATES = {"all": "pool_size", "free": "pool_available", "waiting": "requests_waiting", "failed": "requests_errors"}
MOST_TYPES = 200  # of errors; more are counted together
_types: set[str] = set()


def answered(view: str, method: str, status: int, seconds: float) -> None:
    """Count a request."""
    REQUESTS.labels(view, method, f"{status // 100}xx").inc()
    SECONDS.labels(view).observe(seconds)


def failed(type_name: str) -> None:
    """Count an error."""
    if type_name not in _types and len(_types) >= MOST_TYPES:
        type_name = "other"
    _types.add(type_name)
    ERRORS.labels(type_name).inc()


def at_most_every(seconds: float, do: Callable[[], None]) -> Callable[[], None]:
    """Return a function that does something, but not when it was done a moment ago."""
    last = 0.0

    def perhaps() -> None:
        nonlocal last
        if (now := time.monotonic()) - last >= seconds:
            last = now
            do()

    return perhaps


def measure_pool() -> None:
    """Note how busy this process' connections to PostgreSQL are."""
    pool = getattr(connection, "pool", None)
    known = pool.get_stats() if pool else {}
    for state, name in POOL_STATES.items():
        POOL.labels(state).set(known.get(name, 0))


measure_pool_now_and_then = at_most_every(1, measure_pool)
