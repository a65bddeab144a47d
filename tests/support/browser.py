"""A real Chromium; every page is watched for errors of its scripts and for requests to anybody else."""

import asyncio
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from accounts.factors.access import must_have
from accounts.models import User
from tests.support.cast import PASSWORD, verify

FLAGS = [
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
CONTRAST = ["color-contrast", "color-contrast-enhanced"]
STANDARDS = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "experimental"]


def chromium() -> str:
    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    assert path, "no Chromium: make test installs it"
    return path


@pytest.fixture(autouse=True)
def _no_loop_of_the_browser(request) -> Iterator[None]:
    """Playwright leaves its event loop running in this thread; a test without a browser starts loops of its own."""
    if "browser" in request.fixturenames:
        yield
        return
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(running)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        # As outside tests, the browser keeps pages that were left and may show them again.
        running = playwright.chromium.launch(
            executable_path=chromium(),
            args=FLAGS + sandbox,
            ignore_default_args=["--disable-back-forward-cache"],
        )
        yield running
        running.close()


class Watch:
    """Collects what must not happen on any page."""

    def __init__(self, site: str, neutral: str):
        self.allowed = (site, neutral)
        self.wrong: list[str] = []

    def page(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))
        page.on("request", self._request)
        page.on("console", lambda message: self._console(message.type, message.text, message.location["url"]))

    def _request(self, request: Request) -> None:
        if not request.url.startswith((*self.allowed, "data:", "ws://127.0.0.1")):
            self.wrong.append(f"request to {request.url}")

    def _console(self, kind: str, text: str, where: str) -> None:
        expected = ("status of 4", "net::ERR_INTERNET_DISCONNECTED", "error occurred when fetching the script")
        if kind == "error" and not any(words in text for words in expected):
            self.wrong.append(f"console: {text} {where}")


@pytest.fixture
def new_context(browser, site, neutral_page) -> Iterator[Callable[..., BrowserContext]]:
    """Return a maker of separate browsers (cookies, storage); keywords as for Playwright's new_context."""
    contexts: list[BrowserContext] = []
    watch = Watch(site, neutral_page)

    def make(**options) -> BrowserContext:
        context = browser.new_context(**({"base_url": site, "locale": "kk-KZ"} | options))
        context.set_default_timeout(15_000)
        context.on("page", watch.page)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert not watch.wrong, watch.wrong


@pytest.fixture
def page(new_context) -> Page:
    """A page of an ordinary browser with JavaScript."""
    return new_context().new_page()


@pytest.fixture
def sign_in() -> Callable[[Page, User], None]:
    """Sign a person of the cast in, through the form."""

    def through_the_form(page: Page, person: User, language: str = "kk") -> None:
        page.goto(f"/{language}/account/login/")
        page.fill("#id_login", person.email or person.username)
        page.fill("#id_password", PASSWORD)
        page.press("#id_password", "Enter")
        page.wait_for_url("**/dashboard/")

    return through_the_form


@pytest.fixture
def page_of(new_context, site) -> Callable[..., Page]:
    """Return a maker of pages, each of a browser of its own, in which a person of the cast is signed in already.

    Those who must have a second factor have shown it.
    """

    def make(person: User, **options) -> Page:
        visitor = Client()
        visitor.post("/kk/account/login/", {"login": person.email or person.username, "password": PASSWORD})
        if must_have(person):
            verify(visitor, person)
        context = new_context(**options)
        context.add_cookies([{"name": c.key, "value": c.value, "url": site} for c in visitor.cookies.values()])
        return context.new_page()

    return make


def axe(
    page: Page,
    rules: list[str] | None = None,
    kinds: tuple[str, ...] = ("violations",),
    without: tuple[str, ...] = (),
) -> list[list[str]]:
    """Run axe and return for each kind a line for each finding; `rules` runs only those, `without` leaves parts out."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": STANDARDS}
    where = {"include": [["html"]], "exclude": [[part] for part in without]}
    options = {"runOnly": only, "resultTypes": kinds}
    said = page.evaluate("([where, options]) => axe.run(where, options)", [where, options])
    return [
        [f"{page.url} {rule['id']}: {node['html'][:160]}" for rule in said[kind] for node in rule["nodes"]]
        for kind in kinds
    ]


def violations(page: Page, rules: list[str] | None = None) -> list[str]:
    """Return a line for each violation that axe finds."""
    return axe(page, rules)[0]
