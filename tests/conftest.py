import pytest
from django.core.cache import cache
from django.utils import translation

pytest_plugins = ["tests.support.cast", "tests.support.mail", "tests.support.site", "tests.support.browser"]


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
