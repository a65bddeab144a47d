"""What the texts of each version said, as digests: a text cannot change without somebody noticing."""

import json
from datetime import date
from pathlib import Path

from django.conf import settings

from accounts.consents import VERSIONS, texts

FILE = Path(__file__).with_name("digests.json")
NEUTRAL = {"operator": {"name": "", "contact": ""}, "consents_from": date(2030, 1, 1)}


def known() -> dict[str, str]:
    """Return what is written down: purpose, version and language, and the digest."""
    return json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}


def current() -> dict[str, str]:
    """Return the same of the texts as they are now, without the operator's name."""
    found = {}
    for purpose, version in VERSIONS.items():
        for language, _name in settings.LANGUAGES:
            text = texts.written(purpose, language, **NEUTRAL)
            found[f"{purpose.value} {version} {language}"] = texts.digest(purpose, version, language, text).hex()
    return found


def changed(known: dict[str, str], now: dict[str, str]) -> list[str]:
    """Return the versions that say something else now than what is written down."""
    return sorted(name for name, digest in now.items() if known.get(name, digest) != digest)


def explained(names: list[str]) -> str:
    """Say what to do about texts that changed."""
    return (
        f"These texts of consents say something else than people agreed to: {', '.join(names)}. Give each a new "
        "version in accounts/consents/__init__.py, say in accounts/consents/changes.py what is new, and run "
        "`manage.py consent_digests`. Only if nobody was shown this version yet: "
        "`manage.py consent_digests --not-shown-yet`."
    )
