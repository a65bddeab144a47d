"""The instruments that come with Emocare: files beside this module, loaded into the database as published versions."""

import logging
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import transaction

from tests_app.checking import Unreadable, check, read
from tests_app.checking.form import SCHEMA
from tests_app.models import Version
from tests_app.versions.services import add_shipped, digest_of

FOLDER = Path(__file__).parent / "instruments"
log = logging.getLogger(__name__)


class Broken(Exception):
    """Files that come with Emocare and are no instruments; says which, and all that is wrong."""


@lru_cache(maxsize=1)
def shipped() -> tuple[dict[str, Any], ...]:
    """Return the contents of all files, by key; they are read and checked once in a process."""
    return contents_of(FOLDER)


def contents_of(folder: Path) -> tuple[dict[str, Any], ...]:
    """Return the contents of the files in a folder, by key; raises Broken."""
    contents = {path.name: _read(path) for path in sorted(folder.rglob("*.json")) if path != SCHEMA}
    keys = [str(content.get("key")) for content in contents.values() if isinstance(content, dict)]
    wrong = [f"{name}: {problem}" for name, content in contents.items() for problem in check(content, keys)]
    wrong += [f"{key}: this key is in more than one file" for key in sorted(set(keys)) if keys.count(key) > 1]
    if wrong:
        raise Broken("\n".join(wrong))
    return tuple(sorted(contents.values(), key=lambda content: content["key"]))


def _read(path: Path) -> Any:
    try:
        return read(path.read_bytes())
    except Unreadable as error:
        raise Broken(f"{path.name}: {error}") from error


@transaction.atomic
def load() -> list[Version]:
    """Add every shipped version that is not there yet, mostly published; return the new ones.

    What administrators retired or wrote themselves stays: `add_shipped` says how.
    """
    known = set(Version.objects.values_list("digest", flat=True))
    new = []
    for content in shipped():
        if digest_of(content) in known:
            continue
        if version := add_shipped(content=content):
            new.append(version)
        else:
            log.warning("tests: %s %d is not loaded: one as late is there", content["key"], content["version"])
    return new
