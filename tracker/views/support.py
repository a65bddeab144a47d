"""What supporters and a psychologist see of a person, and what a supporter records; every request asks anew."""

import uuid

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.kin import supporting
from emocare.heeding import heed
from tracker import access, chart, sentences, services
from tracker.dynamics import dynamics_of
from tracker.forms import PeriodForm
from tracker.forms_support import SupportMoodForm
from tracker.periods import Span
from tracker.words import Vocabulary

SPANS = (Span.WEEK, Span.MONTH, Span.YEAR)
MOST = 30  # entries whose notes one page shows, the newest


@never_cache
@require_safe
@transaction.atomic  # one commit for both that it writes: that the supporter was here, and what they looked at
def moods(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show what a supporter may see."""
    sight = access.look_as_supporter(request.user, public_id)
    supporting.note_use(support=sight.source)
    return _show(request, sight, back=reverse("supported_person", args=[public_id]))


@never_cache
@require_safe
@transaction.atomic  # as above: moods and notes are one commit
def person_moods(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show what a person lets their psychologist see."""
    sight = access.look_as_psychologist(request.user, public_id)
    return _show(request, sight, back=reverse("person", args=[public_id]))


def _show(request: HttpRequest, sight: access.Sight, back: str) -> HttpResponse:
    """Show how moods go, notes, or both; on the owner's wall clock."""
    owner, context = sight.owner, {"owner": sight.owner, "back": back}
    with timezone.override(owner.zone):
        if sight.moods:
            shown = dynamics_of(owner, *PeriodForm(request.GET).period())
            context |= {
                "dynamics": shown,
                "course": chart.draw(shown.points, sentences.of_point) if shown.samples else None,
                "tabs": [{"span": span, "current": span == shown.period.span} for span in SPANS],
            }
        if sight.notes:
            entries = [entry for entry in access.entries_to_show(owner)[:MOST] if entry.note]
            context |= {"with_notes": True, "entries": entries, "vocabulary": Vocabulary(None)}
        return render(request, "tracker/supported_moods.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Record a mood for the person who is supported; the entry says who wrote it."""
    support = access.get_support_to_record(request.user, public_id)
    with timezone.override(support.owner.zone):
        form = SupportMoodForm(request.POST) if request.method == "POST" else SupportMoodForm.blank()
        if request.method == "POST" and form.is_valid():
            key = form.cleaned_data["form_key"]
            entry, _created = services.record_mood(
                owner=support.owner, form_key=key, recorded_by=request.user, **form.content()
            )
            supporting.note_use(support=support)
            heed(request, entry.note, about=entry, for_another=True)
            messages.success(request, _("Saved for the person whom you support."))
            return redirect("supported_person", support.public_id)
        return render(request, "tracker/supported_record.html", {"form": form, "support": support})
