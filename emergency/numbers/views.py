"""How soon people were answered."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import events
from accounts.access import require_administrator
from accounts.journal.choices import Looked, Why
from emergency.numbers import access, sheet
from emergency.numbers.periods import PERIODS, chosen


@require_safe
def urgent_numbers(request: HttpRequest) -> HttpResponse:
    """Show an administrator how soon people were answered, and explain each time that nobody answered."""
    require_administrator(request.user)
    days = chosen(request.GET.get("days"))
    since = timezone.now() - timedelta(days=days)
    page = resolve_url("urgent_numbers")
    over_all, undone = access.over_all(since)
    context = {
        "days": days,
        "tabs": [{"url": f"{page}?days={n}", "name": name, "current": n == days} for n, name in PERIODS.items()],
        "over_all": over_all,
        "undone": undone,
        "levels": access.by_level(since),
        "hours": access.by_hour(since),
        "outcomes": access.by_outcome(since),
        "unanswered": access.unanswered(since),
        "most": access.MOST,
        "follow_ups": access.follow_ups(since),
    }
    events.looked(actor=request.user, whose=None, what=Looked.LIST, why=Why.ADMINISTRATION)
    return render(request, "emergency/numbers/urgent_numbers.html", context)


@require_safe
def urgent_numbers_file(request: HttpRequest) -> HttpResponse:
    """Hand out the same times as a file for table programs."""
    require_administrator(request.user)
    days = chosen(request.GET.get("days"))
    response = HttpResponse(sheet.of(timezone.now() - timedelta(days=days)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="emocare-urgent-help-{days}-days.csv"'
    return response
