"""Two hundred people who ask for help within a minute, and twenty on duty: who is called when, who is left without.

docs/performance.md says what is measured.
"""

import json
import os
from statistics import median, quantiles
from typing import Any

from bench import report
from bench.report import Metric
from bench.tracker import PRODUCTION, new_database, run_child, with_variables
from emocare.local import environment

REQUESTS = int(os.environ.get("BENCH_REQUESTS") or 200)
DUTY = 20
OPEN = 1000  # requests in the queue
FLOOD = 600  # presses from one address
MOST = 2.0  # times as long as what it is compared with
SECONDS_LATE = 5.0
ONE_MINUTE = {"URGENT_MINUTES_HIGH": "1"}
# What is measured, and against what.
TITLES = {
    "press to page, alone": ("quiet", "urgent", "bare"),
    "commit to page, alone": ("quiet", "committed", "broadcast"),
    "press to page, in the minute": ("minute", "urgent", "bare"),
}
ALL = (
    "requests there, pressed",
    "claimed or escalated, pressed",
    "alarms on pages, expected",
    "flood: first presses of others opened, pressed",
    "pressed several times at once: requests, people",
    "pressed several times at once: led to it, presses",
)
NONE = ("claimed by two, pressed", "errors, answers", "flood: errors, pressed")


def _p95(took: list[float]) -> float:
    return quantiles(took, n=20)[-1]


def _delivery(found: dict[str, Any]) -> dict[str, Metric]:
    return {
        f"{title}, {name} ms": Metric(measure(found[part][way]), measure(found[part][reference]))
        for title, (part, way, reference) in TITLES.items()
        for name, measure in (("p50", median), ("p95", _p95))
    }


def _counts(found: dict[str, Any]) -> dict[str, Metric]:
    became, asked = found["became"], found["became"]["asked"]
    return {
        "requests there, pressed": Metric(became["opened"], asked),
        "claimed or escalated, pressed": Metric(became["claimed"] + became["escalated"], asked),
        "claimed, pressed": Metric(became["claimed"], asked),
        "escalated, pressed": Metric(became["escalated"], asked),
        "claimed by two, pressed": Metric(became["twice"], asked),
        "alarms on pages, expected": Metric(found["minute"]["heard"], asked * DUTY),
        "errors, answers": Metric(_errors(found), sum(found["answers"].values())),
        "further call late: p95 s, allowed": Metric(_p95(became["late"]), SECONDS_LATE),
        "further call late: most s, allowed": Metric(max(became["late"]), SECONDS_LATE),
    }


def _flood(found: dict[str, Any]) -> dict[str, Metric]:
    flood, first, again = (found[part] for part in ("flood", "first", "again"))
    return {
        "flood: opened at once, pressed": Metric(flood.get("opened", 0), sum(flood.values())),
        "flood: first presses of others opened, pressed": Metric(first.get("opened", 0), sum(first.values())),
        "flood: errors, pressed": Metric(_errors({"answers": flood}), sum(flood.values())),
        "pressed several times at once: requests, people": Metric(found["requests"], found["people"]),
        "pressed several times at once: led to it, presses": Metric(again.get("opened", 0), sum(again.values())),
    }


def _many(queue: dict[str, Any]) -> dict[str, Metric]:
    few, many = queue["found"]
    return {
        f"{page} with {OPEN:,} open: {what}, with {queue['few']}": Metric(many[page][place], few[page][place])
        for page in many
        for place, what in enumerate(("queries", "ms"))
    }


def _errors(found: dict[str, Any]) -> int:
    return sum(count for status, count in found["answers"].items() if status != "opened" and int(status) >= 400)


def _wrong(metrics: dict[str, Metric]) -> list[str]:
    wrong = [name for name in ALL if metrics[name].ratio != 1]
    wrong += [name for name in NONE if metrics[name].value]
    wrong += [name for name in metrics if ": queries" in name and metrics[name].ratio != 1]
    return wrong + [name for name in metrics if ", p95 ms" in name and metrics[name].ratio > MOST]


def run() -> None:
    """Measure REQUESTS presses at the pace of 200 a minute; BENCH_REQUESTS=20 makes a small try."""
    environment.activate()
    with with_variables(PRODUCTION | ONE_MINUTE), new_database("urgent") as url, with_variables({"DATABASE_URL": url}):
        found = json.loads(run_child("bench.urgent_minute", REQUESTS).splitlines()[-1])
        flood = json.loads(run_child("bench.urgent_flood", FLOOD).splitlines()[-1])
        queue = json.loads(run_child("bench.urgent_queue", OPEN).splitlines()[-1])
    metrics = _delivery(found) | _counts(found) | _flood(flood) | _many(queue)
    report.publish_each("urgent", f"{REQUESTS} presses, {DUTY} on duty; the reference is a bare broadcast", metrics)
    if wrong := _wrong(metrics):
        print(f"not as it should be: {', '.join(wrong)}")
