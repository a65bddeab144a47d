"""Looking back: the dynamics of a period, the report on two weeks, and the report to print or to take along."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tracker import access, chart, fortnight, sentences, services
from tracker.dynamics import Dynamics, dynamics_of
from tracker.forms import PeriodForm
from tracker.periods import Span

TABS = (Span.WEEK, Span.MONTH, Span.QUARTER, Span.YEAR, Span.ALL)


def drawn(dynamics: Dynamics) -> dict[str, Any]:
    """Return the charts of a period; none where nothing is recorded."""
    if not dynamics.samples:
        return {"dynamics": dynamics}
    effects = {
        name: chart.draw_differences([(str(item.word.label), item.effect.difference) for item in found])
        for name, found in (("causes", dynamics.causes), ("feelings", dynamics.feelings))
    }
    return {
        "dynamics": dynamics,
        "course": chart.draw(dynamics.points, sentences.of_point),
        "weekdays": chart.draw(dynamics.weekdays, sentences.of_point, joined=False),
        "hours": chart.draw(dynamics.hours, sentences.of_point, joined=False),
        "cause_bars": effects["causes"],
        "feeling_bars": effects["feelings"],
    }


@require_safe
def dynamics(request: HttpRequest) -> HttpResponse:
    """Show how the mood went over a week, a month, a quarter, a year or all the time."""
    asked = PeriodForm(request.GET).period()
    shown = dynamics_of(request.user, *asked)
    after = shown.period.after()
    context = drawn(shown) | {
        "tabs": [{"span": span, "current": span == shown.period.span} for span in TABS],
        "day": asked[1],
        "earlier": shown.period.before(),
        "later": after if after and after.first <= timezone.localdate() else None,
    }
    return render(request, "tracker/dynamics.html", context)


@require_safe
def two_weeks(request: HttpRequest) -> HttpResponse:
    """Show the report on the last two weeks, and what may help."""
    shown = dynamics_of(request.user, Span.FORTNIGHT, timezone.localdate())
    context = drawn(shown) | {"tips": fortnight.what_may_help(shown), "hard": fortnight.is_hard(shown)}
    return render(request, "tracker/two_weeks.html", context)


@require_POST
def close_report_offer(request: HttpRequest) -> HttpResponse:
    """Take the offer of the report, or put it away; either way it is not made again for two weeks."""
    services.close_report_offer(owner=request.user)
    return redirect("two_weeks" if "read" in request.POST else "tracker")


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """Show a period as it is printed for a psychologist or a doctor, with the notes only if the person chose so."""
    form = PeriodForm({"span": Span.MONTH} | request.GET.dict())
    span, day = form.period()
    shown = dynamics_of(request.user, span, day)
    entries = access.entries_in(request.user, shown.period) if form.with_notes else []
    context = drawn(shown) | {"form": form, "entries": entries, "with_notes": form.with_notes, "day": day}
    return render(request, "tracker/report.html", context)
