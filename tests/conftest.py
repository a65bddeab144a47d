import pytest
from django.core.cache import cache

pytest_plugins = ["tests.support.cast", "tests.support.mail", "tests.support.site", "tests.support.browser"]


@pytest.fixture(autouse=True)
def _no_counts_of_attempts_from_other_tests():
    cache.clear()


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
