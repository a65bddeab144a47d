"""Loaded before the settings: each test process has a database of Valkey for itself, as it has one of PostgreSQL."""

import os
from urllib.parse import urlsplit

worker = os.environ.get("PYTEST_XDIST_WORKER", "")
if address := os.environ.get("REDIS_URL"):
    number = int(worker.removeprefix("gw") or 0) + 1
    os.environ["REDIS_URL"] = urlsplit(address)._replace(path=f"/{number}").geturl()

# Playwright's loop runs in the thread of the tests, which talk to the database between its steps.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
