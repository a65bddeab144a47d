"""`/metrics` in Prometheus' words, for those inside: numbers of the processes, and of the queue from the database."""

import hmac
import ipaddress
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from accounts.signin.addresses import client_address
from emocare import counting, health, release
from emocare.background import lateness

TASKS = """
SELECT task_name,
       CASE WHEN status = 'doing' THEN 'running' WHEN status = 'failed' THEN 'failed'
            WHEN scheduled_at > now() THEN 'later' ELSE 'due' END,
       count(*)
FROM procrastinate_jobs WHERE status IN ('todo', 'doing', 'failed') GROUP BY 1, 2
"""
WORKERS = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)"
# By number, so that the newest are found without an index by time; the limit keeps a busy day cheap.
SENT = """
SELECT channel, state, count(*) FROM (
    SELECT channel, state, due_at AS at FROM notifications_delivery ORDER BY id DESC LIMIT 20000
) AS newest WHERE at > now() - interval '1 day' GROUP BY 1, 2
UNION ALL
SELECT 'letter', state, count(*) FROM (
    SELECT state, made_at AS at FROM notifications_letter ORDER BY id DESC LIMIT 20000
) AS newest WHERE at > now() - interval '1 day' GROUP BY 2
"""
OF_PROCESS = ("process_resident_memory_bytes", "process_cpu_seconds_total", "process_open_fds")


class DatabaseCollector:
    """What the database knows, asked on a connection of its own, so that a full pool is seen and not waited for."""

    def collect(self) -> Iterator[Metric]:
        state = health.state()
        up = GaugeMetricFamily("emocare_service_up", "Whether a service answers", labels=["service"])
        for service in ("postgres", "valkey"):
            up.add_metric([service], state[service] == health.OK)
        yield up
        if state["postgres"] != health.OK:
            return
        try:
            with psycopg.connect(**health.address_of_postgres()) as own:
                yield from list(_asked(own))
        except psycopg.Error:
            return


def _asked(own: psycopg.Connection) -> Iterator[Metric]:
    tasks = GaugeMetricFamily("emocare_tasks", "Tasks that have not succeeded", labels=["task", "state"])
    for name, state, count in own.execute(TASKS):
        tasks.add_metric([name, state], count)
    yield tasks
    heartbeat, oldest = own.execute(lateness.STATE).fetchone()
    yield GaugeMetricFamily("emocare_oldest_due_task_seconds", "How long the oldest due task waits", value=oldest or 0)
    (workers,) = own.execute(WORKERS, [lateness.SILENT]).fetchone()
    yield GaugeMetricFamily("emocare_workers", "Workers with a heartbeat in the last minute", value=workers)
    if heartbeat is not None:
        yield GaugeMetricFamily("emocare_worker_heartbeat_seconds", "Since the last heartbeat", value=heartbeat)
    sent = GaugeMetricFamily("emocare_sent", "Deliveries and letters of the last day", labels=["channel", "state"])
    for channel, state, count in own.execute(SENT):
        sent.add_metric([channel, state], count)
    yield sent


class ProcessesCollector:
    """Memory, time and files of all processes that share their numbers, together."""

    def __init__(self, pids: list[int]):
        self.pids = pids

    def collect(self) -> Iterator[Metric]:
        sums: dict[str, float] = dict.fromkeys(OF_PROCESS, 0.0)
        for pid in self.pids:
            for family in ProcessCollector(pid=lambda pid=pid: pid, registry=None).collect():
                for sample in family.samples:
                    if sample.name in sums:
                        sums[sample.name] += sample.value
        for name, value in sums.items():
            yield GaugeMetricFamily(name, "Of the processes of this service together", value=value)
        yield GaugeMetricFamily("emocare_processes", "Processes of this service", value=len(self.pids))


def _living(folder: Path) -> list[int]:
    """Return the processes that share their numbers; forget what those had open that are not there any more."""
    pids = {int(file.stem.rpartition("_")[2]) for file in folder.glob("*.db")}
    living = {pid for pid in pids if Path(f"/proc/{pid}").exists()}
    for pid in pids - living:
        mark_process_dead(pid, str(folder))
    return sorted(living | {os.getpid()})


def _build() -> Metric:
    family = GaugeMetricFamily("emocare_build", "Which Emocare this is", labels=["version"])
    family.add_metric([release.name()], 1)
    return family


class _One:
    def __init__(self, metric: Metric):
        self.metric = metric

    def collect(self) -> list[Metric]:
        return [self.metric]


def numbers() -> bytes:
    """Return all numbers as Prometheus reads them."""
    counting.measure_pool()
    registry: Any = CollectorRegistry()
    pids = [os.getpid()]
    if counting.FOLDER:
        pids = _living(Path(counting.FOLDER))
        MultiProcessCollector(registry, path=counting.FOLDER)
    else:
        registry.register(counting.REGISTRY)
    for collector in (DatabaseCollector(), ProcessesCollector(pids), _One(_build())):
        registry.register(collector)
    return generate_latest(registry)


def _may_read(request: HttpRequest) -> bool:
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if settings.METRICS_TOKEN and scheme.lower() == "bearer":
        return hmac.compare_digest(token.encode(), settings.METRICS_TOKEN.encode())
    forwarded = request.headers.get("X-Forwarded-For")
    if forwarded is not None and not (forwarded and settings.ALLAUTH_TRUSTED_PROXY_COUNT):
        return False  # somebody stands between of whom nobody told us
    try:
        address = ipaddress.ip_address((client_address(request) if forwarded else request.META["REMOTE_ADDR"]) or "")
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    return any(address in network for network in settings.METRICS_ALLOW)


@csrf_exempt  # it changes nothing; strangers get the same for every method
@login_not_required
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Give the numbers to those whom the operator named; for everybody else there is no such page."""
    if request.method not in {"GET", "HEAD"} or not _may_read(request):
        raise Http404
    return HttpResponse(numbers(), content_type=CONTENT_TYPE_LATEST)
