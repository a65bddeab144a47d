"""The one write path for what helpers say of themselves and for their hours."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.helping import waiting
from accounts.helping.steps import Refused
from accounts.models import HelperHours, HelperProfile

DAY = 24 * 60  # minutes
FIELDS = ("languages", "ways", "topics", "about", "limits", "own_limit", "on_break", "break_until")
OVERLAP = _("These hours overlap with others of yours. Remove those first.")


@transaction.atomic
def save_profile(*, profile: HelperProfile, answers: dict[str, Any]) -> None:
    """Save what a helper says of themselves; room that comes of it is offered to those who wait."""
    for name in FIELDS:
        setattr(profile, name, answers[name])
    profile.save(update_fields=FIELDS)
    waiting.offer_soon(profile)


def add_hours(*, profile: HelperProfile, weekdays: Iterable[int], start: int, end: int) -> None:
    """Add hours to several days, all of them or none; `start` and `end` are minutes after midnight.

    An end that is not after the start lies on the next day. Raises Refused when hours would overlap.
    """
    parts = []
    for day in sorted(set(weekdays)):
        if end > start:
            parts.append((day, start, end))
        else:
            parts += [(day, start, DAY), ((day + 1) % 7, 0, end)]
    rows = [
        HelperHours(profile=profile, weekday=day, start_minute=first, end_minute=last)
        for day, first, last in parts
        if first < last
    ]
    try:
        with transaction.atomic():
            HelperHours.objects.bulk_create(rows)
    except IntegrityError as error:
        raise Refused(OVERLAP) from error


def remove_hours(*, hours: HelperHours) -> None:
    """Remove one of a helper's hours."""
    hours.delete()
