"""Taking a test: one question a page or all on one; every answer is kept as soon as it is sent."""

import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tests_app import access, services
from tests_app.choices import Layout, State
from tests_app.models import Run
from tests_app.questionnaire import Answers, Item, of
from tests_app.services import Refused
from tests_app.taking import access as taking
from tests_app.taking import steps
from tests_app.taking.forms import AnswersForm
from tests_app.views.finding import begin, say_over

ONE = ("next", "back", "later")  # what can be pressed under a single question


@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show the next questions of a test, and keep what is answered; one that is over leads to its result."""
    run = access.find_run_for(request.user, public_id)
    if run is None:
        return _over(request, public_id)
    if request.method != "POST":
        return _show(request, run)
    try:
        if "question" in request.POST:
            return _keep_one(request, run)
        return _finish(request, run) if "checked" in request.POST else _keep_all(request, run)
    except Run.DoesNotExist:
        return _gone(request, run)


@require_http_methods(["GET", "HEAD", "POST"])
def give_up(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Ask once, then throw a begun test away, and begin it anew if that was the wish."""
    run = access.find_run_for(request.user, public_id)
    if run is None:
        return _over(request, public_id)
    can_begin_anew = run.version.state == State.PUBLISHED
    if request.method == "POST":
        try:
            services.give_up(run=run)
        except Run.DoesNotExist:
            return _gone(request, run)
        if can_begin_anew and request.POST.get("then") == "anew":
            return begin(request, key=run.version.instrument.key)
        messages.success(request, _("Your answers are thrown away."))
        return redirect("tests")
    context = {
        "run": run,
        "questionnaire": of(run.version),
        "count": len(access.answers_in(run)),
        "can_begin_anew": can_begin_anew,
    }
    return render(request, "tests_app/give_up.html", context)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _over(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    place = reverse("test_result", kwargs={"public_id": public_id})
    if _wants_json(request):
        return JsonResponse({"over": place}, status=409)
    return redirect(place)


def _gone(request: HttpRequest, run: Run) -> HttpResponse:
    """Answer whoever sent something to a test that ended in that very moment."""
    finished = access.results_of(request.user).filter(public_id=run.public_id).exists()
    return _over(request, run.public_id) if finished else say_over(request)


def _to(run: Run, item: Item | None) -> HttpResponseRedirect:
    """Lead to a question, or to the look over the answers."""
    place = reverse("take_test", kwargs={"public_id": run.public_id})
    return HttpResponseRedirect(f"{place}?{urlencode({'question': item.id})}" if item else place)


def _later(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("All your answers are saved. You can go on whenever you like, also on another device."))
    return redirect("tests")


def _show(request: HttpRequest, run: Run) -> HttpResponse:
    questionnaire, answers = of(run.version), access.answers_in(run)
    wanted = request.GET.get("question")
    if taking.layout_of(request.user) == Layout.ALL and wanted is None:
        form = AnswersForm(questionnaire=questionnaire, items=questionnaire.items, known=answers)
        return _page_of_all(request, run, form)
    item = steps.item_to_show(questionnaire, answers, wanted)
    if item is None:
        return _look_over(request, run, answers)
    form = AnswersForm(questionnaire=questionnaire, items=[item], known=answers)
    return _page_of_one(request, run, item, form, answers)


def _context(run: Run, form: AnswersForm) -> dict[str, object]:
    changed = run.version.state == State.RETIRED
    return {"run": run, "questionnaire": of(run.version), "form": form, "text_changed": changed}


def _page_of_one(request: HttpRequest, run: Run, item: Item, form: AnswersForm, answers: Answers) -> HttpResponse:
    questionnaire = of(run.version)
    context = _context(run, form) | {
        "item": item,
        "place": steps.place_of(questionnaire, answers, item),
        "before": steps.before(questionnaire, answers, item),
        "straight": "question" in request.GET or request.method == "POST",
    }
    return render(request, "tests_app/take_one.html", context)


def _page_of_all(request: HttpRequest, run: Run, form: AnswersForm) -> HttpResponse:
    return render(request, "tests_app/take_all.html", _context(run, form))


def _look_over(request: HttpRequest, run: Run, answers: Answers) -> HttpResponse:
    questionnaire = of(run.version)
    context = {"run": run, "questionnaire": questionnaire, "rows": questionnaire.answered(answers)}
    return render(request, "tests_app/look_over.html", context)


def _keep_one(request: HttpRequest, run: Run) -> HttpResponse:
    questionnaire, known = of(run.version), access.answers_in(run)
    item = questionnaire.by_id.get(request.POST["question"])
    item = item or steps.item_to_show(questionnaire, known, None) or questionnaire.items[0]
    go = request.POST.get("go")
    form = AnswersForm(request.POST, questionnaire=questionnaire, items=[item], known=known, whole=go not in ONE[1:])
    if not form.is_valid():
        return _page_of_one(request, run, item, form, known)
    answers = services.answer(run=run, answers=form.answers)
    if go == "later":
        return _later(request)
    if go == "back":
        return _to(run, steps.before(questionnaire, answers, item) or item)
    return _to(run, steps.after(questionnaire, answers, item))


def _keep_all(request: HttpRequest, run: Run) -> HttpResponse:
    questionnaire, known = of(run.version), access.answers_in(run)
    whole = request.POST.get("go") not in {"later", "save"}
    form = AnswersForm(request.POST, questionnaire=questionnaire, items=questionnaire.items, known=known, whole=whole)
    fits = form.is_valid()
    if fits or form.is_only_incomplete:
        services.answer(run=run, answers=form.answers)
    if _wants_json(request):
        wrong = [str(error) for errors in form.errors.values() for error in errors]
        return JsonResponse({"wrong": wrong}, status=400) if wrong else JsonResponse({"said": _("Saved")})
    if not fits:
        return _page_of_all(request, run, form)
    return _finish(request, run) if whole else _later(request)


def _finish(request: HttpRequest, run: Run) -> HttpResponse:
    try:
        result = services.finish(run=run)
    except Refused as refused:
        count = len(refused.errors)
        said = ngettext("%(n)s question is open still.", "%(n)s questions are open still.", count) % {"n": count}
        messages.info(request, said)
        return _to(run, None)
    return redirect("test_result", public_id=result.public_id)
