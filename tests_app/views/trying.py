"""Trying a test without keeping anything: no account is needed, and the answers are nowhere once the page is closed."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.models import User
from emocare.limits import limited
from tests_app import access
from tests_app.questionnaire import Questionnaire, of
from tests_app.safety import access as safety
from tests_app.scoring import outcome_of
from tests_app.taking import access as taking
from tests_app.taking.forms import PREFIX, SKIP, AnswersForm


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("try_test", "POST")
def try_test(request: HttpRequest, key: str) -> HttpResponse:
    """Ask all questions, and show what the answers mean; after a critical answer, offer help before that."""
    version = access.get_published(key)
    taking.require_old_enough(request.user, version)
    questionnaire = of(version)
    data = request.POST if request.method == "POST" else None
    form = AnswersForm(data, questionnaire=questionnaire, items=questionnaire.items)
    context = {"questionnaire": questionnaire, "form": form}
    if data is None or not form.is_valid():
        page = "try.html"
    else:
        outcome = outcome_of(questionnaire, form.answers)
        waits = bool(outcome.critical) and "seen" not in request.POST
        shown = {"outcome": outcome, "offered": access.offered_after(questionnaire, outcome, request.user)}
        context |= _before_result(questionnaire, form, request.user) if waits else shown
        page = "try_safety.html" if waits else "tried.html"
    response = render(request, f"tests_app/{page}", context)
    response.headers["Cache-Control"] = "no-store, private"
    return response


def _before_result(questionnaire: Questionnaire, form: AnswersForm, person: User | AnonymousUser) -> dict[str, Any]:
    """Return what the safety step shows; the answers go along with its page, since nothing else keeps them."""
    carried = [(PREFIX + key, SKIP if value is None else value) for key, value in form.answers.items()]
    child = person.is_authenticated and safety.is_child(person)
    return {"carried": carried, **safety.open_step(questionnaire, form.answers, child=child)}
