"""A real Chromium; every page is watched for errors of its scripts and for requests to anybody else."""

import asyncio
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Request, sync_playwright

from accounts.models import User
from tests.support.cast import PASSWORD

FLAGS = [
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--use-fake-device-for-media-stream",  # a microphone that beeps
    "--use-fake-ui-for-media-stream",  # the headless shell has no other way to allow it
]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
CONTRAST = ["color-contrast", "color-contrast-enhanced"]
# These only ask a person to look: they never find anything wrong by themselves.
ONLY_ASKED = ["hidden-content"]
STANDARDS = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "experimental"]


def chromium() -> str:
    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    assert path, "no Chromium: make test installs it"
    return path


@contextmanager
def started(playwright: Playwright, path: str) -> Iterator[Browser]:
    """Start a browser."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    # As outside tests, the browser keeps pages that were left and may show them again.
    running = playwright.chromium.launch(
        executable_path=path,
        args=FLAGS + sandbox,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    try:
        yield running
    finally:
        running.close()


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
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright) -> Iterator[Browser]:
    """Chromium; its headless shell where there is one, which needs half the time."""
    with started(playwright, os.environ.get("CHROMIUM_SHELL") or chromium()) as running:
        yield running


@pytest.fixture(scope="session")
def whole_browser(playwright) -> Iterator[Browser]:
    """Chromium as on a desktop, which asks for permissions too."""
    with started(playwright, chromium()) as running:
        yield running


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
        if not request.url.startswith((*self.allowed, "data:", "ws://127.0.0.1", "blob:http://127.0.0.1")):
            self.wrong.append(f"request to {request.url}")

    def _console(self, kind: str, text: str, where: str) -> None:
        expected = (
            "status of 4",
            "Unexpected response code: 403",  # the same of a socket: its sign-in ended while the page opened it
            "net::ERR_INTERNET_DISCONNECTED",
            "error occurred when fetching the script",
        )
        if kind == "error" and not any(words in text for words in expected):
            self.wrong.append(f"console: {text} {where}")


@pytest.fixture
def new_context(request, browser, site, neutral_page) -> Iterator[Callable[..., BrowserContext]]:
    """Return a maker of separate browsers (cookies, storage); keywords as for Playwright's new_context.

    Each would fetch and keep all that opens without a network, which costs more than most tests: only those marked
    `service_worker` let it. Tests marked `whole_browser` have that one.
    """
    if request.node.get_closest_marker("whole_browser"):
        browser = request.getfixturevalue("whole_browser")
    contexts: list[BrowserContext] = []
    watch = Watch(site, neutral_page)
    workers = "allow" if request.node.get_closest_marker("service_worker") else "block"

    def make(**options) -> BrowserContext:
        context = browser.new_context(**({"base_url": site, "locale": "kk-KZ", "service_workers": workers} | options))
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
def page_of(new_context, site, as_person) -> Callable[..., Page]:
    """Return a maker of pages, each of a browser of its own, in which a person of the cast is signed in already.

    Those who must have a second factor have shown it.
    """

    def make(person: User, **options) -> Page:
        context = new_context(**options)
        cookies = as_person(person).cookies.values()
        context.add_cookies([{"name": c.key, "value": c.value, "url": site} for c in cookies])
        return context.new_page()

    return make


# All that axe says of a page is much more than its findings; to carry it here would take as long as to find it.
_AXE_LINES = """async ([only, options, kinds]) => {
  const said = await axe.run(only, options);
  const lines = ({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`);
  return kinds.map((kind) => said[kind].flatMap(lines));
}"""


def axe(
    page: Page,
    rules: list[str] | None = None,
    kinds: tuple[str, ...] = ("violations",),
    only: str = "html",
    without: list[str] | None = None,
) -> list[list[str]]:
    """Run axe and return for each kind a line for each finding.

    `rules` runs only those, `without` all but those, `only` selects the parts of the page.
    """
    page.wait_for_load_state()  # whoever came by a link may be there before the styles are
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    chosen = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": STANDARDS}
    options = {"runOnly": chosen, "resultTypes": kinds, "preload": False}  # all styles are of this site
    options["rules"] = {rule: {"enabled": False} for rule in (*ONLY_ASKED, *(without or []))}
    return [
        [f"{page.url} {line}" for line in lines] for lines in page.evaluate(_AXE_LINES, [only, options, list(kinds)])
    ]


def violations(page: Page, rules: list[str] | None = None, without: list[str] | None = None) -> list[str]:
    """Return a line for each violation that axe finds."""
    return axe(page, rules, without=without)[0]
