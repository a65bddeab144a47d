"""What somebody does with the help that is offered after their words: see it, ask for a psychologist, close it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.kin.gate import open_while_waiting
from emergency import access, services
from emergency import heeding as heeds
from emergency.choices import Level, Source
from emergency.requests import origin


@open_while_waiting
@require_safe
def heeded(request: HttpRequest) -> HttpResponse:
    """Show the card alone, for a page that sent words without being left."""
    return render(request, "emergency/heeded.html")


@require_POST
def ask_after_words(request: HttpRequest) -> HttpResponse:
    """Ask for a psychologist; of the words only how urgent they are goes with it."""
    if not access.readers_for(request.user):
        messages.info(request, _("There is no psychologist here just now. Please call one of the lines."))
        return HttpResponseRedirect(_back(request))
    noticed = heeds.noticed(request)
    level = noticed.level if noticed else Level.WATCH  # closed meanwhile in another tab: whoever asks is not refused
    found = services.open_follow_up(user=request.user, level=level, source=Source.WORDS, agreed=True)
    heeds.close(request)
    messages.success(request, _("You asked for a psychologist. You see here when somebody has read it."))
    return redirect("follow_up", found.public_id)


@require_POST
def ask_now_after_words(request: HttpRequest) -> HttpResponse:
    """Lead to the page on which one asks for help at once; of the words only how urgent they are goes with it."""
    if noticed := heeds.noticed(request):
        origin.remember(request, heeds.origin_of(request), noticed.level)
    heeds.close(request)
    return redirect("ask_for_help")


@open_while_waiting
@require_POST
def close_heeded(request: HttpRequest) -> HttpResponse:
    """Close the card and show the page again on which it stood; a script has taken it away already."""
    heeds.close(request)
    if request.headers.get("Accept") == "application/json":
        return HttpResponse(status=204)
    return HttpResponseRedirect(_back(request))


def _back(request: HttpRequest) -> str:
    page = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if safe and page.startswith("/") else resolve_url("dashboard")
