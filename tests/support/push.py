"""A push service on this machine that speaks the protocol (RFC 8030, 8291, 8292), and browsers that subscribe there.

It takes a message only with a right signature, and keeps it as its browser reads it.
"""

import base64
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Event

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.http import HttpResponse
from django.test import Client
from py_vapid import Vapid02

from notifications.push import keys, posting
from tests.support.http_server import Handler, serving

ADDRESS = "/kk/notifications/devices/"


@dataclass
class Received:
    """One message as it came: where to, with which headers, what its browser reads."""

    path: str
    headers: dict[str, str]
    body: bytes
    message: dict[str, str]


@dataclass
class Device:
    """A browser with a key of its own, as it would subscribe."""

    endpoint: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = b"sixteen bytes!!!"

    def subscription(self, **other: str) -> dict:
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        own = {"p256dh": keys.to_text(point), "auth": keys.to_text(self.auth)}
        return {"endpoint": self.endpoint, "expirationTime": None, "keys": own} | other

    def read(self, body: bytes) -> dict[str, str]:
        return json.loads(http_ece.decrypt(body, private_key=self.key, auth_secret=self.auth, version="aes128gcm"))


class PushService:
    """Browsers by their paths; `answers` says what else than 201 a path gets, `held` is a path that gets nothing."""

    def __init__(self, origin: str):
        self.origin = origin
        self.devices: dict[str, Device] = {}
        self.answers: dict[str, tuple[int, dict[str, str]]] = {}
        self.received: list[Received] = []
        self.asked: list[str] = []
        self.held: dict[str, Event] = {}
        self.meanwhile: Callable[[], object] = lambda: None  # what happens between a message's coming and the answer

    def device(self, path: str = "/send/phone") -> Device:
        """Return a new browser with an address here."""
        return self.devices.setdefault(path, Device(self.origin + path))

    def take(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str]]:
        self.asked.append(path)
        self.meanwhile()
        if path in self.held:
            self.held[path].wait(20)
        if path in self.answers:
            return self.answers[path]
        if path not in self.devices:
            return 404, {}
        if not self._is_signed(headers["authorization"]):
            return 403, {}
        self.received.append(Received(path, headers, body, self.devices[path].read(body)))
        return 201, {}

    def _is_signed(self, authorization: str) -> bool:
        claims = authorization.split("t=")[1].split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(claims + "=="))
        fresh = claims["aud"] == self.origin and 0 < claims["exp"] - time.time() <= 24 * 3600
        return fresh and claims["sub"].startswith("mailto:") and Vapid02.verify(authorization)


class _Handler(Handler):
    def do_POST(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        status, more = self.server.push.take(self.path, headers, self.body())
        self.answer(status, headers=more)

    do_GET = do_POST


@pytest.fixture
def push_service(settings) -> Iterator[PushService]:
    """A push service that Emocare is allowed to send to."""
    with serving(_Handler) as server:
        server.push = PushService(f"http://127.0.0.1:{server.server_port}")
        settings.PUSH_SERVICES = [server.push.origin]
        posting._silent.clear()
        yield server.push
        for held in server.push.held.values():
            held.set()


def add(browser: Client, sent: Device | dict | bytes, **headers: str) -> HttpResponse:
    """Send a subscription as the page's script does."""
    body = sent.subscription() if isinstance(sent, Device) else sent
    return browser.post(ADDRESS, body, content_type="application/json", headers=headers)


@pytest.fixture
def phone(push_service, as_person, owner) -> Callable[..., tuple[Client, Device]]:
    """Return a maker of a browser in which a person is signed in and has turned notifications on."""

    def make(person=None, path: str = "/send/phone") -> tuple[Client, Device]:
        browser, device = as_person(person or owner), push_service.device(path)
        assert add(browser, device).status_code == 201
        return browser, device

    return make
