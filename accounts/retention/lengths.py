"""How long things are kept, said once: settings.KEEP_DAYS. Code that lets go by itself asks here too."""

from datetime import timedelta

from django.conf import settings


def kept(kind: str) -> timedelta:
    """Return how long a kind of data is kept; KeyError for one that has no period."""
    return timedelta(days=settings.KEEP_DAYS[kind])
