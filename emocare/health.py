"""Whether the services answer: `/healthz`, for the proxy, for containers and for whoever keeps the site running."""

import threading
import time
from collections.abc import Callable
from typing import Any

import psycopg
import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.backoff import NoBackoff
from redis.retry import Retry

from emocare.background import lateness

OK, ERROR, LATE, UNKNOWN = "ok", "error", "late", "unknown"
FRESH = 1.0  # seconds for which an answer is given again, so that nobody can ask the services more often
PATIENCE = 1.8  # seconds after which no answer is an answer


def address_of_postgres() -> dict[str, Any]:
    """Return what a connection of one's own needs, which waits for nothing long; in the thread that has Django's."""
    return connection.get_connection_params() | {
        "connect_timeout": 2,
        "options": "-c statement_timeout=1500",
        "tcp_user_timeout": 3000,
        "keepalives_idle": 2,
        "keepalives_interval": 1,
        "keepalives_count": 2,
        "autocommit": True,
    }


def ask_postgres(**address: Any) -> str:
    """Ask on a connection that no page uses; return the worker's state, which is for information only."""
    with psycopg.connect(**address) as own:
        own.execute("SELECT 1")
        try:
            late = lateness.means_late(*own.execute(lateness.STATE).fetchone())
        except psycopg.Error:  # there are no tables yet, or a migration holds them
            return UNKNOWN
    return LATE if late else OK


def ask_valkey(address: str) -> str:
    """Ask on a connection that no page uses."""
    with redis.Redis.from_url(
        address, socket_timeout=1, socket_connect_timeout=1, retry=Retry(NoBackoff(), 0)
    ) as client:
        client.ping()
    return OK


class _Asking:
    """One question, asked in a thread of its own: a service that hangs holds nobody who wants to know that."""

    def __init__(self, ask: Callable[..., str], address: dict[str, Any]):
        self.address, self.answer = address, ERROR
        self.began, self.ended = time.monotonic(), threading.Event()
        threading.Thread(target=self._run, args=(ask,), daemon=True, name="health").start()

    def _run(self, ask: Callable[..., str]) -> None:
        try:
            self.answer = ask(**self.address)
        except (psycopg.Error, redis.RedisError, OSError):
            self.answer = ERROR
        finally:
            self.ended.set()

    def wait(self) -> str:
        self.ended.wait(max(0.0, self.began + PATIENCE - time.monotonic()))
        return self.answer

    def serves(self, address: dict[str, Any]) -> bool:
        fresh = not self.ended.is_set() or time.monotonic() - self.began < FRESH
        return fresh and self.address == address


class Question:
    """A question to a service, asked once at a time and once a second however many want to know."""

    def __init__(self, ask: Callable[..., str]):
        self.ask, self.lock = ask, threading.Lock()
        self.asking: _Asking | None = None

    def put(self, **address: Any) -> _Asking:
        """Ask, or join whoever has just asked."""
        with self.lock:
            if self.asking is None or not self.asking.serves(address):
                self.asking = _Asking(self.ask, address)
            return self.asking


POSTGRES, VALKEY = Question(ask_postgres), Question(ask_valkey)


def state() -> dict[str, str]:
    """Return how each service is, within two seconds."""
    asked = POSTGRES.put(**address_of_postgres()), VALKEY.put(address=settings.REDIS_URL)
    worker, valkey = (asking.wait() for asking in asked)
    postgres = ERROR if worker == ERROR else OK
    return {"postgres": postgres, "valkey": valkey, "worker": worker if postgres == OK else UNKNOWN}


@login_not_required
@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Say whether PostgreSQL and Valkey answer; the worker is told of, but pages work without it."""
    services = state()
    healthy = services["postgres"] == services["valkey"] == OK
    return JsonResponse({"status": OK if healthy else ERROR, **services}, status=200 if healthy else 503)
