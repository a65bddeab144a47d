"""Pages on which moods are recorded, changed and deleted."""

import uuid
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.signin import idle
from emergency import heeding
from emocare.heeding import heed
from tracker import access, chart, fortnight, services
from tracker.choices import Level
from tracker.forms import MoodForm
from tracker.models import MoodEntry
from tracker.week import week_of
from tracker.words import Vocabulary

LATEST = 3  # entries on the tracker's first page; the journal has all of them


def press() -> dict[str, Any]:
    """Return what the five large buttons need: a key that makes a second sending harmless, and the levels."""
    return {"form_key": uuid.uuid4(), "levels": Level.choices}


def week_context(user: User) -> dict[str, Any]:
    """Return what the panel of this week shows."""
    week = week_of(user)
    return {"week": week, "chart": chart.draw(week.days, lambda day: day.in_words)}


def latest_context(user: User) -> dict[str, Any]:
    """Return what the list of the latest entries shows."""
    return {"entries": access.entries_to_show(user)[:LATEST], "vocabulary": Vocabulary(user)}


@require_safe
def tracker(request: HttpRequest) -> HttpResponse:
    """Show the form, this week, and the latest entries."""
    context = week_context(request.user) | latest_context(request.user)
    context |= {
        "press": press(),
        "report_offered": fortnight.is_offered(request.user, context["week"], timezone.localdate()),
    }
    return render(request, "tracker/tracker.html", context)


@idle.background
@require_safe
def week_panel(request: HttpRequest) -> HttpResponse:
    """Show only what changes when something was recorded, for a page that learned of it."""
    return render(request, "tracker/panels.html", week_context(request.user) | latest_context(request.user))


@login_not_required
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Show the page that a browser keeps for when there is no network; it knows nobody."""
    return render(request, "tracker/offline.html", {"press": press(), "standalone": True})


@idle.background
@require_safe
def sync(request: HttpRequest) -> JsonResponse:
    """Tell a browser with entries that waited for the network whose they may be, and how to send them."""
    return JsonResponse({"person": str(request.user.public_id), "token": get_token(request)})


def said_of(entry: MoodEntry, created: bool) -> str:
    """Say what became of a form."""
    if not created:
        return _("This record was saved already; nothing was added.")
    if entry.level is None:
        return _("Saved in your journal.")
    return _("Saved: %(mood)s.") % {"mood": entry.mood.lower()}


def answer_script(
    request: HttpRequest, form: Form, entry: MoodEntry | None = None, created: bool = False
) -> JsonResponse:
    """Answer a browser that sends without leaving the page: what was saved, or what is wrong, in words."""
    if entry:
        if request.POST.get("then") == "page":  # it goes on to a page, which says it
            say(request, entry, created)
        answer = {"said": said_of(entry, created), "kind": "success" if created else "info"}
        if heeding.noticed(request):
            answer["help"] = reverse("heeded")
        return JsonResponse(answer)
    wrong = [str(error) for errors in form.errors.values() for error in errors]
    return JsonResponse({"wrong": wrong}, status=400)


def heed_entry(request: HttpRequest, form: MoodForm, entry: MoodEntry) -> None:
    """Let the risk check read what was written now; words that stood there before were read before."""
    new = form.cleaned_data
    if "note" in form.changed_data:
        heed(request, entry.note, about=entry)
    heed(request, *new.get("own_feelings", ()), *new.get("own_causes", ()))


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def say(request: HttpRequest, entry: MoodEntry, created: bool) -> None:
    """Put what became of a form on top of the next page."""
    messages.add_message(request, messages.SUCCESS if created else messages.INFO, said_of(entry, created))


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """Record a mood and go back to the page it came from, or show what is wrong beside the field."""
    words = Vocabulary(request.user)
    if request.method == "POST":
        form = MoodForm(request.POST, words=words)
        if form.is_valid():
            key = form.cleaned_data["form_key"]
            entry, created = services.record_mood(owner=request.user, form_key=key, **form.content())
            heed_entry(request, form, entry)
            if wants_json(request):
                return answer_script(request, form, entry, created)
            say(request, entry, created)
            return redirect("dashboard" if request.POST.get("from") == "dashboard" else "tracker")
        if wants_json(request):
            return answer_script(request, form)
    else:
        yesterday = request.GET.get("day") == "yesterday"
        form = MoodForm.blank(words, timezone.localdate() - timedelta(days=1) if yesterday else None)
    return render(request, "tracker/record.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Change an own entry."""
    entry = access.get_entry_for(request.user, public_id)
    form = MoodForm.of(entry, Vocabulary(request.user), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.change_mood(entry=entry, **form.content())
        heed_entry(request, form, entry)
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
