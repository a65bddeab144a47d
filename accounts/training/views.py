"""The pages of the training, and the public one that says whether a certificate is real."""

import uuid

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import TestAttempt
from accounts.training import access, paper, services
from accounts.training import course as courses
from accounts.training.forms import AttemptForm, CodeForm, OathForm
from emocare.limits import limited


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show how far the person has come and what comes next."""
    return render(request, "accounts/training/overview.html", {"progress": access.progress_of(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def lesson(request: HttpRequest, lesson_key: str) -> HttpResponse:
    """Show a lesson; on "read", go on to the next that is unread."""
    shown = access.get_lesson(lesson_key)
    if request.method == "POST":
        services.read_lesson(user=request.user, lesson=shown)
        unread = access.progress_of(request.user).unread
        if not unread:
            messages.success(request, _("You have read all lessons."))
            return redirect("training")
        later = [lesson for lesson in unread if lesson.number > shown.number]
        return redirect("training_lesson", (later or unread)[0].key)
    progress = access.progress_of(request.user)
    lessons = progress.course.lessons
    context = {
        "lesson": shown,
        "course": progress.course,
        "is_read": shown.key in progress.read,
        "before": lessons[shown.number - 2] if shown.number > 1 else None,
        "after": lessons[shown.number] if shown.number < len(lessons) else None,
    }
    return render(request, "accounts/training/lesson.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@limited("training_test", "POST")
def start_test(request: HttpRequest) -> HttpResponse:
    """Say how the test goes, and begin it."""
    if request.method == "POST":
        try:
            attempt = services.start_test(user=request.user)
        except services.NotNow as reason:
            messages.info(request, str(reason))
            return redirect("training")
        return redirect("training_attempt", public_id=attempt.public_id)
    return render(request, "accounts/training/start.html", {"progress": access.progress_of(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def attempt(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show the questions, keep the answers, and show the result once all of them are sent."""
    current = access.get_attempt_for(request.user, public_id)
    if current.finished_at:
        return redirect(request.path) if request.method == "POST" else _result(request, current)
    form = AttemptForm(request.POST if request.method == "POST" else None, attempt=current)
    if request.method == "POST":
        later = "later" in request.POST
        services.keep_answers(attempt=current, answers=form.chosen, finish=form.is_valid() and not later)
        if later:
            messages.success(request, _("Your answers are kept. You can go on whenever you like."))
            return redirect("training")
        if form.is_valid():
            return redirect(request.path)
    return render(request, "accounts/training/attempt.html", {"form": form, "course": courses.load(current.course)})


def _result(request: HttpRequest, finished: TestAttempt) -> HttpResponse:
    course = courses.load(finished.course)
    missed = {
        course.questions[key].lesson
        for key, _order in finished.questions
        if finished.answers.get(key) != course.questions[key].right
    }
    context = {
        "attempt": finished,
        "course": course,
        "again": [lesson for lesson in course.lessons if lesson.key in missed],
        "progress": access.progress_of(request.user),
    }
    return render(request, "accounts/training/result.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def oath(request: HttpRequest) -> HttpResponse:
    """Ask for the oath after the test, and issue the certificate."""
    progress = access.progress_of(request.user)
    if not progress.awaits_oath:
        return redirect("training")
    form = OathForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.take_oath(user=request.user, name=form.cleaned_data["name"], language=get_language())
        messages.success(request, _("Thank you! Your certificate is ready."))
        return redirect("training")
    return render(request, "accounts/training/oath.html", {"form": form, "oath": progress.course.oath})


@require_safe
@limited("pdf")
def certificate_pdf(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Hand out the person's own certificate as a file."""
    certificate = access.get_certificate_for(request.user, public_id)
    return HttpResponse(
        paper.certificate(certificate),
        content_type="application/pdf",
        headers={
            "Content-Disposition": 'attachment; filename="emocare-certificate.pdf"',
            "Cache-Control": "no-store, private",
        },
    )


@login_not_required
@require_safe
def check_certificate(request: HttpRequest) -> HttpResponse:
    """Ask for a code."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("certificate", code=form.cleaned_data["code"])
    return render(request, "accounts/training/check.html", {"form": form, "standalone": True})


@login_not_required
@require_safe
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Say whether a certificate is real and valid, for what and since when; never whose it is."""
    if limited := ratelimit.consume_or_429(request, action="certificate", limit_get=True):
        return limited
    found = access.find_certificate(code)
    if found is None:
        context = {"form": CodeForm(), "unknown": True, "standalone": True}
        return render(request, "accounts/training/check.html", context, status=404)
    context = {"certificate": found, "course": courses.load(found.course), "standalone": True}
    return render(request, "accounts/training/certificate.html", context)
