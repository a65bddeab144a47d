"""The report on a period as a file to take along."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from emocare.limits import limited
from tracker import access, pdf
from tracker.dynamics import dynamics_of
from tracker.forms import PeriodForm
from tracker.periods import Span


@require_safe
@limited("pdf")
def report_pdf(request: HttpRequest) -> HttpResponse:
    """Hand out the report on a period as a PDF file, with the notes only if the person chose so."""
    form = PeriodForm({"span": Span.MONTH} | request.GET.dict())
    shown = dynamics_of(request.user, *form.period())
    entries = access.entries_in(request.user, shown.period) if form.with_notes else []
    return HttpResponse(
        pdf.report(request.user, shown, entries),
        content_type="application/pdf",
        headers={
            "Content-Disposition": 'attachment; filename="emocare-mood.pdf"',
            "Cache-Control": "no-store, private",
        },
    )
