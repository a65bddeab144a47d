"""What a supporter sees and records of the person they support; every request asks again whether it is allowed."""

import uuid

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.kin import supporting
from accounts.kin.choices import Right
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
    """Show what a supporter may see: how moods go, notes, or both; on the owner's wall clock."""
    support = access.look_at_supported(request.user, public_id)
    supporting.note_use(support=support)
    owner, context = support.owner, {"support": support}
    with timezone.override(supporting.zone_of(owner)):
        if support.may(Right.SEE_MOODS):
            shown = dynamics_of(owner, *PeriodForm(request.GET).period())
            context |= {
                "dynamics": shown,
                "course": chart.draw(shown.points, sentences.of_point) if shown.samples else None,
                "tabs": [{"span": span, "current": span == shown.period.span} for span in SPANS],
            }
        if support.may(Right.SEE_NOTES):
            entries = [entry for entry in access.entries_to_show(owner)[:MOST] if entry.note]
            context |= {"with_notes": True, "entries": entries, "vocabulary": Vocabulary(None)}
        return render(request, "tracker/supported_moods.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Record a mood for the person who is supported; the entry says who wrote it."""
    support = access.get_support_to_record(request.user, public_id)
    with timezone.override(supporting.zone_of(support.owner)):
        form = SupportMoodForm(request.POST) if request.method == "POST" else SupportMoodForm.blank()
        if request.method == "POST" and form.is_valid():
            key = form.cleaned_data["form_key"]
            services.record_mood(owner=support.owner, form_key=key, recorded_by=request.user, **form.content())
            supporting.note_use(support=support)
            messages.success(request, _("Saved for the person whom you support."))
            return redirect("supported_person", support.public_id)
        return render(request, "tracker/supported_record.html", {"form": form, "support": support})
