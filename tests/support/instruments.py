"""The tests that come with Emocare, in the database of a test."""

import pytest

from tests_app import library
from tests_app.models import Version


@pytest.fixture
def instruments(db) -> dict[str, Version]:
    """Every shipped test, published, by its key."""
    library.load()
    return {version.instrument.key: version for version in Version.objects.select_related("instrument")}
