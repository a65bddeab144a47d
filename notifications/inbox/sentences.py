"""What news say to whoever reads them: a sentence in their language, and the page that it is about.

A row may be older than the kinds that this version of Emocare knows; it then says that there was something.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from emocare import dates
from emocare.notices import NEWS, News
from notifications.kinds import table
from notifications.models import Notification


@dataclass(frozen=True)
class Item:
    """One line of the inbox."""

    row: Notification
    sentence: str


@dataclass(frozen=True)
class Day:
    """The news of one day on the person's calendar."""

    title: str
    items: list[Item]


def by_day(rows: Iterable[Notification]) -> list[Day]:
    """Put news into days, in the order in which they come."""
    days = groupby(rows, lambda row: timezone.localtime(row.made_at).date())
    return [Day(_title(day), [Item(row, sentence(row)) for row in of_day]) for day, of_day in days]


def sentence(row: Notification) -> str:
    """Return what a piece of news says, in the active language."""
    known = _known(row)
    return str(known[0].text if known else NEWS)


def place(row: Notification) -> str | None:
    """Return the address of the page that a piece of news is about; None when there is none any more."""
    if not (known := _known(row)):
        return None
    news, data = known
    try:
        return reverse(news.page, kwargs={name: data[name] for name in news.arguments})
    except (KeyError, NoReverseMatch):
        return None


def _known(row: Notification) -> tuple[News, dict[str, Any]] | None:
    try:
        data = json.loads(row.data)
        return table()[row.kind].news[data["what"]], data
    except (ValueError, TypeError, KeyError):
        return None


def _title(day: Any) -> str:
    today = timezone.localdate()
    if day == today:
        return _("Today")
    return _("Yesterday") if day == today - timedelta(days=1) else dates.written(day)
