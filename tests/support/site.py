"""The site as in production, a granian process of its own on the test database; and the neutral page of the exit."""

import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from tests.support.logs import personal
from tests.support.ports import free_port
from tests.support.waiting import until
from tests_app import library


class _Weather(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(b"<!doctype html><html lang='en'><title>Weather</title><h1>Weather</h1>")

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def neutral_page() -> Iterator[str]:
    """The address of a page about the weather."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Weather)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=2) as response:  # noqa: S310
            return response.status == 200
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


@pytest.fixture(scope="session")
def site_process(django_db_setup, django_db_blocker, mail_server, neutral_page, tmp_path_factory) -> Iterator[str]:
    """Start the site on the test database; yield its address."""
    with django_db_blocker.unblock():
        database = urlsplit(settings.DATABASE_URL)._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    port = free_port()
    environment = os.environ | {
        "DATABASE_URL": database,
        "MEDIA_ROOT": str(tmp_path_factory.mktemp("site-media")),
        "QUICK_EXIT_URL": neutral_page,
        "EMAIL_HOST": mail_server.hostname,
        "EMAIL_PORT": str(mail_server.port),
        "EMAIL_USE_TLS": "no",
    }
    command = [sys.executable, "-m", "granian", "--interface", "asginl", "--workers", "1", "--host", "127.0.0.1"]
    log = (tmp_path_factory.mktemp("site") / "log").open("w+")
    process = subprocess.Popen(
        [*command, "--port", str(port), "emocare.asgi:application"], env=environment, stdout=log, stderr=log
    )
    address = f"http://127.0.0.1:{port}"
    try:
        until(lambda: _answers(address) or process.poll() is not None, seconds=40)
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
    library.load()
    return site_process
