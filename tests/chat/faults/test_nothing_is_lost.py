"""Pairs talk while a web process, Valkey and PostgreSQL are killed; at length: `make bench ONLY=chat_faults`."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.chat_faults import story
from bench.chat_site import Web
from bench.tracker import run_child, with_variables
from tests.support.logs import personal
from tests.support.servers import Postgres, Valkey

PAIRS, MESSAGES = 6, 150


@pytest.fixture
def addresses(db, tmp_path) -> Iterator[tuple[Postgres, Valkey, dict[str, str]]]:
    """Servers that this test alone may kill, and the variables of the processes that use them."""
    postgres, valkey = Postgres(tmp_path), Valkey(tmp_path)
    own = {"DATABASE_URL": postgres.url, "REDIS_URL": valkey.url, "EMOCARE_VAR": str(tmp_path)}
    try:
        yield postgres, valkey, own
    finally:
        postgres.stop()
        valkey.stop()


def _talk(postgres: Postgres, valkey: Valkey, webs: list[Web], own: dict[str, str]):
    with with_variables(own):
        pairs = json.loads(run_child("bench.chat_people", PAIRS).splitlines()[-1])
    for web in webs:
        web.wait()
    killed = [("a web process", webs[0]), ("Valkey", valkey), ("PostgreSQL", postgres)]
    return story(pairs, webs, killed, MESSAGES, postgres.url)


def test_each_message_is_there_once_and_in_order_whatever_is_killed_meanwhile(addresses, tmp_path: Path, capsys):
    postgres, valkey, own = addresses
    log = tmp_path / "web.log"
    webs = [Web(own, log) for _process in range(2)]
    try:
        found = _talk(postgres, valkey, webs, own)
    finally:
        for web in webs:
            web.stop()
    assert found.written >= MESSAGES
    assert not any(found.wrong.values()), str(found)
    assert found.settled is not None
    assert personal(log.read_text()) == []
    with capsys.disabled():
        sys.stdout.write(f"\n{PAIRS} pairs, 2 web processes: {found}\n")
