"""Each request and each live connection gets an id, is counted and timed."""

import logging
import re
import secrets
import time
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from emocare import counting, logs

HEADER = "X-Request-Id"
GIVEN = re.compile(r"[0-9a-f-]{8,36}", re.ASCII)  # nothing can be said with it
SLOW = 2.0  # seconds from which on a request gets a line in any case
BROKEN, NOT_HERE = 1011, 4404  # codes with which a socket closes

requests = logging.getLogger("emocare.requests")
sockets = logging.getLogger("emocare.sockets")


def new_id() -> str:
    """Return an id that is short enough to be told over the telephone."""
    return secrets.token_hex(5)


def _id_of(request: HttpRequest) -> str:
    """Return the id that a proxy of ours gave, else a new one."""
    if settings.ALLAUTH_TRUSTED_PROXY_COUNT and "X-Forwarded-For" in request.headers:
        given = request.headers.get(HEADER, "")
        if GIVEN.fullmatch(given):
            return given
    return new_id()


class TraceMiddleware:
    """Outermost, so that whatever is answered has an id and is counted: static files and refusals too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.id = _id_of(request)
        began = time.perf_counter()
        with logs.bind(request=request.id):
            response = self.get_response(request)
            _note(request, response.status_code, time.perf_counter() - began)
        response.headers[HEADER] = request.id
        return response


def _note(request: HttpRequest, status: int, seconds: float) -> None:
    with suppress(OSError):  # no room for the files of the numbers: pages go on
        counting.answered(logs.view_of(request), logs.method_of(request), status, seconds)
        counting.measure_pool_now_and_then()
    level = logging.WARNING if seconds >= SLOW else logging.INFO
    if requests.isEnabledFor(level):
        known = {"request": request, "status_code": status, "duration_ms": round(seconds * 1000)}
        requests.log(level, "answered", extra=known)


class TracedSockets:
    """The same for live connections; one that breaks is closed, and its error is told by type and place alone.

    The server would write the words of the error down, with the address.
    """

    def __init__(self, inner: Callable[..., Awaitable[None]]):
        self.inner = inner

    async def __call__(self, scope: MutableMapping[str, Any], receive: Callable, send: Callable) -> None:
        is_open = False

        async def counted(message: MutableMapping[str, Any]) -> None:
            nonlocal is_open
            if message["type"] == "websocket.accept" and not is_open:
                is_open = True
                counting.SOCKETS.inc()
            await send(message)

        with logs.bind(request=new_id()):
            try:
                await self.inner(scope, receive, counted)
            except Exception as error:  # noqa: BLE001 -- whatever it is, the server must not write it down
                await _close(error, send)
            finally:
                if is_open:
                    counting.SOCKETS.dec()


async def _close(error: Exception, send: Callable) -> None:
    code = BROKEN
    if isinstance(error, ValueError) and str(error).startswith("No route found"):  # of channels
        code = NOT_HERE
    else:
        sockets.error("A live connection broke", exc_info=error)
    with suppress(Exception):  # it may be closed already
        await send({"type": "websocket.close", "code": code})
