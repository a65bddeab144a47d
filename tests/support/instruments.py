"""The tests that come with Emocare, in the database of a test."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from tests_app import library
from tests_app.choices import State
from tests_app.models import Instrument, Version
from tests_app.versions.services import digest_of


@pytest.fixture
def instruments(db) -> dict[str, Version]:
    """Every shipped test, published, by its key."""
    library.load()
    return {version.instrument.key: version for version in Version.objects.select_related("instrument")}


def published(content: dict[str, Any]) -> Version:
    """Publish a content in place of the one before, unchecked: pages must bear what the check would refuse."""
    now, (instrument, _new) = timezone.now(), Instrument.objects.get_or_create(key=content["key"])
    instrument.versions.filter(state=State.PUBLISHED).update(state=State.RETIRED, retired_at=now)
    return Version.objects.create(
        instrument=instrument,
        number=content["version"],
        content=content,
        digest=digest_of(content),
        state=State.PUBLISHED,
        published_at=now,
    )


def texts_of(content: Any) -> Iterator[dict[str, str]]:
    """Return every text that people read of a content, by language, wherever it stands."""
    if isinstance(content, list):
        for part in content:
            yield from texts_of(part)
    elif isinstance(content, dict) and content.keys() & {"kk", "ru", "en"}:
        yield content
    elif isinstance(content, dict):
        for name in content.keys() - {"text_status"}:
            yield from texts_of(content[name])
