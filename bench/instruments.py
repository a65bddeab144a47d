"""How fast psychological tests answer: a question, an answer, a result, the history of 500, against bare views.

docs/performance.md says what is measured and how the references are made.
"""

import json
import os
from contextlib import ExitStack

from bench import load, report, takers, tracker
from bench.load import Asked
from bench.report import Metric
from emocare.local import environment

SECONDS = float(os.environ.get("BENCH_SECONDS") or 5)  # of each page and server, each round
MOST_QUERIES = {"question": 6, "answer": 6, "result": 6, "history": 4}  # beside those for the session and the person


def _loads(ports: dict[str, int], asked: list[Asked]) -> dict[str, load.Answers]:
    """Ask all servers, one after the other in several rounds, so that a slow minute of the machine meets all alike."""
    for port in ports.values():
        load.ask_each(port, asked, seconds=2)  # warm: templates, pools, the recordings of the references
    answers: dict[str, load.Answers] = {}
    for _round in range(tracker.ROUNDS):
        for name, port in ports.items():
            found = load.ask_each(port, asked, seconds=SECONDS)
            answers[name] = answers[name] + found if name in answers else found
    return answers


def _metrics(page: str, answers: dict[str, load.Answers], queries: int) -> dict[str, Metric]:
    real, plain, bare = (answers[name] for name in ("page", "plain", "bare"))
    return {
        f"{page}: answers/s, plain view's": Metric(real.rate, plain.rate),
        f"{page}: answers/s, bare view's": Metric(real.rate, bare.rate),
        f"{page}: p50 ms, plain view's": Metric(real.quantile(0.5), plain.quantile(0.5)),
        f"{page}: p99 ms, plain view's": Metric(real.quantile(0.99), plain.quantile(0.99)),
        f"{page}: queries, most allowed": Metric(queries, MOST_QUERIES[page]),
    }


def _measure() -> dict[str, Metric]:
    with ExitStack() as stack:
        url = stack.enter_context(tracker.new_database("instruments"))
        stack.enter_context(tracker.with_variables({"DATABASE_URL": url}))
        print(f"filling {takers.RESULTS} results for each of {takers.people.MEASURED} people ...", flush=True)
        filled = tracker.run_child("bench.takers", 0)
        queries = json.loads(tracker.run_child("bench.asking", 0, filled))
        ports = {name: stack.enter_context(tracker._served(name, url)) for name in tracker.APPLICATIONS}
        metrics: dict[str, Metric] = {}
        for page, requests in json.loads(filled).items():
            print(f"asking for {page} ...", flush=True)
            metrics |= _metrics(page, _loads(ports, [Asked(*one) for one in requests]), queries[page])
    return metrics


def run() -> None:
    """Measure the pages of takers.PAGES; BENCH_SECONDS makes a small try."""
    environment.activate()
    with tracker.with_variables(tracker.PRODUCTION):
        metrics = _measure()
    title = f"{takers.RESULTS} results of a person, 32 connections, production settings"
    report.publish_each("instruments", title, metrics)
