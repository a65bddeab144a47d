"""Days in words, worked out once: a page writes the same few days many times, and Django formats each anew."""

from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language


@lru_cache(maxsize=4096)
def _written(day: date, form: str, language: str) -> str:
    return date_format(day, form)


def written(day: date, form: str = "DATE_FORMAT") -> str:
    """Write a day in the active language, in a form of Django's `date` filter or the name of a format."""
    return _written(day, form, get_language())


def moment(value: datetime) -> str:
    """Write a moment as day and time in the active language and time zone."""
    local = timezone.localtime(value)
    return f"{written(local.date())}, {local:%H:%M}"
