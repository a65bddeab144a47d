"""Pairs talk over WebSockets while web processes, Valkey and PostgreSQL are killed: is each message there, once?

`make bench ONLY=chat_faults`; a small try: BENCH_FAULT_PAIRS=10 BENCH_MESSAGES=500. tests/chat/faults/ tells the same.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import psycopg

from bench import report
from bench.chat_site import Postgres, Valkey, Web
from bench.report import Metric
from bench.tracker import PRODUCTION, run_child, with_variables
from emocare.local import environment
from emocare.local.waiting import until

PAIRS = int(os.environ.get("BENCH_FAULT_PAIRS") or 100)
MESSAGES = int(os.environ.get("BENCH_MESSAGES") or 20_000)
AROUND = int(os.environ.get("BENCH_FAULT_ROUNDS") or 2)  # times that each is killed
AWAY = 1.0  # seconds for which something is away
SECONDS = 120  # until all talk again
STORED = """
SELECT c.public_id::text, m.number, m.client_id::text FROM chat_message m
JOIN chat_conversation c ON c.id = m.conversation_id ORDER BY 1, 2
"""
COUNTED = """
SELECT count(*) FROM chat_conversation c
WHERE last_number != (SELECT count(*) FROM chat_message m WHERE m.conversation_id = c.id)
"""
UNMARKED = """
SELECT count(*) FROM chat_side side WHERE delivered < (
    SELECT max(number) FROM chat_message m WHERE m.conversation_id = side.conversation_id AND author_id != person_id
)
"""


class Killable(Protocol):
    """Something that may be away for a while."""

    def kill(self) -> None: ...

    def start(self) -> None: ...


@dataclass
class Found:
    """What became of the messages; `wrong` is what must not be."""

    written: int
    seconds: float
    kills: Counter[str]
    counted: dict[str, int]
    longest: float  # seconds that a message took
    settled: float | None
    wrong: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        kills = ", ".join(f"{name} {times} times" for name, times in self.kills.items())
        wrong = ", ".join(f"{self.wrong[what]} {what}" for what in WRONG)
        rest = ", ".join(f"{what}: {count:,}" for what, count in sorted(self.counted.items()))
        return (
            f"{self.written:,} messages acknowledged, {wrong}; killed: {kills}; at most {self.longest:.1f} s until one "
            f"was acknowledged; {self.seconds:.0f} s ({rest})"
        )


LOST, AT_PAGE = "lost", "missing at a page of the other"
WRONG = (LOST, AT_PAGE, "twice", "out of order", "gaps in numbers", "with other words", "never answered", "unmarked")


class Talk:
    """The pages' process, and how far they are."""

    def __init__(self, pairs: list[list[str]], ports: Sequence[int]):
        command = [sys.executable, "-m", "bench.chat_pages"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.now: dict[str, Any] = {"answered": 0, "up": 0}
        self.everybody = 2 * len(pairs)
        self._say({"pairs": pairs, "ports": list(ports)})
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _say(self, line: Any) -> None:
        self.process.stdin.write(json.dumps(line) + "\n")
        self.process.stdin.flush()

    def _read(self) -> None:
        for line in self.process.stdout:
            self.now = json.loads(line)

    def reached(self, answered: int) -> None:
        """Wait until so many messages have been acknowledged, and all are connected."""
        there = until(lambda: self._ended() or self._is_at(answered), SECONDS)
        if not there or self._ended():
            raise RuntimeError(f"not all talk again: {self.now}")

    def _is_at(self, answered: int) -> bool:
        return self.now["answered"] >= answered and self.now["up"] == self.everybody

    def _ended(self) -> bool:
        return self.process.poll() is not None

    def end(self) -> dict[str, Any]:
        """Let nothing new be written; return the report."""
        self._say("enough")
        self._reader.join(2 * SECONDS)
        if "pages" not in self.now:
            raise RuntimeError(f"the pages do not come to an end: {self.now}")
        return self.now

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


def story(
    pairs: list[list[str]], webs: Sequence[Web], killed: Sequence[tuple[str, Killable]], messages: int, url: str
) -> Found:
    """Let pairs talk until so many messages are acknowledged, with each of `killed` away once meanwhile; judge it.

    `pairs` is what bench.chat_people prints, `url` the address of the database.
    """
    began, step = time.monotonic(), messages // (len(killed) + 1)
    talk = Talk(pairs, [web.port for web in webs])
    try:
        for turn, (_name, one) in enumerate(killed):
            talk.reached((turn + 1) * step)
            one.kill()
            threading.Event().wait(AWAY)
            one.start()
        talk.reached(max(messages, talk.now["answered"] + step))
        said = talk.end()
    finally:
        talk.stop()
    kills = Counter(name for name, _one in killed)
    written = sum(len(page["written"]) for page in said["pages"])
    found = Found(
        written, time.monotonic() - began, kills, said["counted"], longest=said["longest"], settled=said["settled"]
    )
    _judge(found, said, url)
    return found


def _judge(found: Found, said: dict[str, Any], url: str) -> None:
    with psycopg.connect(url) as connection:
        rows = connection.execute(STORED).fetchall()
        ((uncounted,),) = connection.execute(COUNTED).fetchall()
        ((found.wrong["unmarked"],),) = connection.execute(UNMARKED).fetchall()
    stored: dict[str, dict[int, str]] = {}
    for conversation, number, key in rows:
        stored.setdefault(conversation, {})[number] = key
    gaps = sum(sorted(numbers) != list(range(1, len(numbers) + 1)) for numbers in stored.values())
    found.wrong["gaps in numbers"] = gaps + uncounted
    found.wrong["twice"] = len(rows) - len({(conversation, key) for conversation, _number, key in rows})
    found.wrong["never answered"] = said["counted"].get("never answered over a socket that lived", 0)
    found.wrong["out of order"] = said["counted"].get("messages out of their order in one socket", 0)
    pages = said["pages"]
    for place, page in enumerate(pages):
        _judge_page(found, page, pages[place ^ 1], said["anew"][place], stored.get(page["conversation"], {}))


def _judge_page(
    found: Found, page: dict[str, Any], other: dict[str, Any], anew: list[list[Any]], stored: dict[int, str]
) -> None:
    own = {number: text for _key, text, number in page["written"]}
    numbers = [number for _key, _text, number in page["written"]]
    found.wrong[LOST] += sum(stored.get(number) != key for key, _text, number in page["written"])
    found.wrong["out of order"] += numbers != sorted(set(numbers))
    theirs = {number: text for _key, text, number in other["written"]}
    heard = [number for number, _text in page["heard"]]
    found.wrong["twice"] += len(heard) - len(set(heard))
    found.wrong[AT_PAGE] += len(theirs.keys() - set(heard))
    found.wrong["with other words"] += sum(theirs.get(number) != text for number, text in page["heard"])
    # Read anew, it is all that the two wrote, and in its order.
    found.wrong["with other words"] += anew != sorted(
        [[number, text, True] for number, text in own.items()]
        + [[number, text, False] for number, text in theirs.items()]
    )


@contextmanager
def _site(webs: int) -> Iterator[tuple[Postgres, Valkey, list[Web], list[list[str]]]]:
    """Yield servers and processes of their own, and the pairs."""
    base = Path(os.environ["EMOCARE_VAR"])
    with TemporaryDirectory(prefix="faults-", dir=base) as folder, ExitStack() as stack:
        var = Path(folder)
        postgres, valkey = Postgres(var), Valkey(var)
        stack.callback(valkey.stop)
        stack.callback(postgres.stop)
        addresses = {**PRODUCTION, "DATABASE_URL": postgres.url, "REDIS_URL": valkey.url}
        with with_variables(addresses):
            pairs = json.loads(run_child("bench.chat_people", PAIRS).splitlines()[-1])
            running = [Web(addresses, base / "logs" / "chat_faults.log") for _web in range(webs)]
        for web in running:
            stack.callback(web.stop)
        for web in running:
            web.wait()
        yield postgres, valkey, running, pairs


def run() -> None:
    """Tell the story; BENCH_FAULT_PAIRS, BENCH_MESSAGES and BENCH_FAULT_ROUNDS make a small try."""
    environment.activate()
    with _site(2) as (postgres, valkey, webs, pairs):
        killed: list[tuple[str, Killable]] = []
        for turn in range(AROUND):
            killed += [("a web process", webs[turn % 2]), ("Valkey", valkey), ("PostgreSQL", postgres)]
        found = story(pairs, webs, killed, MESSAGES, postgres.url)
    print(f"\nchat_faults: {len(pairs)} pairs, 2 web processes: {found}")
    report.write("chat_faults", {f"{what}, acknowledged": Metric(found.wrong[what], found.written) for what in WRONG})
    if any(found.wrong.values()):
        raise RuntimeError("a message is not as it should be")


if __name__ == "__main__":
    run()
