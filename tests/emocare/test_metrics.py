"""Numbers for those inside: who gets them, what they say, and that they say nothing about anybody."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from ipaddress import ip_network

import psycopg
import pytest
from django.conf import settings as loaded
from django.db import connection
from django.test import Client
from django.urls import path
from prometheus_client.parser import text_string_to_metric_families

from emocare import counting, health, metrics, urls
from emocare.urls import handler404, handler500  # noqa: F401
from tests.support.crawl import all_patterns
from tests.support.logs import personal

pytestmark = pytest.mark.django_db
TOKEN = "a-token-that-nobody-guesses"
LABELS = {"view", "method", "status", "type", "state", "task", "channel", "service", "version", "le"}


class Strange(Exception):
    pass


def breaking(request):
    raise Strange("құпия")


urlpatterns = [path("breaking/", breaking, name="breaking"), *urls.urlpatterns]


@pytest.fixture
def open_door(settings) -> None:
    settings.METRICS_ALLOW = [ip_network("127.0.0.0/8"), ip_network("10.1.0.0/16"), ip_network("fd00::/8")]


@pytest.fixture
def queue(monkeypatch) -> Iterator[psycopg.Connection]:
    monkeypatch.setattr(health, "FRESH", 0)
    empty = "TRUNCATE procrastinate_workers, procrastinate_jobs CASCADE"
    with psycopg.connect(**health.address_of_postgres()) as own:
        own.execute(empty)
        yield own
        own.execute(empty)


def numbers() -> dict[tuple, float]:
    """Return the value of each series by its name and what its labels say, in the order of their names."""
    families = text_string_to_metric_families(metrics.numbers().decode())
    return {(s.name, *s.labels.values()): s.value for family in families for s in family.samples}


def status(**more: object) -> int:
    return Client().get("/metrics", **more).status_code


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete", "options"])
def test_for_strangers_there_is_no_such_page(method):
    client = Client(enforce_csrf_checks=True)
    answer, nothing = (getattr(client, method)(address) for address in ("/metrics", "/metrics-of-nothing"))
    assert answer.status_code == nothing.status_code == 404
    assert answer.headers.keys() - {"Expires"} == nothing.headers.keys()


def test_whoever_is_inside_gets_them_as_prometheus_reads_them(open_door):
    answer = Client().get("/metrics")
    assert answer["Content-Type"].startswith("text/plain; version=")
    assert "no-store" in answer["Cache-Control"]
    assert b'emocare_service_up{service="postgres"} 1.0' in answer.content
    assert Client().post("/metrics").status_code == 404


@pytest.mark.parametrize(
    ("address", "given"),
    [("10.1.2.3", 200), ("::ffff:10.1.2.3", 200), ("fd00::1", 200), ("10.2.0.1", 404), ("", 404), ("x", 404)],
)
def test_inside_is_what_the_operator_named(open_door, address, given):
    assert status(REMOTE_ADDR=address) == given


@pytest.mark.parametrize(
    ("proxies", "forwarded", "given"),
    [
        (0, "10.1.2.3", 404),
        (0, "127.0.0.1", 404),
        (1, "8.8.8.8", 404),
        (1, "10.1.2.3, 8.8.8.8", 404),
        (1, "127.0.0.1", 200),
        (2, "127.0.0.1", 404),
        (1, "", 404),
        (1, "nonsense", 404),
    ],
)
def test_behind_a_proxy_the_clients_own_address_counts_and_an_unknown_proxy_is_not_believed(
    open_door, settings, proxies, forwarded, given
):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert status(headers={"x-forwarded-for": forwarded}) == given


@pytest.mark.parametrize(
    ("header", "given"),
    [
        (f"Bearer {TOKEN}", 200),
        (f"bearer {TOKEN}", 200),
        (f"Bearer {TOKEN}x", 404),
        (f"Basic {TOKEN}", 404),
        (TOKEN, 404),
        ("Bearer ", 404),
        ("Bearer ә", 404),
    ],
)
def test_a_token_opens_the_door_from_anywhere(settings, header, given):
    settings.METRICS_TOKEN = TOKEN
    assert status(headers={"authorization": header, "x-forwarded-for": "8.8.8.8"}) == given


def test_without_a_token_no_token_is_right():
    assert status(headers={"authorization": "Bearer "}) == status(headers={"authorization": "Bearer None"}) == 404


def test_requests_are_counted_by_view_method_and_kind_of_answer():
    before = numbers()
    for address in ("/kk/about/", "/ru/about/", "/kk/құпия/", "/kk/certificates/AAAA-AAAA-AAAA/", "/healthz"):
        Client().get(address)
    Client().generic("MYOWNWORD", "/kk/about/")
    after = numbers()
    grown = {key: after[key] - before.get(key, 0) for key in after if key[0] == "emocare_requests_total"}
    assert {key[1:]: value for key, value in grown.items() if value} == {
        ("GET", "2xx", "about"): 2,
        ("other", "4xx", "about"): 1,
        ("GET", "4xx", "-"): 1,
        ("GET", "4xx", "certificate"): 1,
        ("GET", "2xx", "healthz"): 1,
    }
    assert after["emocare_request_seconds_count", "about"] >= 3


@pytest.mark.urls("tests.emocare.test_metrics")
def test_errors_are_counted_by_type(as_person, owner):
    client = as_person(owner)
    client.raise_request_exception = False
    assert client.get("/breaking/").status_code == 500
    assert numbers()["emocare_errors_total", f"{__name__}.Strange"] == 1


def test_types_of_errors_beyond_many_are_counted_together(monkeypatch):
    monkeypatch.setattr(counting, "_types", {f"type {number}" for number in range(counting.MOST_TYPES)})
    counting.failed("one too many")
    assert numbers()["emocare_errors_total", "other"] >= 1


def test_nothing_in_them_is_about_anybody(as_person, owner):
    client = as_person(owner)
    for address in ("/kk/dashboard/", "/kk/mood/", f"/kk/mood/{owner.public_id}/", "/kk/journal/?q=secret-word"):
        client.get(address)
    said = metrics.numbers().decode()
    assert personal(said) == []
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}|/kk/|@", said)
    samples = [s for family in text_string_to_metric_families(said) for s in family.samples]
    assert {label for sample in samples for label in sample.labels} <= LABELS
    views = {sample.labels["view"] for sample in samples if "view" in sample.labels}
    others = views - {name for name, _pattern in all_patterns()} - {"-"}
    assert [
        name for name in others if not re.fullmatch(r"breaking|slow|accident|(admin:)?[a-z_]+\.[A-Za-z_.]+", name)
    ] == []


def test_the_queue_is_told_as_the_database_has_it(queue):
    queue.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    queue.execute(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, status, scheduled_at) VALUES"
        " ('default', 'x', 'todo', now() - interval '1 hour'), ('default', 'x', 'todo', NULL),"
        " ('default', 'x', 'todo', now() + interval '1 hour'), ('default', 'x', 'doing', NULL),"
        " ('default', 'y', 'failed', NULL), ('default', 'y', 'succeeded', NULL)"
    )
    found = numbers()
    told = {key[1:]: value for key, value in found.items() if key[0] == "emocare_tasks"}
    assert told == {("due", "x"): 2, ("later", "x"): 1, ("running", "x"): 1, ("failed", "y"): 1}
    assert 3600 <= found["emocare_oldest_due_task_seconds",] < 3700
    assert found["emocare_workers",] == 1
    assert found["emocare_worker_heartbeat_seconds",] < 60


def test_they_are_given_while_postgresql_is_down(monkeypatch):
    monkeypatch.setattr(health.POSTGRES, "asking", None)
    monkeypatch.setitem(connection.settings_dict, "PORT", 1)
    found = numbers()
    assert found["emocare_service_up", "postgres"] == 0
    assert found["emocare_service_up", "valkey"] == 1
    assert found["emocare_processes",] == 1


def test_the_pool_the_processes_and_the_build_are_told_of():
    found = numbers()
    assert found["emocare_database_pool", "all"] >= 1
    assert found["process_resident_memory_bytes",] > 1_000_000
    assert any(key[0] == "emocare_build" for key in found)


SEVERAL = """
import os, django
django.setup()
from django.test import Client
from emocare import counting, metrics
about = lambda times: [Client(headers={"host": "localhost"}).get("/kk/about/") for _ in range(times)]
about(1)
counting.SOCKETS.inc(5)
child = os.fork()
if not child:
    about(2)
    counting.SOCKETS.inc(3)
    os._exit(0)
os.waitpid(child, 0)
print(metrics.numbers().decode())
"""


def test_several_processes_are_told_of_as_one_and_what_a_dead_one_had_open_is_forgotten(tmp_path):
    environment = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path / "new" / "folder")}
    done = subprocess.run(
        [sys.executable, "-c", SEVERAL], env=environment, cwd=loaded.BASE_DIR, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert 'emocare_requests_total{method="GET",status="2xx",view="about"} 3.0' in done.stdout
    assert "emocare_sockets_open 5.0" in done.stdout
    assert "emocare_processes 1.0" in done.stdout
