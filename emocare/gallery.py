"""What the gallery of components shows; made up, never somebody's data."""

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker import chart
from tracker.choices import Level
from tracker.forms import MoodForm
from tracker.models import MoodEntry
from tracker.week import Day, Week

LEVELS_BY_DAY = [[3], [2, 4], [], [5], [1], [4, 4, 3], []]


def _week() -> Week:
    now = timezone.localtime()
    monday = now - timedelta(days=now.weekday())
    days = [
        Day(
            (monday + timedelta(days=i)).date(),
            [MoodEntry(level=Level(level), felt_at=monday + timedelta(days=i)) for level in levels],
        )
        for i, levels in enumerate(LEVELS_BY_DAY)
    ]
    return Week(days, mean_before=3.0)


def context(request: HttpRequest) -> dict[str, Any]:
    """Return an example for each component that needs one."""
    week = _week()
    return {
        "empty_form": MoodForm(auto_id="empty_%s"),
        "wrong_form": MoodForm({"level": "6", "note": "x" * 5001, "day": "2999-01-01"}, auto_id="wrong_%s"),
        "tabs": [
            {"url": reverse("gallery"), "name": _("Week"), "current": True},
            {"url": reverse("tracker"), "name": _("All entries"), "current": False},
        ],
        "page": Paginator(range(100), 10).page(3),
        "week": week,
        "chart": chart.draw(week.days, lambda day: day.in_words),
    }
