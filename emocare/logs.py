"""Lines of the log that carry no personal text.

A request is named by its view, for an address can hold a code; an error by its type and place, for its words can hold
what somebody wrote: PostgreSQL names the value that was there already.
"""

import copy
import logging
import traceback
from types import TracebackType

from django.http import HttpRequest

MOST_CAUSES = 5


class Discreet(logging.Formatter):
    """Formats a record without addresses of requests and without the words of errors; moments are ISO 8601."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", "%Y-%m-%dT%H:%M:%S%z", style="{")

    def format(self, record: logging.LogRecord) -> str:
        record = copy.copy(record)  # other handlers see it as it was
        record.exc_text = None
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            record.msg, record.args = _asked(request, getattr(record, "status_code", "")), None
        return super().format(record)

    def formatException(self, ei: tuple[type[BaseException], BaseException, TracebackType | None]) -> str:
        """Return where an error came from, and each of its causes."""
        told, error = [], ei[1]
        while error is not None and len(told) < MOST_CAUSES:
            told.append(_places(error) + _kind(error))
            error = error.__cause__ or error.__context__
        return "\nbecause of\n".join(told)


def _asked(request: HttpRequest, status: object) -> str:
    match = request.resolver_match
    return f"{status} {request.method} {match.view_name if match else 'an address that does not exist'}"


def _places(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return "".join(f"  {frame.filename}:{frame.lineno} {frame.name}\n" for frame in frames)


def _kind(error: BaseException) -> str:
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    details = getattr(error, "diag", None)  # of psycopg
    known = (getattr(details, "sqlstate", None), getattr(details, "constraint_name", None))
    return " ".join([kind, *filter(None, known)])
