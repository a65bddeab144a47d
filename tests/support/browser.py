"""A real Chromium; every page is watched for errors of its scripts and for requests to anybody else."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from accounts.models import User
from tests.support.cast import PASSWORD

FLAGS = [
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def chromium() -> str:
    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    assert path, "no Chromium: make test installs it"
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        running = playwright.chromium.launch(executable_path=chromium(), args=FLAGS + sandbox)
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
        page.on("console", lambda message: self._console(message.type, message.text))

    def _request(self, request: Request) -> None:
        if not request.url.startswith((*self.allowed, "data:", "ws://127.0.0.1")):
            self.wrong.append(f"request to {request.url}")

    def _console(self, kind: str, text: str) -> None:
        if kind == "error" and "status of 4" not in text:
            self.wrong.append(f"console: {text}")


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


def violations(page: Page, rules: list[str] | None = None) -> list[str]:
    """Run axe and return a line for each violation; `rules` runs only those, by id."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": RULES}
    options = {"runOnly": only, "rules": {"color-contrast-enhanced": {"enabled": True}}, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [f"{page.url} {rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]
