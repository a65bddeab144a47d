"""Whether the services answer: said at once, whatever state they are in."""

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from threading import Thread

import psycopg
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from psycopg_pool import PoolTimeout

from emocare import health

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _asked_anew(monkeypatch):
    monkeypatch.setattr(health.POSTGRES, "asking", None)
    monkeypatch.setattr(health.VALKEY, "asking", None)


@pytest.fixture
def queue(monkeypatch) -> Iterator[psycopg.Connection]:
    """The queue as other processes see it, empty before and after; each question is asked anew."""
    monkeypatch.setattr(health, "FRESH", 0)
    empty = "TRUNCATE procrastinate_workers, procrastinate_jobs CASCADE"
    with psycopg.connect(**health.address_of_postgres()) as own:
        own.execute(empty)
        yield own
        own.execute(empty)


@pytest.fixture
def silent_postgres(monkeypatch) -> Iterator[list[socket.socket]]:
    """A server in place of PostgreSQL that takes connections and says nothing; yields the connections."""
    taken = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def take() -> None:
            while True:
                try:
                    taken.append(server.accept()[0])
                except OSError:
                    return

        Thread(target=take, daemon=True).start()
        monkeypatch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
        monkeypatch.setitem(connection.settings_dict, "PORT", server.getsockname()[1])
        yield taken
        server.shutdown(socket.SHUT_RDWR)
    for one in taken:
        one.close()


def ask() -> HttpResponse:
    return Client().get("/healthz")


def test_all_is_well():
    answer = ask()
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "postgres": "ok", "valkey": "ok", "worker": "late"}


def test_it_is_kept_nowhere_and_says_nothing_else():
    answer = ask()
    assert "no-store" in answer["Cache-Control"]
    assert answer.json().keys() == {"status", "postgres", "valkey", "worker"}


@pytest.mark.parametrize("seconds", [0, 30])
def test_a_worker_with_a_heartbeat_and_no_old_task_is_well(queue, seconds):
    assert ask().json()["worker"] == "late"
    queue.execute(
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))", [seconds]
    )
    queue.execute("INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('default', 'x')")
    assert ask().json()["worker"] == "ok"


@pytest.mark.parametrize("minutes", [6, None])
def test_a_task_that_is_due_for_long_makes_the_worker_late_and_the_site_is_well_all_the_same(queue, minutes):
    queue.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    queue.execute(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, scheduled_at)"
        " VALUES ('default', 'x', now() - make_interval(mins => %s)), ('default', 'x', now() + interval '1 hour')",
        [minutes],
    )
    queue.execute("UPDATE procrastinate_events SET at = now() - interval '6 minutes'")
    answer = ask()
    assert (answer.status_code, answer.json()["worker"]) == (200, "late")


def test_whoever_is_signed_in_is_not_asked_for(as_person, owner, django_assert_num_queries):
    client = as_person(owner)
    with django_assert_num_queries(0):
        assert client.get("/healthz").status_code == 200
        assert client.get("/metrics").status_code == 404


def test_without_valkey_it_is_not_well(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    answer = ask()
    assert answer.status_code == 503
    assert answer.json() == {"status": "error", "postgres": "ok", "valkey": "error", "worker": "late"}


def test_a_postgresql_that_hangs_is_told_of_within_two_seconds_and_asked_once_however_many_want_to_know(
    silent_postgres,
):
    began = time.monotonic()
    with ThreadPoolExecutor(20) as crowd:
        answers = list(crowd.map(lambda _number: ask(), range(60)))
    assert time.monotonic() - began < 3
    assert {answer.status_code for answer in answers} == {503}
    assert answers[0].json() == {"status": "error", "postgres": "error", "valkey": "ok", "worker": "unknown"}
    assert len(silent_postgres) <= 2


def test_a_page_that_waits_for_a_connection_does_not_make_it_wait():
    with ExitStack() as held:
        with suppress(PoolTimeout):
            while True:
                held.enter_context(connection.pool.connection(timeout=0.3))
        began = time.monotonic()
        assert ask().status_code == 200
        assert time.monotonic() - began < 2


def test_somebody_who_asks_again_and_again_reaches_the_database_once_a_second(monkeypatch):
    asked = []
    question = health.Question(lambda **address: asked.append(address) or health.OK)
    assert {question.put().wait() for _number in range(1000)} == {health.OK}
    assert len(asked) == 1
