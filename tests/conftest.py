import gc
import os

import hypothesis
import pytest
from django.core.cache import cache
from django.utils import translation

pytest_plugins = [
    "tests.support.background",
    "tests.support.cast",
    "tests.support.database",
    "tests.support.logs",
    "tests.support.instruments",
    "tests.support.journal",
    "tests.support.mail",
    "tests.support.push",
    "tests.support.site",
    "tests.support.smtp",
    "tests.support.static_files",
    "tests.support.browser",
    "tests.support.worker",
]


# The same attempts every time, so that whoever changed nothing is not stopped; FUZZ=20 makes others, and more.
hypothesis.settings.register_profile("suite", derandomize="FUZZ" not in os.environ)
hypothesis.settings.load_profile("suite")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin the browser's part with what takes minutes: at the end one process would wait for the other.

    That part stays behind the tests in transactions: the browser leaves its loop running, and beside a running loop
    Django has other connections than a test without one.
    """
    browser = [item for item in items if "browser" in item.fixturenames]
    rest = [item for item in items if "browser" not in item.fixturenames]
    browser.sort(key=lambda item: item.get_closest_marker("long") is None)
    items[:] = rest + browser


def pytest_configure() -> None:
    """Let the collector of garbage wait until all tests are read: nearly all that is made meanwhile stays."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Let the collector of garbage leave alone what stands before the first test: it is large, and it stays."""
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True)
def _no_counts_of_attempts_from_other_tests():
    cache.clear()


@pytest.fixture(autouse=True)
def _the_language_of_no_other_test():
    with translation.override("kk"):
        yield


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.JOURNAL_LEDGER = tmp_path / "journal-ledger.txt"
