"""What a period is, and letting rows go in small steps, so that a million of them is not one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

BATCH = 5_000  # rows that one transaction changes


@dataclass(frozen=True)
class Period:
    """One kind of data that is kept only for a time.

    `title` and `since` say to everybody what it is and from when its time is counted. `action` gets the moment before
    which things are old, lets them go and returns how many; it commits by itself and does nothing the second time.
    """

    key: str
    title: str
    since: str
    keep: timedelta
    action: Callable[[datetime], int]

    @property
    def length(self) -> str:
        """Return how long it is kept, in words."""
        days = self.keep.days
        if days < 1:
            return _("Deleted within a day")
        if days % 365 == 0:
            years = days // 365
            return ngettext("%(count)d year", "%(count)d years", years) % {"count": years}
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


def in_batches(rows: QuerySet, act: Callable[[QuerySet], int]) -> int:
    """Do something with all rows, BATCH at a time in a transaction each; return the sum of what it returned.

    `act` gets rows that still meet the conditions: what somebody took up again in the meantime stays.
    """
    done, left, keys = 0, rows.order_by("pk"), [None]
    while keys:
        with transaction.atomic():
            if keys := list(left.values_list("pk", flat=True)[:BATCH]):
                done += act(rows.filter(pk__in=keys))
                left = left.filter(pk__gt=keys[-1])
    return done


def delete(rows: QuerySet) -> int:
    """Delete all rows and return how many they were; for tables that nothing else hangs on."""
    return in_batches(rows, lambda batch: batch.delete()[0])


def change(rows: QuerySet, **values: Any) -> int:
    """Give all rows these values and return how many they were."""
    return in_batches(rows, lambda batch: batch.update(**values))
