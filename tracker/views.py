"""Pages of the mood tracker."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from tracker import access, chart, services
from tracker.forms import MoodForm
from tracker.week import week_of

PAGE_SIZE = 30


def week_context(user: User) -> dict[str, Any]:
    """Return what the panel of this week shows."""
    week = week_of(user)
    return {"week": week, "chart": chart.draw(week)}


@require_safe
def tracker(request: HttpRequest) -> HttpResponse:
    """Show the form, this week, and all entries by page."""
    entries = Paginator(access.entries_of(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": MoodForm.blank(), "entries": entries, **week_context(request.user)}
    return render(request, "tracker/tracker.html", context)


@require_safe
def week_panel(request: HttpRequest) -> HttpResponse:
    """Show only the panel of this week, for a page that learned of a change."""
    return render(request, "tracker/_week.html", week_context(request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """Record a mood and go back to the page it came from, or show what is wrong beside the field."""
    form = MoodForm(request.POST) if request.method == "POST" else MoodForm.blank()
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        entry, created = services.record_mood(
            owner=request.user,
            level=answers["level"],
            note=answers["note"],
            felt_at=answers["felt_at"],
            form_key=answers["form_key"],
        )
        if created:
            messages.success(request, _("Saved: %(mood)s.") % {"mood": str(entry.get_level_display()).lower()})
        else:
            messages.info(request, _("This record was saved already; nothing was added."))
        return redirect("dashboard" if request.POST.get("from") == "dashboard" else "tracker")
    return render(request, "tracker/record.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Change an own entry."""
    entry = access.get_entry_for(request.user, public_id)
    form = MoodForm.of(entry, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        services.change_mood(entry=entry, level=answers["level"], note=answers["note"], felt_at=answers["felt_at"])
        messages.success(request, _("The entry is changed."))
        return redirect("tracker")
    return render(request, "tracker/edit.html", {"form": form, "entry": entry})


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Ask once, then delete an own entry."""
    entry = access.get_entry_for(request.user, public_id)
    if request.method == "POST":
        services.delete_mood(entry=entry)
        messages.success(request, _("The entry is deleted."))
        return redirect("tracker")
    return render(request, "tracker/delete.html", {"entry": entry})
