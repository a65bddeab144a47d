"""The safety step after a critical answer, and the safety plan."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from emergency import access as emergency
from emergency.choices import Level, Origin, Source
from emergency.requests import origin
from emocare.heeding import heed
from tests_app.safety import access, services
from tests_app.safety.forms import QuestionsForm, StepForm
from tests_app.safety.plan import BY_SLUG, STEPS, after, read, with_our_lines

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
def safety_step(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Ask openly and offer help, before a result and whenever the person comes back; never keep them from it."""
    result = access.get_critical_result_for(request.user, public_id)
    do = request.POST.get("do")
    if do == "go-on":
        services.go_on(result=result)
        return redirect("test_result", public_id)
    dying = access.of_dying(result)
    form = QuestionsForm(
        request.POST if request.method == "POST" else None, questionnaire=access.questions() if dying else None
    )
    level = form.level(access.level_of(result))
    readers = emergency.readers_for(request.user)
    if do == "ask-now":
        origin.remember(request, Origin.TEST, level)
        return redirect("ask_for_help")
    if do == "ask" and readers:
        services.ask_psychologist(user=request.user, level=level)
        messages.success(request, _("You asked for a psychologist. You see here when somebody has read it."))
        return redirect("safety_step", public_id)
    asked = emergency.current(request.user, Source.TEST)
    asked = asked if asked and asked.to_helpers else None
    more_urgent = bool(asked) and level > asked.level
    context = {
        "result": result,
        "form": form,
        "of_dying": dying,
        "danger": Level.IMMINENT in {level, asked and asked.level},
        "looked": do == "look" and not form.errors,
        "readers": readers,
        "asked": asked,
        "urgent": level >= Level.HIGH,
        "asked_now": emergency.request_of(request.user),
        "more_urgent": more_urgent,
        "child": (child := access.is_child(request.user)),
        "has_plan": access.plan_of(request.user) is not None,
        **access.lines(child),
    }
    return render(request, "tests_app/safety_step.html", context)


@require_safe
def safety_plan(request: HttpRequest) -> HttpResponse:
    """Show a person their own plan, to read and to print."""
    plan = access.plan_of(request.user)
    return render(request, "tests_app/safety_plan.html", {"plan": plan, "steps": read(plan)})


@require_http_methods(FORM)
def edit_safety_plan(request: HttpRequest, step_slug: str) -> HttpResponse:
    """Show and save one step of the plan."""
    if (step := BY_SLUG.get(step_slug)) is None:
        raise Http404
    plan = access.plan_of(request.user)
    text = getattr(plan, step.field) if plan else ""
    form = StepForm(request.POST if request.method == "POST" else None, step=step, text=text)
    do = request.POST.get("do")
    if do == "lines" and step.field == "professionals":
        form = StepForm(step=step, text=with_our_lines(request.POST.get("words", "")))
    elif request.method == "POST" and form.is_valid():
        saved = services.save_step(owner=request.user, step=step, text=form.cleaned_data["words"])
        if "words" in form.changed_data:
            heed(request, form.cleaned_data["words"], about=saved)
        messages.success(request, _("Saved."))
        following = after(step) if do == "next" else None
        return redirect("edit_safety_plan", following.slug) if following else redirect("safety_plan")
    context = {"step": step, "form": form, "place": STEPS.index(step) + 1, "count": len(STEPS), "next": after(step)}
    return render(request, "tests_app/edit_safety_plan.html", context)


@require_http_methods(FORM)
def delete_safety_plan(request: HttpRequest) -> HttpResponse:
    """Ask, and delete the plan."""
    if request.method == "POST":
        services.delete_plan(owner=request.user)
        messages.success(request, _("Your safety plan is deleted."))
        return redirect("safety_plan")
    return render(request, "tests_app/delete_safety_plan.html")
