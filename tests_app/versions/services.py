"""How instruments come in and change: a text is imported as a draft, published in place of the one before, retired.

A version that was published once stays as it was; the database holds that too (migration 0002).
"""

import hashlib
import json
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tests_app.checking import Problem, check
from tests_app.choices import State
from tests_app.models import Instrument, Version


class Refused(Exception):
    """What cannot be imported or published; `problems` say why, in words for the administrator."""

    def __init__(self, problems: Collection[Problem]):
        self.problems = list(problems)
        super().__init__("\n".join(map(str, problems)))


def digest_of(content: Any) -> str:
    """Return the SHA-256 of a content's canonical JSON, as hexadecimal digits."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


@transaction.atomic
def import_content(*, content: Any) -> tuple[Version, bool]:
    """Keep a content as a draft; return it and whether it is new: the same content is kept once.

    A draft of the same number is replaced. Raises Refused when the content is wrong or its number was used already.
    """
    _require_right(content)
    instrument, versions = _locked(content["key"])
    digest, number = digest_of(content), content["version"]
    if same := next((version for version in versions if version.digest == digest), None):
        return same, False
    draft = next((v for v in versions if v.number == number and v.state == State.DRAFT and not v.shipped), None)
    highest = max((version.number for version in versions if version != draft), default=0)
    if number <= highest:
        words = _("Version %(number)d is here already. Give this text a number above it.") % {"number": highest}
        raise Refused([Problem("version", words)])
    if draft is None:
        return _add(instrument, content, digest), True
    draft.content, draft.digest, draft.added_at = content, digest, timezone.now()
    draft.save(update_fields=["content", "digest", "added_at"])
    return draft, True


@transaction.atomic
def add_shipped(*, content: dict[str, Any]) -> Version | None:
    """Keep a checked content that comes with Emocare; nothing where it is here already or a later one is.

    It is published in place of one that came with Emocare too. Where administrators retired that one or published a
    text of their own, it waits for them as a draft.
    """
    instrument, versions = _locked(content["key"])
    if any(version.number >= content["version"] for version in versions):
        return None
    version = _add(instrument, content, digest_of(content), shipped=True)
    before = [old for old in versions if old.state != State.DRAFT]
    if not before or any(old.state == State.PUBLISHED and old.shipped for old in before):
        _publish(version)
    return version


@transaction.atomic
def publish(*, version: Version) -> Version:
    """Let people take this version from now on, and the one before no more; pressed twice, it is done once.

    Runs that are open stay with the version that they began with. Raises Refused when the content is wrong by now.
    """
    _locked(version.instrument.key)
    version = Version.objects.select_related("instrument").get(pk=version.pk)
    if version.state != State.PUBLISHED:
        _require_right(version.content)
        _publish(version)
    return version


@transaction.atomic
def retire(*, version: Version) -> Version:
    """Take a published version out of the list; results and open runs stay. Other states stay as they are."""
    _locked(version.instrument.key)
    version.refresh_from_db(fields=["state"])
    if version.state == State.PUBLISHED:
        version.state, version.retired_at = State.RETIRED, timezone.now()
        version.save(update_fields=["state", "retired_at"])
    return version


def _require_right(content: Any) -> None:
    known = Instrument.objects.values_list("key", flat=True)
    if problems := check(content, known):
        raise Refused(problems)


def _locked(key: str) -> tuple[Instrument, list[Version]]:
    """Return an instrument, which is made where it is new, and its versions; nobody else changes them meanwhile."""
    Instrument.objects.get_or_create(key=key)
    instrument = Instrument.objects.select_for_update().get(key=key)
    return instrument, list(instrument.versions.defer("content"))


def _add(instrument: Instrument, content: dict[str, Any], digest: str, *, shipped: bool = False) -> Version:
    return Version.objects.create(
        instrument=instrument, number=content["version"], content=content, digest=digest, shipped=shipped
    )


def _publish(version: Version) -> None:
    now = timezone.now()
    others = Version.objects.filter(instrument_id=version.instrument_id, state=State.PUBLISHED)
    others.update(state=State.RETIRED, retired_at=now)
    version.state, version.retired_at = State.PUBLISHED, None
    version.published_at = version.published_at or now
    version.save(update_fields=["state", "published_at", "retired_at"])
