"""What came out of a test: the result, its file, the history; where a safety step is due, it comes first."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from emocare.limits import limited
from tests_app import access, services
from tests_app.models import Result
from tests_app.questionnaire import of
from tests_app.results import history, outcomes, pdf
from tests_app.safety.access import passed


def to_safety_step(result: Result) -> HttpResponse:
    """Lead to the calm questions that come before this result."""
    return redirect("safety_step", public_id=result.public_id)


def _context(person: User, result: Result) -> dict[str, Any]:
    questionnaire, answers = of(result.version), access.answers_in(result)
    outcome = outcomes.stored(result, answers)
    return {
        "result": result,
        "questionnaire": questionnaire,
        "outcome": outcome,
        "answers": answers,
        "language": result.language,
        "finished_at": result.finished_at,
        "offered": access.offered_after(questionnaire, outcome, person),
        "newer": access.newer_than(result.version),
    }


@never_cache
@require_safe
def test_result(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show what came out, what it means and does not mean, and what may help now."""
    result = access.get_result_for(request.user, public_id)
    if not passed(result):
        return to_safety_step(result)
    return render(request, "tests_app/result.html", _context(request.user, result))


@require_safe
@limited("pdf")
def test_result_pdf(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Hand out a result as a PDF file, with the answers only if the person chose so."""
    result = access.get_result_for(request.user, public_id)
    if not passed(result):
        return to_safety_step(result)
    return HttpResponse(
        pdf.of_result(request.user, result, with_answers=request.GET.get("answers") == "on"),
        content_type="application/pdf",
        headers={
            "Content-Disposition": 'attachment; filename="emocare-result.pdf"',
            "Cache-Control": "no-store, private",
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def delete_test_result(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Ask once, then delete a result with its answers."""
    result = access.get_result_for(request.user, public_id)
    if not passed(result):
        return to_safety_step(result)
    if request.method == "POST":
        services.delete(result=result)
        messages.success(request, _("The result is deleted."))
        return redirect("test_history")
    return render(request, "tests_app/delete_result.html", {"result": result, "questionnaire": of(result.version)})


@never_cache
@require_safe
def test_history(request: HttpRequest) -> HttpResponse:
    """Show each test that the person took: the last result, how often, how it changed."""
    return render(request, "tests_app/history.html", {"taken": history.by_test(request.user)})


@never_cache
@require_safe
def test_history_of(request: HttpRequest, key: str) -> HttpResponse:
    """Show how the results of one test went."""
    course = history.course_of(request.user, key, request.GET.get("page"))
    questionnaire = course.questionnaire if course else of(access.get_published(key))
    return render(request, "tests_app/history_of.html", {"course": course, "questionnaire": questionnaire})
