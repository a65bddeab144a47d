"""Messages end to end, from one page into PostgreSQL to the other page, against a tutorial's chat and one by hand.

docs/performance.md says what is measured.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from statistics import median
from typing import Any

import psycopg
from redis import Redis

from bench import report, serving
from bench.report import Metric
from bench.tracker import PRODUCTION, new_database, run_child, with_variables
from emocare.local import environment

ROUNDS = int(os.environ.get("BENCH_ROUNDS") or 5)
SECONDS = float(os.environ.get("BENCH_SECONDS") or 5)  # of each window
PAIRS = [int(n) for n in (os.environ.get("BENCH_PAIRS") or "50,200,1000").split(",")]
STEADY = float(os.environ.get("BENCH_STEADY") or 1000)  # messages a second
IDLE = int(os.environ.get("BENCH_IDLE") or 10_000)  # sockets
WEB, REST = 0, 1  # cores: one web process, and all else
GRANIAN = ["granian", "--interface", "asginl", "--host", "127.0.0.1", "--port", "{port}", "--workers", "1", "--ws"]
GRANIAN += ["--no-access-log", "--loop", "asyncio"]
# The best for it: half as fast again as asyncio and the older `websockets`. Ours is served as in production.
UVICORN = ["uvicorn", "--port", "{port}", "--log-level", "warning", "--loop", "uvloop", "--ws", "websockets-sansio"]
UVICORN += ["--ws-per-message-deflate", "false"]
SERVERS = {
    "ours": ([*GRANIAN, "emocare.asgi:application"], "/ws/chat/{conversation}/"),
    "bare": ([*UVICORN, "bench.chat_bare:app"], "/bare/{conversation}/?name={name}"),
    "tutorial": ([*GRANIAN, "bench.chat_tutorial:served"], "/tutorial/{conversation}/?name={name}"),
}
CHOSEN = (os.environ.get("BENCH_SERVERS") or ",".join(SERVERS)).split(",")


class Generator:
    """The browsers' process."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "bench.chat_load", *([str(REST)] if _has_cores() else [])]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def do(self, name: str, **arguments: Any) -> Any:
        """Let it do something; return what it found."""
        self.process.stdin.write(json.dumps([name, arguments]) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())[0]

    def end(self) -> None:
        self.process.kill()
        self.process.wait()


def _has_cores() -> bool:
    return hasattr(os, "sched_setaffinity") and {WEB, REST} <= os.sched_getaffinity(0)


@contextmanager
def _placed(url: str) -> Iterator[None]:
    """Keep PostgreSQL and Valkey, where they are ours to move, on the core of all else for a while."""
    with psycopg.connect(url) as connection:
        (backend,) = connection.execute("SELECT pg_backend_pid()").fetchone()
    found = [Redis.from_url(os.environ["REDIS_URL"]).info("server")["process_id"]]
    with suppress(OSError):
        master = _parent(os.getppid()) if not Path(f"/proc/{backend}").exists() else _parent(backend)
        found += [master, *(int(p.name) for p in Path("/proc").glob("[0-9]*") if _parent(int(p.name)) == master)]
    _move(found, {REST})
    yield
    _move(found, set(range(os.cpu_count() or 1)))


def _move(processes: list[int], cores: set[int]) -> None:
    for process in processes:
        with suppress(OSError, AttributeError):
            os.sched_setaffinity(process, cores)


def _parent(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


@contextmanager
def _served(name: str) -> Iterator[tuple[int, int]]:
    """Serve on the core of the web; yield port and process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", *(part.format(port=port) for part in SERVERS[name][0])]
    if _has_cores():
        command = ["taskset", "-c", str(WEB), *command]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        deadline = time.monotonic() + 60
        while not _listens(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{name} does not answer")
        yield port, process.pid
    finally:
        os.killpg(process.pid, serving.signal.SIGKILL)
        process.wait(20)


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def _memory(group: int) -> int:
    """Return the kilobytes that the processes of a server hold, as the kernel counts them."""
    total = 0
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, IndexError):
            if os.getpgid(int(place.name)) == group:
                text = (place / "status").read_text()
                total += int(text.partition("VmRSS:")[2].split()[0])
    return total


def _worked(group: int) -> float:
    """Return for how many seconds the processes of a server have kept a core busy."""
    ticks = 0
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, IndexError):
            if os.getpgid(int(place.name)) == group:
                ticks += sum(map(int, (place / "stat").read_text().rpartition(")")[2].split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _idle(pairs: list[list[str]]) -> dict[str, Metric]:
    """Return what an idle socket costs ours and the one by hand, each in a fresh process."""
    each = IDLE // (2 * len(pairs))
    kilobytes = {}
    for name in ("ours", "bare"):
        generator = Generator()
        with _served(name) as (port, group):
            address = f"http://127.0.0.1:{port}{SERVERS[name][1]}"
            first = generator.do("open", server=name, address=address, pairs=pairs[:50], keep=False)
            before = _memory(group)
            count = generator.do("open", server=name, address=address, pairs=pairs[50:], each=each, keep=False)
            kilobytes[name] = (_memory(group) - before) / count
            print(f"{name}: {first + count:,} idle sockets, {kilobytes[name]:.1f} kB each", flush=True)
            generator.end()
    return {"memory of an idle socket: kB, by hand": Metric(kilobytes["ours"], kilobytes["bare"])}


def _rounds(pairs: list[list[str]]) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Let the servers take turns at everything, in another order each time."""
    found: dict[str, dict[str, list[dict[str, Any]]]] = {name: {} for name in CHOSEN}
    generator, groups = Generator(), {}

    def measured(what: str, name: str, command: str, **how: float) -> None:
        before = _worked(groups[name])
        got = generator.do(command, server=name, seconds=SECONDS, **how)
        got["work"] = (_worked(groups[name]) - before) * 1000 / max(1, got["count"])
        found[name].setdefault(what, []).append(got)

    with ExitStack() as stack:
        stack.callback(generator.end)
        for name in CHOSEN:
            port, groups[name] = stack.enter_context(_served(name))
            opened = generator.do(
                "open", server=name, address=f"http://127.0.0.1:{port}{SERVERS[name][1]}", pairs=pairs
            )
            print(f"{name}: {opened} sockets", flush=True)
        for turn in range(ROUNDS):
            order = [*CHOSEN[turn % len(CHOSEN) :], *CHOSEN[: turn % len(CHOSEN)]]
            for count in PAIRS:
                for name in order:
                    measured(f"{count}", name, "fill", pairs=count)
            for name in order:
                if name != "tutorial":  # which does not hold it
                    measured("steady", name, "steady", pairs=len(pairs), rate=STEADY)
            last = {name: {what: _short(rows[-1]) for what, rows in rows.items()} for name, rows in found.items()}
            print(f"round {turn + 1}: {json.dumps(last)}", flush=True)
    return found


def _short(row: dict[str, Any]) -> str:
    times = f"p50 {row['p50']:.1f} p99 {row['p99']:.1f} work {row['work']:.3f} ms"
    fate = f"lost {row['lost']} refused {row['refused']} closed {row['closed']}"
    return f"{row['rate']:.0f}/s {times} {fate} browsers {row['worked']:.1f} s"


def _metrics(found: dict[str, dict[str, list[dict[str, Any]]]]) -> dict[str, Metric]:
    def of(name: str, what: str, which: str) -> float:
        return median(row[which] for row in found[name][what])

    metrics: dict[str, Metric] = {}
    for name, words in (("bare", "by hand"), ("tutorial", "tutorial")):
        if name not in found:
            continue
        for count in map(str, PAIRS):
            rates, work = ((of("ours", count, what), of(name, count, what)) for what in ("rate", "work"))
            metrics[f"{count} pairs: messages/s, {words}"] = Metric(*rates)
            metrics[f"{count} pairs: ms of the core a message, {words}"] = Metric(*work)
        if "steady" in found[name]:
            label = f"steady {STEADY:.0f}/s, p99 ms, {words}"
            metrics[label] = Metric(of("ours", "steady", "p99"), of(name, "steady", "p99"))
    if {"200", "1000"} <= found["ours"].keys():
        metrics["1000 pairs: messages/s, with 200"] = Metric(of("ours", "1000", "rate"), of("ours", "200", "rate"))
    if any(row["closed"] or row["refused"] for rows in found["ours"].values() for row in rows):
        raise RuntimeError("sockets were closed, or messages refused")
    lost = sum(row["lost"] for rows in found["ours"].values() for row in rows)
    metrics["lost, one allowed in a million"] = Metric(lost, 1)
    return metrics


def run() -> None:
    """Measure; BENCH_ROUNDS, BENCH_SECONDS, BENCH_PAIRS, BENCH_IDLE (0: leave out) make a small try."""
    environment.activate()
    everything = {**PRODUCTION, "CHAT_BURST": "1000000000"}
    with with_variables(everything), new_database("chat") as url, with_variables({"DATABASE_URL": url}):
        pairs = json.loads(run_child("bench.chat_people", max(PAIRS)).splitlines()[-1])
        with _placed(url):
            found = _rounds(pairs)
            metrics = _metrics(found)
            if IDLE:
                metrics |= _idle(pairs)
    report.publish_each("chat", f"{ROUNDS} rounds of {SECONDS:.0f} s, one web process on one core", metrics)


if __name__ == "__main__":
    run()
