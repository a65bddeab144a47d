"""The site as in production, a granian process of its own on the test database; and the neutral page of the exit."""

import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.http_server import Handler, serving
from tests.support.instruments import load_shipped
from tests.support.logs import personal
from tests.support.outside import database_url, mail_to
from tests.support.ports import free_port
from tests.support.waiting import until


class _Weather(Handler):
    def do_GET(self) -> None:
        page = b"<!doctype html><html lang='en'><title>Weather</title><h1>Weather</h1>"
        self.answer(200, page, {"Content-Type": "text/html; charset=utf-8"})


@pytest.fixture(scope="session")
def neutral_page() -> Iterator[str]:
    """The address of a page about the weather."""
    with serving(_Weather) as server:
        yield f"http://localhost:{server.server_port}/"


def answers(address: str) -> bool:
    """Say whether a site says that it is well."""
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=2) as response:  # noqa: S310
            return response.status == 200
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


@pytest.fixture(scope="session")
def site_media(tmp_path_factory) -> Path:
    """The folder in which the site keeps files."""
    return tmp_path_factory.mktemp("site-media")


@pytest.fixture(scope="session")
def site_process(
    django_db_setup, django_db_blocker, mail_server, neutral_page, site_media, tmp_path_factory
) -> Iterator[str]:
    """Start the site on the test database; yield its address."""
    with django_db_blocker.unblock():
        database = database_url()
    port = free_port()
    environment = os.environ | {
        "DATABASE_URL": database,
        "MEDIA_ROOT": str(site_media),
        "QUICK_EXIT_URL": neutral_page,
        **mail_to(mail_server),
        "DJANGO_SETTINGS_MODULE": "tests.support.site_settings",
    }
    command = [sys.executable, "-m", "granian", "--interface", "asginl", "--workers", "1", "--host", "127.0.0.1"]
    log = (tmp_path_factory.mktemp("site") / "log").open("w+")
    process = subprocess.Popen(
        [*command, "--port", str(port), "emocare.asgi:application"], env=environment, stdout=log, stderr=log
    )
    address = f"http://127.0.0.1:{port}"
    try:
        until(lambda: answers(address) or process.poll() is not None, seconds=40)
        assert process.poll() is None, log.seek(0) or log.read()
        yield address
    finally:
        process.terminate()
        process.wait(20)
        log.seek(0)
        said = log.read()
        log.close()
        assert personal(said) == [], "the site's log holds what people told"


@pytest.fixture
def site(site_process, transactional_db) -> str:
    """The site with a database that is empty but for the tests that come with Emocare."""
    load_shipped()
    return site_process
