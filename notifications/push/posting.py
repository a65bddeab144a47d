"""One message to one browser: encrypted for it alone (RFC 8291), handed to its push service (RFC 8030)."""

import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import requests
from django.conf import settings

from emocare import push_services
from notifications.models import PushSubscription
from notifications.push import keys

TIMEOUT = (5, 10)  # seconds to connect, and between bytes of the answer
LENGTH = 600  # bytes of every message before it is encrypted: nobody learns from its length what it is about
SILENT = 30  # seconds for which a service that does not answer is left alone, but for what is about danger
GONE = (404, 410)
BUSY = (408, 425, 429)
_silent: dict[str, float] = {}  # until when, by host


@dataclass(frozen=True)
class Answer:
    """What came of it: taken, the browser is gone, try later (in `wait` seconds where it says so), or else refused."""

    status: int = 0
    wait: int | None = None

    @property
    def taken(self) -> bool:
        return 200 <= self.status < 300

    @property
    def gone(self) -> bool:
        return self.status in GONE

    @property
    def later(self) -> bool:
        return self.status in BUSY or self.status >= 500 or not self.status


NO_ANSWER, UNKNOWN_SERVICE = Answer(), Answer(GONE[0])


def post(device: PushSubscription, message: dict[str, str], *, topic: str, lasts: int, urgent: bool) -> Answer:
    """Send a message that is worth showing for `lasts` seconds; of two with one topic the second takes the place."""
    from pywebpush import WebPusher  # it takes a third of a second, in every process that never sends

    if not push_services.is_one(device.endpoint, settings.PUSH_SERVICES):
        return UNKNOWN_SERVICE
    parts = urlsplit(device.endpoint)
    if not urgent and time.monotonic() < _silent.get(parts.netloc, 0.0):
        return NO_ANSWER
    headers = {
        **keys.signed_for(f"{parts.scheme}://{parts.netloc}", int(time.time())),
        "Content-Type": "application/octet-stream",
        "Content-Encoding": "aes128gcm",
        "TTL": str(lasts),
        "Topic": topic,
        "Urgency": "high" if urgent else "normal",
    }
    text = json.dumps(message, ensure_ascii=False).encode().ljust(LENGTH)
    body = WebPusher({"endpoint": device.endpoint, "keys": json.loads(device.keys)}).encode(text)["body"]
    return _ask(device.endpoint, body, headers)


def _ask(endpoint: str, body: bytes, headers: dict[str, str]) -> Answer:
    with requests.Session() as session:
        session.trust_env = False  # no proxy, and no password of a .netrc
        try:
            # Nobody leads us elsewhere, and what they say besides the status is not read.
            response = session.post(
                endpoint, data=body, headers=headers, timeout=TIMEOUT, allow_redirects=False, stream=True
            )
        except requests.RequestException as error:
            if isinstance(error, requests.Timeout):
                _leave_alone(urlsplit(endpoint).netloc)
            return NO_ANSWER
        response.close()
    return Answer(response.status_code, _seconds(response.headers.get("Retry-After", "")))


def _leave_alone(host: str) -> None:
    """Spare a process' threads, which others need, from waiting for the same silence again and again."""
    now = time.monotonic()
    for known in [known for known, until in list(_silent.items()) if until < now]:
        _silent.pop(known, None)
    _silent[host] = now + SILENT


def _seconds(retry_after: str) -> int | None:
    """Return for how long a service asks to wait: it says seconds, or a date."""
    if retry_after.isascii() and retry_after.isdigit() and len(retry_after) < 12:
        return int(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0, int((moment - datetime.now(UTC)).total_seconds()))
