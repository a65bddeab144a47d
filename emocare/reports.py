"""Errors, counted, and told to a server that speaks Sentry's protocol where the operator named one.

What is told is built from what is known to say nothing about anybody; it is not an event with parts taken out.
docs/decisions/0030-sight.md
"""

import logging
import traceback
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from emocare import counting, logs, release

OURS = ("emocare", "accounts", "tracker", "tests_app", "emergency", "notifications")
LONGEST = 200
TAGS = ("request", "job", "job_id", "view", "method", "status", "sqlstate", "constraint")
FRAME = ("module", "function", "lineno", "in_app")
ENVELOPE = ("event_id", "timestamp", "platform", "level", "logger", "release", "environment")
_capture: Any = None  # sentry_sdk's function once there is an address


class Handler(logging.Handler):
    """Takes the errors of the log: of requests, tasks and live connections alike."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if error is None:
            return
        with suppress(Exception):  # telling of an error breaks nothing
            counting.failed(logs.type_of(type(error)))
            if _capture is not None:
                _capture(_event(record, error))


def start(dsn: str) -> None:
    """Send errors to the server of an address from now on. It reads nothing by itself: no integration is on."""
    global _capture
    import sentry_sdk  # a sixth of a second, for those who use it
    from sentry_sdk.utils import BadDsn

    try:
        sentry_sdk.init(
            dsn=dsn,
            release=release.name(),
            environment=settings.MODE,
            server_name="",
            before_send=only_what_is_known,
            default_integrations=False,
            auto_enabling_integrations=False,
            integrations=[],
            max_breadcrumbs=0,
            max_request_body_size="never",
            include_local_variables=False,
            include_source_context=False,
            auto_session_tracking=False,
            send_client_reports=False,
            enable_backpressure_handling=False,
            enable_metrics=False,
            propagate_traces=False,
            spotlight=False,
            debug=False,
            _experiments={"transport_compression_algo": "gzip"},  # which every server of the protocol reads
        )
    except BadDsn:
        raise ImproperlyConfigured("SENTRY_DSN must be like https://key@errors.example.kz/1") from None
    _capture = sentry_sdk.capture_event


def stop() -> None:
    """Send nothing any more."""
    global _capture
    import sentry_sdk

    _capture = None
    sentry_sdk.get_client().close(timeout=2)
    sentry_sdk.get_global_scope().set_client(None)


def _event(record: logging.LogRecord, error: BaseException) -> dict[str, Any]:
    known = logs.about(record)
    told = logs.causes(error)
    for cause in told:
        known = logs.rule_of(cause) | known
    return {
        "level": "error",
        "logger": record.name,
        "transaction": known.get("view") or known.get("job"),
        "tags": known,
        "exception": {"values": [_told(cause) for cause in reversed(told)]},
    }


def _told(error: BaseException) -> dict[str, Any]:
    frames = []
    for frame, line in traceback.walk_tb(error.__traceback__):
        module = frame.f_globals.get("__name__", "")
        ours = module.partition(".")[0] in OURS
        frames.append({"module": module, "function": frame.f_code.co_name, "lineno": line, "in_app": ours})
    return {"type": type(error).__qualname__, "module": type(error).__module__, "stacktrace": {"frames": frames}}


def only_what_is_known(event: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any] | None:
    """Build anew what is sent: types and places of errors, our names of view, task and rule, the id of the request.

    Words, values, addresses, people and anything new that a library adds are left where they are.
    """
    errors = [_known_error(error) for error in (event.get("exception") or {}).get("values") or []]
    if not errors:
        return None
    tags = event.get("tags") or {}
    return {
        **{name: _short(event[name]) for name in ENVELOPE if event.get(name)},
        "transaction": _short(tags.get("view") or tags.get("job") or ""),
        "tags": {name: _short(tags[name]) for name in TAGS if tags.get(name) is not None},
        "exception": {"values": errors},
    }


def _known_error(error: dict[str, Any]) -> dict[str, Any]:
    frames = (error.get("stacktrace") or {}).get("frames") or []
    return {
        "type": _short(error.get("type")),
        "module": _short(error.get("module")),
        "stacktrace": {
            "frames": [{name: _short(frame[name]) for name in FRAME if frame.get(name) is not None} for frame in frames]
        },
    }


def _short(value: object) -> Any:
    return value if isinstance(value, int | float) else str(value)[:LONGEST]
