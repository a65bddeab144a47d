"""Entries as a file: to take along, and to bring from elsewhere."""

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from emocare.heeding import heed
from emocare.limits import limited
from tracker import csv_in, csv_out
from tracker.forms_files import MoodFileForm


@require_http_methods(["GET", "HEAD", "POST"])
@limited("csv_in", "POST")
def files(request: HttpRequest) -> HttpResponse:
    """Offer the file with one's entries, and take entries from a file; say what became of each line."""
    form = MoodFileForm(request.POST, request.FILES) if request.method == "POST" else MoodFileForm()
    context = {"form": form}
    if form.is_valid():
        reading = form.cleaned_data["file"]
        result = csv_in.import_moods(owner=request.user, rows=reading.rows)
        for entry in result.fresh:
            heed(request, entry.note, about=entry)
        context = {"form": MoodFileForm(), "reading": reading, "result": result}
    return render(request, "tracker/files.html", context)


@require_safe
@limited("csv_out")
def export(request: HttpRequest) -> StreamingHttpResponse:
    """Send all of one's entries as a CSV file."""
    asynchronous, parts = isinstance(request, ASGIRequest), csv_out.export(request.user)
    response = StreamingHttpResponse(
        csv_out.awaited(parts) if asynchronous else parts, content_type="text/csv; charset=utf-8"
    )
    if asynchronous:
        # Django would compress each part alone, and Chromium reads the first of such parts and drops the others.
        response.headers["Content-Encoding"] = "identity"
    response.headers["Content-Disposition"] = 'attachment; filename="emocare-mood.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response
