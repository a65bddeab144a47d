"""One's own results as files: a table, and what hospitals read."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from emocare.limits import limited
from tests_app import access
from tests_app.results import csv_out, fhir
from tests_app.safety.access import passed
from tests_app.views.results import to_safety_step


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=kind, headers=headers)


def _named(request: HttpRequest) -> bool:
    return request.GET.get("name") == "on"


@require_safe
@limited("csv_out")
def export_tests(request: HttpRequest) -> HttpResponse:
    """Send all of one's results as a CSV file."""
    return _file(csv_out.export(request.user), "text/csv; charset=utf-8", "emocare-tests.csv")


@require_safe
@limited("csv_out")
def export_fhir(request: HttpRequest) -> HttpResponse:
    """Send all of one's results as FHIR resources."""
    return _file(fhir.export(request.user, named=_named(request)), fhir.MEDIA_TYPE, "emocare-fhir.json")


@require_safe
@limited("csv_out")
def test_result_fhir(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Send one result as FHIR resources; one whose safety step waits leads there first."""
    result = access.get_result_for(request.user, public_id)
    if not passed(result):
        return to_safety_step(result)
    return _file(fhir.of_result(result, named=_named(request)), fhir.MEDIA_TYPE, "emocare-fhir.json")
