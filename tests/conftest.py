import gc
import os

import hypothesis
import pytest
from django.core.cache import cache
from django.utils import translation

pytest_plugins = [
    "tests.support.cast",
    "tests.support.logs",
    "tests.support.instruments",
    "tests.support.journal",
    "tests.support.mail",
    "tests.support.site",
    "tests.support.static_files",
    "tests.support.browser",
]


# The same attempts every time, so that whoever changed nothing is not stopped; FUZZ=20 makes others, and more.
hypothesis.settings.register_profile("suite", derandomize="FUZZ" not in os.environ)
hypothesis.settings.load_profile("suite")


def pytest_collection_finish() -> None:
    """Let the collector of garbage leave alone what stands before the first test: it is large, and it stays."""
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
