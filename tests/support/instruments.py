"""The tests that come with Emocare, in the database of a test."""

from typing import Any

import pytest

from tests_app import administration, library
from tests_app.models import Version


@pytest.fixture
def instruments(db) -> dict[str, Version]:
    """Every shipped test, published, by its key."""
    library.load()
    return {version.instrument.key: version for version in Version.objects.select_related("instrument")}


def published(content: dict[str, Any]) -> Version:
    """Bring a test as administrators do, and publish it."""
    version, _new = administration.import_content(content=content)
    return administration.publish(version=version)
