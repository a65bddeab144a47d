"""How fast the dashboard and the tracker answer with a million entries, against bare views that do the same queries.

docs/performance.md says what is measured and how the references are made.
"""

import json
import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from bench import load, report, serving
from bench.report import Metric
from emocare.local import environment

ENTRIES = int(os.environ.get("BENCH_ENTRIES") or 1_000_000)
SECONDS = float(os.environ.get("BENCH_SECONDS") or 5)  # of each page and server, each round
ROUNDS = 2
FEW_ENTRIES = 10_000
MOST_QUERIES = 6
PAGES = {
    "dashboard": "/kk/dashboard/",
    "tracker": "/kk/mood/",
    "dynamics": "/kk/mood/dynamics/?span=month",
}
GRANIAN = ("--blocking-threads", "4")  # the best of docs/decisions/0001-serving.md
PRODUCTION = {
    "EMOCARE_MODE": "production",
    "ALLOWED_HOSTS": "127.0.0.1",
    "SECURE_SSL_REDIRECT": "no",
    "DJANGO_SETTINGS_MODULE": "emocare.settings",
}
APPLICATIONS = {
    "page": "emocare.wsgi:application",
    "bare": "bench.reference:bare",
    "plain": "bench.reference:plain",
}


@contextmanager
def with_variables(values: dict[str, str]) -> Iterator[None]:
    """Set variables of the environment for the processes that start meanwhile."""
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def new_database(name: str) -> Iterator[str]:
    """Yield the address of a new database on the same server, which is dropped in the end."""
    url = os.environ["DATABASE_URL"]
    name = f"emocare_bench_{name}_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    try:
        yield urlsplit(url)._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def run_child(module: str, argument: float, given: str = "") -> str:
    """Run a module of ours in a process of its own; return what it printed."""
    command = [sys.executable, "-m", module, str(argument)]
    return subprocess.run(command, input=given, stdout=subprocess.PIPE, text=True, check=True).stdout


@contextmanager
def _filled(name: str, entries: int) -> Iterator[tuple[str, list[str]]]:
    """Yield the address of a database with so many entries, and the cookies of some of its people."""
    print(f"filling {entries:,} entries ...", flush=True)
    with new_database(name) as url, with_variables({"DATABASE_URL": url}):
        cookies = json.loads(run_child("bench.people", entries))
        yield url, cookies


@contextmanager
def _served(application: str, url: str) -> Iterator[int]:
    """Serve an application on a database; yield its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = serving._granian("wsgi", APPLICATIONS[application], *GRANIAN)
    with with_variables({"DATABASE_URL": url}), serving.running(command, port):
        yield port


def _loads(servers: dict[str, tuple[int, list[str]]], path: str) -> dict[str, load.Answers]:
    """Ask all servers for a page, one after the other in several rounds, so that a slow minute meets all of them."""
    for port, cookies in servers.values():
        load.ask(port, path, cookies, seconds=2)  # warm: templates, pools, the recordings of the references
    answers: dict[str, load.Answers] = {}
    for _round in range(ROUNDS):
        for name, (port, cookies) in servers.items():
            found = load.ask(port, path, cookies, seconds=SECONDS)
            answers[name] = answers[name] + found if name in answers else found
    return answers


def _metrics(page: str, answers: dict[str, load.Answers], inside: dict[str, float]) -> dict[str, Metric]:
    real, plain, bare, few = (answers[name] for name in ("page", "plain", "bare", "few"))
    return {
        f"{page}: answers/s, plain view's": Metric(real.rate, plain.rate),
        f"{page}: answers/s, bare view's": Metric(real.rate, bare.rate),
        f"{page}: answers/s, with {FEW_ENTRIES:,} entries": Metric(real.rate, few.rate),
        f"{page}: p50 ms, plain view's": Metric(real.quantile(0.5), plain.quantile(0.5)),
        f"{page}: p99 ms, plain view's": Metric(real.quantile(0.99), plain.quantile(0.99)),
        f"{page}: queries, most allowed": Metric(inside["queries"], MOST_QUERIES),
        f"{page}: ms decrypting, ms in all": Metric(inside["decrypting"], inside["milliseconds"]),
    }


def _measure() -> dict[str, Metric]:
    with ExitStack() as stack:
        few_url, few_cookies = stack.enter_context(_filled("few", FEW_ENTRIES))
        url, cookies = stack.enter_context(_filled("many", ENTRIES))
        inside = json.loads(run_child("bench.inside", SECONDS, json.dumps(cookies)))
        servers = {name: (stack.enter_context(_served(name, url)), cookies) for name in APPLICATIONS}
        servers["few"] = stack.enter_context(_served("page", few_url)), few_cookies
        metrics: dict[str, Metric] = {}
        for page, path in PAGES.items():
            print(f"asking for {path} ...", flush=True)
            metrics |= _metrics(page, _loads(servers, path), inside[path])
    return metrics


def run() -> None:
    """Measure the pages of PAGES with ENTRIES entries; BENCH_ENTRIES and BENCH_SECONDS make a small try."""
    environment.activate()
    with with_variables(PRODUCTION):
        metrics = _measure()
    report.publish_each("tracker", f"{ENTRIES:,} entries, 32 connections, production settings", metrics)
