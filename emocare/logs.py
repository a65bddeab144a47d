"""Lines of the log that carry no personal text.

A request is named by its view, for an address can hold a code; an error by its type and place, for its words can hold
what somebody wrote: PostgreSQL names the value that was there already.
"""

import copy
import json
import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from django.http import HttpRequest

MOST_CAUSES = 5
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})
BINDABLE = frozenset({"request", "job", "job_id"})
_bound: ContextVar[dict[str, object] | None] = ContextVar("emocare_log_bound", default=None)


@contextmanager
def bind(**known: object) -> Iterator[None]:
    """Say in every line that is written inside what it belongs to: `request` (its id), `job` (a task's name), `job_id`.

    It holds for this thread and for what it awaits.
    """
    if unknown := known.keys() - BINDABLE:
        raise TypeError(f"a line never says {', '.join(sorted(unknown))}")
    token = _bound.set({**bound(), **known})
    try:
        yield
    finally:
        _bound.reset(token)


def bound() -> dict[str, object]:
    """Return what is bound here and now."""
    return _bound.get() or {}


def view_of(request: HttpRequest) -> str:
    """Return the name of the view that answers a request, "-" where none does; never its address."""
    match = request.resolver_match
    return match.view_name if match else "-"


def method_of(request: HttpRequest) -> str:
    """Return the method, "other" for a word that somebody made up."""
    return request.method if request.method in METHODS else "other"


def about(record: logging.LogRecord) -> dict[str, object]:
    """Return what a record belongs to: ids and names of our code, nothing else."""
    known = bound().copy()
    job = getattr(record, "job", None)  # of procrastinate
    if isinstance(job, dict):
        known |= {"job": job.get("task_name"), "job_id": job.get("id")}
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest):
        known |= {"request": getattr(request, "id", None), "view": view_of(request), "method": method_of(request)}
        known["status"] = getattr(record, "status_code", None)
    known["duration_ms"] = getattr(record, "duration_ms", None)
    return {name: value for name, value in known.items() if value is not None}


def causes(error: BaseException | None) -> list[BaseException]:
    """Return an error and what caused it, the error first."""
    found: list[BaseException] = []
    while error is not None and len(found) < MOST_CAUSES:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found


def type_of(error: type[BaseException]) -> str:
    """Return the name of a type of errors."""
    return f"{error.__module__}.{error.__qualname__}"


def rule_of(error: BaseException) -> dict[str, str]:
    """Return by PostgreSQL's code and the constraint's name what was broken."""
    details = getattr(error, "diag", None)  # of psycopg
    known = {"sqlstate": getattr(details, "sqlstate", None), "constraint": getattr(details, "constraint_name", None)}
    return {name: value for name, value in known.items() if value}


class Discreet(logging.Formatter):
    """Formats a record without addresses of requests and without the words of errors; moments are ISO 8601."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", "%Y-%m-%dT%H:%M:%S%z", style="{")

    def format(self, record: logging.LogRecord) -> str:
        record = copy.copy(record)  # other handlers see it as it was
        record.exc_text = None
        known = about(record)
        told = " ".join(
            f"{name}={known[name]}" for name in ("request", "job", "job_id", "duration_ms") if name in known
        )
        record.msg, record.args = f"{_event(record, known)} [{told}]" if told else _event(record, known), None
        return super().format(record)

    def formatException(self, ei: tuple[type[BaseException], BaseException, TracebackType | None]) -> str:
        """Return where an error came from, and each of its causes."""
        return "\nbecause of\n".join(
            "".join(f"  {place}\n" for place in _places(error))
            + " ".join([type_of(type(error)), *rule_of(error).values()])
            for error in causes(ei[1])
        )


class Json(logging.Formatter):
    """The same as one JSON object a line, for machines that collect lines."""

    def format(self, record: logging.LogRecord) -> str:
        known = about(record)
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": _event(record, known),
            **known,
        }
        if record.exc_info and record.exc_info[1]:
            line["errors"] = [
                {"type": type_of(type(error)), **rule_of(error), "places": _places(error)}
                for error in causes(record.exc_info[1])
            ]
        return json.dumps(line, ensure_ascii=False, default=str)


class WithoutArguments(logging.Filter):
    """Leaves of procrastinate's lines what happened to which task: they hold its arguments and the words of errors."""

    HELD = ("result", "exception", "kwargs")

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = str(getattr(record, "action", record.funcName)), None
        for name in self.HELD:
            record.__dict__.pop(name, None)
        job = getattr(record, "job", None)
        record.job = {name: job.get(name) for name in ("task_name", "id")} if isinstance(job, dict) else None
        return True


def _event(record: logging.LogRecord, known: dict[str, object]) -> str:
    if "view" not in known:
        return record.getMessage()
    view = "an address that does not exist" if known["view"] == "-" else known["view"]
    return f"{known.get('status', '')} {known['method']} {view}"


def _places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


FORMS = {"line": Discreet, "json": Json}
# A filter of a logger does not hold for those below it.
OF_TASKS = ("procrastinate.worker", "procrastinate.worker.worker", "procrastinate.utils")


def configuration(form: str, *, every_request: bool) -> dict[str, Any]:
    """Return Django's LOGGING: one of FORMS on standard error, and errors to emocare.reports too."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"console": {"()": FORMS[form]}},
        "filters": {"without_arguments": {"()": WithoutArguments}},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "console"},
            "reports": {"class": "emocare.reports.Handler", "level": "ERROR"},
        },
        "root": {"handlers": ["console", "reports"], "level": "WARNING"},
        "loggers": {
            "django": {"level": "WARNING"},
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            "emocare.requests": {"level": "INFO" if every_request else "WARNING"},
            "emocare.background": {"level": "INFO"},
            "procrastinate": {"level": "ERROR"},
            **{key: {"filters": ["without_arguments"]} for key in OF_TASKS},
        },
    }
