"""Views that answer with the bytes of the real pages after the same queries, and do nothing else; served as WSGI.

The first request of a person for a page is answered by the real page, and what it asks the database is written down.
Every later one asks the same and answers with the same headers and bytes.
`plain` is behind Emocare's middleware and asks through the ORM, as the views of bench.bare_views are written.
`bare` has no middleware, sends all of the page's SQL with its parameters through a cursor, and fetches the rows.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from threading import Lock
from types import ModuleType
from typing import Any

from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.decorators import login_not_required
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path, re_path

from emocare.wsgi import application

NOW_AND_THEN = 'UPDATE "django_session"'  # that somebody was here is written down once in a while


ANSWER = re.compile(rb"(q_\d+=)\d$")  # at the end of a form


ATTEMPTS = 10


class Differs(Exception):
    """The reference asks for something else than the page."""


class Sql:
    """One statement with its parameters."""

    def __init__(self, sql: str, params: Any):
        self.sql, self.params = sql, params

    def ask(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.params)
            if cursor.description:
                cursor.fetchall()


@contextmanager
def _watching() -> Iterator[list[Sql]]:
    asked: list[Sql] = []

    def statement(execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        if not sql.startswith(NOW_AND_THEN) and "pg_type" not in sql:  # what Django asks on a new connection
            asked.append(Sql(sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(statement):
        yield asked


recordings: dict[tuple[str, str, str], tuple[list[Sql], HttpResponse, str]] = {}
recording = Lock()


def _key(request: HttpRequest) -> tuple[str, str, str]:
    return request.method, request.get_full_path(), request.META.get("HTTP_COOKIE", "")


def replay(request: HttpRequest) -> HttpResponse:
    """Send all SQL of the real page, and answer what it answers."""
    asked, page, _name = recordings[_key(request)]
    for statement in asked:
        statement.ask()
    return HttpResponse(page.content, status=page.status_code, headers=dict(page.headers))


def written(request: HttpRequest) -> HttpResponse:
    """Ask as a plain view would, and answer what the real page answers."""
    from bench.bare_views import VIEWS  # its models need the application

    _asked, page, name = recordings[_key(request)]
    VIEWS[name](request)
    return HttpResponse(page.content, status=page.status_code, headers=dict(page.headers))


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the server has started."""
    return HttpResponse()


def _urls(view: Callable) -> ModuleType:
    urls = ModuleType(f"urls_of_{view.__name__}")
    ours = [path("healthz", healthz), *i18n_patterns(re_path("", view))]
    from emocare.urls import urlpatterns  # whose names the middleware asks for

    urls.urlpatterns = [*ours, *urlpatterns]
    return urls


class ReplayHandler(WSGIHandler):
    """Answer with the real page the first time, with the view from then on."""

    def __init__(self, view: Callable):
        super().__init__()
        self.request_class = type("ReplayRequest", (WSGIRequest,), {"urlconf": _urls(view)})
        self.view = view

    def get_response(self, request: HttpRequest) -> HttpResponse:
        key = _key(request)
        if key not in recordings and request.path != "/healthz":
            with recording:
                if key not in recordings:
                    self._record_surely(request, key)
        return super().get_response(request)

    def _record_surely(self, request: HttpRequest, key: tuple[str, str, str]) -> None:
        """Record; again when another process sent the same answer meanwhile, so that nothing was left to change."""
        for attempts_left in reversed(range(ATTEMPTS)):
            try:
                return self._record(request, key)
            except Differs:
                if not attempts_left:
                    raise
        return None

    def _record(self, request: HttpRequest, key: tuple[str, str, str]) -> None:
        body = request.body  # each of those below reads it

        def environ(body: bytes = body) -> dict[str, Any]:
            return {**request.environ, "wsgi.input": BytesIO(body)}

        # The process reads what it keeps, such as the texts of tests; and what is recorded will change an answer.
        application.get_response(WSGIRequest(environ(ANSWER.sub(rb"\g<1>%d" % (body[-1:] == b"0"), body))))
        with _watching() as asked:
            real = WSGIRequest(environ())
            page = application.get_response(real)
        recordings[key] = asked, page, real.resolver_match.url_name
        with _watching() as again:
            super().get_response(self.request_class(environ()))
        theirs, ours = (sorted(statement.sql for statement in statements) for statements in (asked, again))
        if theirs != ours:
            raise Differs(f"the page asks {theirs}, the reference {ours}")


plain = ReplayHandler(written)
with override_settings(MIDDLEWARE=[]):
    bare = ReplayHandler(replay)
