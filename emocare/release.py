"""Which Emocare this is."""

import tomllib
from functools import cache

from django.conf import settings


@cache
def version() -> str:
    """Return the version of the code that runs."""
    try:
        project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return "unknown"
    return project["project"]["version"]


def name() -> str:
    """Return what the operator calls this build, else its version."""
    return settings.RELEASE or version()
