"""A browser without scripts that talks HTTP to a site which comes and goes; many may do so at once in threads."""

import http.client
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

from bs4 import BeautifulSoup, Tag
from django.test import Client
from websockets.sync.client import ClientConnection, connect

from tests.support.waiting import until

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    """What the site answered; `way` is where it led."""

    status: int
    body: bytes
    way: str = ""

    @property
    def page(self) -> BeautifulSoup:
        return BeautifulSoup(self.body, "html.parser")


class Visitor:
    """Somebody with the cookies of a signed-in client, or nobody; tries again while no answer comes, or an error."""

    def __init__(self, address: str, client: Client | None = None):
        self.site = urlsplit(address).netloc
        self.cookies = {name: cookie.value for name, cookie in client.cookies.items()} if client else {}
        self.repeated = 0  # how often no answer came

    def get(self, path: str) -> Answer:
        return until(lambda: self._try("GET", path), 60)

    def send(self, path: str, form: Mapping[str, str]) -> Answer:
        """Send a form, the same again until it is answered."""
        return until(lambda: self._try("POST", path, urlencode(form)), 60)

    def press(self, path: str, chosen: str, **typed: str) -> Answer:
        """Open a page and send the first form of it that holds what the selector says, with what it holds already."""
        found = self.get(path)
        form = next((form for form in found.page.select("main form") if form.select_one(chosen)), None)
        assert form, f"{path} answered {found.status} and has no form with {chosen}"
        return self.send(form.get("action") or path, held_by(form, chosen) | typed)

    @contextmanager
    def socket(self) -> Iterator[ClientConnection]:
        """Open the socket that each page has, and hear its greeting."""
        given = {"origin": f"http://{self.site}", "additional_headers": {"Cookie": self._cookies()}}
        with connect(f"ws://{self.site}/ws/news/", **given) as opened:
            opened.recv(30)
            yield opened

    def _cookies(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def _try(self, method: str, path: str, body: str | None = None) -> Answer | None:
        line = http.client.HTTPConnection(self.site, timeout=10)
        try:
            line.request(method, path, body, {"Cookie": self._cookies()} | ({"Content-Type": FORM} if body else {}))
            got = line.getresponse()
            answer = Answer(got.status, got.read(), urlsplit(got.headers.get("Location", "")).path)
        except (OSError, http.client.HTTPException):
            answer = None
        finally:
            line.close()
        if answer is None or answer.status >= 500:
            self.repeated += 1
            return None
        for header in got.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: cookie.value for name, cookie in SimpleCookie(header).items()}
        return answer


def held_by(form: Tag, chosen: str) -> dict[str, Any]:
    """Return what a browser would send of a form whose button, or one of them, is the chosen one."""
    held = {field["name"]: field.get("value", "on") for field in form.select("input[name]") if _is_sent(field)}
    held |= {field["name"]: field.get_text().removeprefix("\n") for field in form.select("textarea[name]")}
    for field in form.select("select[name]"):
        option = field.select_one("option[selected]") or field.select_one("option")
        held[field["name"]] = option.get("value", "")
    button = form.select_one(chosen)
    if button.name == "button" and button.get("name"):
        held[button["name"]] = button.get("value", "")
    return held


def _is_sent(field: Tag) -> bool:
    return field.get("type") not in {"radio", "checkbox", "submit", "file"} or field.has_attr("checked")
