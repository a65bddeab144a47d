"""Views that answer with the bytes of the real pages after the same queries, and do nothing else; served as WSGI.

The first request of a person for a page is answered by the real page, and what it asks the database is written down.
Every later one asks the same and answers with the same headers and bytes.
`plain` is behind Emocare's middleware, whose queries it leaves to it, and evaluates the same querysets.
`bare` has no middleware, sends all of the page's SQL with its parameters through a cursor, and fetches the rows.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from typing import Any

from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.decorators import login_not_required
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path, re_path

from emocare.wsgi import application


class Sql:
    """One statement with its parameters."""

    def __init__(self, sql: str, params: Any):
        self.sql, self.params = sql, params

    def ask(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.params)
            if cursor.description:
                cursor.fetchall()


class Rows:
    """One queryset, before it was evaluated."""

    def __init__(self, queryset: QuerySet):
        self.queryset = queryset._chain()

    def ask(self) -> None:
        len(self.queryset._chain())


class Watch:
    """What is asked meanwhile: every statement, or querysets and those statements that come from none."""

    def __init__(self, querysets: bool):
        self.querysets, self.inside, self.asked = querysets, False, []

    def statement(self, execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        if not self.inside:
            self.asked.append(Sql(sql, params))
        return execute(sql, params, many, context)

    def fetch(self, queryset: QuerySet) -> None:
        if not self.querysets or self.inside or queryset._result_cache is not None:
            return fetch_all(queryset)
        self.asked.append(Rows(queryset))
        self.inside = True
        try:
            return fetch_all(queryset)
        finally:
            self.inside = False


watch: ContextVar[Watch | None] = ContextVar("watch", default=None)
fetch_all = QuerySet._fetch_all


def _fetch_all(queryset: QuerySet) -> None:
    watching = watch.get()
    return watching.fetch(queryset) if watching else fetch_all(queryset)


QuerySet._fetch_all = _fetch_all


@contextmanager
def _watching(querysets: bool) -> Iterator[list[Sql | Rows]]:
    watching = Watch(querysets)
    token = watch.set(watching)
    try:
        with connection.execute_wrapper(watching.statement):
            yield watching.asked
    finally:
        watch.reset(token)


recordings: dict[tuple[str, str], tuple[list[Sql | Rows], HttpResponse]] = {}
recording = Lock()


def _key(request: HttpRequest) -> tuple[str, str]:
    return request.get_full_path(), request.META.get("HTTP_COOKIE", "")


def replay(request: HttpRequest) -> HttpResponse:
    """Ask what the real page asks, and answer what it answers."""
    asked, page = recordings[_key(request)]
    for question in asked:
        question.ask()
    return HttpResponse(page.content, headers=dict(page.headers))


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the server has started."""
    return HttpResponse()


urlpatterns = [path("healthz", healthz), *i18n_patterns(re_path("", replay))]


class ReplayRequest(WSGIRequest):
    urlconf = __name__


class ReplayHandler(WSGIHandler):
    """Answer with the real page the first time, with its replay from then on."""

    request_class = ReplayRequest

    def __init__(self, querysets: bool):
        super().__init__()
        self.querysets = querysets

    def get_response(self, request: HttpRequest) -> HttpResponse:
        key = _key(request)
        if key not in recordings and request.path != "/healthz":
            with recording:
                if key not in recordings:
                    self._record(request, key)
        return super().get_response(request)

    def _record(self, request: HttpRequest, key: tuple[str, str]) -> None:
        with _watching(self.querysets) as asked:
            page = application.get_response(WSGIRequest(request.environ))
        recordings[key] = [], page
        with _watching(self.querysets) as by_middleware:
            super().get_response(ReplayRequest(request.environ))
        recordings[key] = asked[len(by_middleware) :], page  # the middleware asks before the view does


plain = ReplayHandler(querysets=True)
with override_settings(MIDDLEWARE=[]):
    bare = ReplayHandler(querysets=False)
