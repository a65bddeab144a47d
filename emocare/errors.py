"""Error pages: they stand alone, without database or session, and carry the numbers to call."""

import math
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from emergency import helplines
from emocare.context import shell


def _page(request: HttpRequest, status: int, title: str, what_to_do: str, **more: object) -> HttpResponse:
    context = {
        **shell(request),
        "lines": helplines.first(),
        "status": status,
        "title": title,
        "what_to_do": what_to_do,
        "standalone": True,
        "path": request.path,
        **more,
    }
    return HttpResponse(render_to_string("errors/error.html", context), status=status)


def _in_language(view):
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        with translation.override(translation.get_language_from_request(request, check_path=True)):
            return view(request, *args, **kwargs)

    return wrapped


@_in_language
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request,
        400,
        _("We could not read this request"),
        _("Go back, reload the page and try again. What you sent was not stored."),
    )


@_in_language
def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request,
        403,
        _("This page is not open to you"),
        _("If you think that it should be, write to the people who run this Emocare."),
    )


@_in_language
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request,
        404,
        _("There is no such page"),
        _("Perhaps the address has a mistake, or the page was removed. Start from the home page."),
    )


@_in_language
def server_error(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        500,
        _("Something broke on our side"),
        _("It is not your fault. Wait a minute and try again; what was saved is still there."),
        number=getattr(request, "id", ""),
    )


@_in_language
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(
        request,
        403,
        _("The form has grown old"),
        _("Go back, reload the page and send it again. If it does not help, allow cookies for this site."),
    )


@_in_language
def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request, 429, _("Too many attempts"), _("Wait a few minutes and try again. Urgent help is open all the time.")
    )


def _wait(until: datetime | None) -> str:
    minutes = max(1, math.ceil((until - timezone.now()).total_seconds() / 60)) if until else 15
    if minutes <= 90:
        told = ngettext("Wait %(n)s minute and try again.", "Wait %(n)s minutes and try again.", minutes)
        return told % {"n": minutes}
    hours = math.ceil(minutes / 60)
    return ngettext("Wait %(n)s hour and try again.", "Wait %(n)s hours and try again.", hours) % {"n": hours}


@_in_language
def locked_out(request: HttpRequest, *args: object) -> HttpResponse:
    """Say for how long signing in is closed, and the ways out; the same whether the account exists or not."""
    told = _("There were too many wrong attempts for this name from here. Your account and what you wrote are safe.")
    ways = [
        ("account_reset_password", _("I have an e-mail: send me a letter for a new password")),
        ("recover", _("I have recovery codes")),
        ("account_login", _("Back to signing in")),
    ]
    wait = _wait(getattr(request, "closed_until", None))
    return _page(request, 429, _("Signing in is closed for a while"), told, wait=wait, ways=ways)
