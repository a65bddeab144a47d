"""Who sees a result; results as helpers see them; tests that a psychologist asks for."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.choices import Purpose, Role
from accounts.consents import VERSIONS
from accounts.consents import access as consents
from accounts.consents.views import read_once_more
from accounts.helping import access as helping
from tests_app.access import answers_in
from tests_app.questionnaire import of
from tests_app.safety.access import passed
from tests_app.sharing import access, overview, services
from tests_app.sharing.forms import AnswersForm, AskForm
from tests_app.views.results import to_safety_step

DAYS_ON_PAGE = 8

# For the owner


@never_cache
@require_safe
def share_result(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show who sees a result, and what can be changed about it."""
    result = access.get_own_result(request.user, public_id)
    if not passed(result):
        return to_safety_step(result)
    shown = access.psychologists_shown(result)
    helpers = [{"between": a, "sees_answers": a.pk in shown} for a in helping.helpers_of(request.user)]
    context = {
        "result": result,
        "test": of(result.version),
        "helpers": helpers,
        "may_share": consents.may_share(request.user),
    }
    return render(request, "tests_app/share_result.html", context)


@require_POST
def hide_result(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Hide a result from all helpers, or show it to them again."""
    result = access.get_own_result(request.user, public_id)
    if request.POST.get("show"):
        services.show_again(result=result)
        messages.success(request, _("Your helpers see this result again."))
    else:
        services.hide(result=result)
        messages.success(request, _("This result is hidden. No helper sees it."))
    return redirect("share_result", public_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show_answers(request: HttpRequest, public_id: uuid.UUID, assignment_id: uuid.UUID) -> HttpResponse:
    """Show single answers to a psychologist; the whole text of the consent stands on the page."""
    result = access.get_own_result(request.user, public_id)
    assignment = consents.get_psychologist_of(request.user, assignment_id)
    if not passed(result):
        return to_safety_step(result)
    if result.hidden:
        return redirect("share_result", public_id)
    form = AnswersForm(request.POST if request.method == "POST" else None)
    if form.is_of_another_text():
        return read_once_more(request)
    if request.method == "POST":
        if not services.show_answers(result=result, assignment=assignment, language=get_language()):
            raise Http404
        messages.success(request, _("%(name)s sees your answers to this test now.") % {"name": assignment.helper})
        return redirect("share_result", public_id)
    context = {"result": result, "test": of(result.version), "assignment": assignment, "form": form}
    context["version"] = VERSIONS[Purpose.SHARE_ANSWERS]
    return render(request, "tests_app/show_answers.html", context)


@require_POST
def stop_showing_answers(request: HttpRequest, public_id: uuid.UUID, assignment_id: uuid.UUID) -> HttpResponse:
    """Take single answers back from a psychologist."""
    result = access.get_own_result(request.user, public_id)
    assignment = consents.get_own_sharing(request.user, assignment_id)
    if services.stop_showing_answers(result=result, assignment=assignment):
        messages.success(request, _("It is taken back. %(name)s sees it no more.") % {"name": assignment.helper})
    return redirect("share_result", public_id)


# For helpers


@never_cache
@require_safe
@transaction.atomic  # nothing is shown of which the look is not written down
def person_results(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show results over time side by side, on the owner's wall clock."""
    assignment = access.look_at_results(request.user, public_id)
    with timezone.override(assignment.user.zone):
        everything = overview.taken(access.results_shown(assignment))
        tests = overview.tests_in(everything)
        chosen = next((test for test in tests if test.key == request.GET.get("test")), None)
        found = [one for one in everything if chosen is None or one.test.key == chosen.key]
        days = Paginator(overview.days_of(found), DAYS_ON_PAGE).get_page(request.GET.get("page"))
        shown = [one for one in found if one.day in days.object_list]
        context = {
            "person": assignment.user,
            "tests": tests,
            "chosen": chosen,
            "days": days,
            "course": overview.Course(shown) if chosen else None,
            "rows": overview.table(shown, days.object_list),
            "query": f"test={chosen.key}&" if chosen else "",
            "is_psychologist": assignment.role == Role.PSYCHOLOGIST,
        }
        return render(request, "tests_app/person_results.html", context)


@never_cache
@require_safe
@transaction.atomic  # as above
def person_answers(request: HttpRequest, public_id: uuid.UUID, result_id: uuid.UUID) -> HttpResponse:
    """Show the single answers of one result to whom its owner shows them."""
    result = access.look_at_answers(request.user, public_id, result_id)
    with timezone.override(result.owner.zone):
        (taken,), answers = overview.taken([result]), answers_in(result)
        context = {"person": result.owner, "taken": taken, "given": taken.test.answered(answers)}
        return render(request, "tests_app/person_answers.html", context)


# Tests that a psychologist asks for


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_test(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Ask somebody to take a test by a day; show what was asked for before."""
    assignment = access.get_to_ask(request.user, public_id)
    with timezone.override(assignment.user.zone):
        form = AskForm(request.POST if request.method == "POST" else None, person=assignment.user)
        if request.method == "POST" and form.is_valid():
            try:
                day = form.cleaned_data["due_on"]
                if not services.ask(assignment=assignment, instrument=form.instrument, due_on=day):
                    raise Http404
            except services.AskedAlready:
                form.add_error(
                    "test", _("You have asked for this test already. To choose another day, take that back.")
                )
            else:
                messages.success(request, _("%(name)s sees it now and may also say no.") % {"name": assignment.user})
                return redirect("ask_for_test", public_id)
        helping.note_look(assignment, request.user)
        wishes = Paginator(access.wishes_of(assignment), 20).get_page(request.GET.get("page"))
        context = {"form": form, "person": assignment.user, "wishes": wishes}
        return render(request, "tests_app/ask_for_test.html", context)


@require_POST
def withdraw_invitation(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Take back what a psychologist asked for."""
    invitation = access.get_own_invitation(request.user, public_id)
    if services.withdraw(invitation=invitation):
        messages.success(request, _("It is taken back. The person sees it no more."))
    else:
        messages.info(request, _("It was answered meanwhile."))
    return redirect("ask_for_test", invitation.assignment.user.public_id)


@require_POST
def decline_test(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Say no to a test; nobody asks why."""
    if services.decline(invitation=access.get_invitation_to(request.user, public_id)):
        messages.success(request, _("That is all right. You can still take the test whenever you like."))
    return redirect("dashboard")
