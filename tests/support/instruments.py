"""The tests that come with Emocare, in the database of a test."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from tests_app import library
from tests_app.choices import State
from tests_app.models import Instrument, Version
from tests_app.versions.services import digest_of

TABLES = ("tests_app_instrument", "tests_app_version")
_rows: dict[str, str] = {}  # of each table after the first time, as JSON
_digests: set[str] = set()


def load_shipped() -> None:
    """Load the tests that come with Emocare.

    The first time in a process it is done as in production. The same rows are then stored anew, as published now, where
    there is no test, and nothing is done where all of them are there.
    """
    known = set(Version.objects.values_list("digest", flat=True))
    if _digests and known >= _digests:
        return
    if not known and _rows:
        _store()
        return
    library.load()
    if not known:
        _remember()


def _remember() -> None:
    _digests.update(Version.objects.values_list("digest", flat=True))
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT json_agg(row)::text FROM {table} row")  # noqa: S608
            (_rows[table],) = cursor.fetchone()


def _store() -> None:
    now = timezone.now().isoformat()
    times = json.dumps({"added_at": now, "published_at": now})
    with connection.cursor() as cursor:
        for table in TABLES:
            rows = f"jsonb_array_elements(%s) one, jsonb_populate_record(NULL::{table}, one || %s) row"
            cursor.execute(f"INSERT INTO {table} SELECT row.* FROM {rows}", [_rows[table], times])  # noqa: S608


@pytest.fixture
def instruments(db) -> dict[str, Version]:
    """Every shipped test, published, by its key."""
    load_shipped()
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
