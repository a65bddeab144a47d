"""The instruments that come with Emocare: files beside this module, loaded into the database as published versions."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from tests_app.choices import State
from tests_app.models import Instrument, Version

FOLDER = Path(__file__).parent / "instruments"


def digest_of(content: Any) -> str:
    """Return the SHA-256 of a content's canonical JSON, as hexadecimal digits."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


@lru_cache(maxsize=1)
def shipped() -> tuple[dict[str, Any], ...]:
    """Return the contents of all files, by key."""
    files = [path for path in FOLDER.rglob("*.json") if path.name != "schema.json"]
    contents = [json.loads(path.read_text(encoding="utf-8")) for path in files]
    return tuple(sorted(contents, key=lambda content: content["key"]))


@transaction.atomic
def load() -> list[Version]:
    """Publish every shipped version that is not there yet, in place of the one before; return the new ones.

    A version that an administrator retired stays retired: loading again changes nothing.
    """
    known = set(Version.objects.values_list("digest", flat=True))
    return [_publish(content) for content in shipped() if digest_of(content) not in known]


def _publish(content: dict[str, Any]) -> Version:
    now = timezone.now()
    instrument, _created = Instrument.objects.get_or_create(key=content["key"])
    instrument.versions.filter(state=State.PUBLISHED).update(state=State.RETIRED, retired_at=now)
    return Version.objects.create(
        instrument=instrument,
        number=content["version"],
        content=content,
        digest=digest_of(content),
        state=State.PUBLISHED,
        shipped=True,
        added_at=now,
        published_at=now,
    )
