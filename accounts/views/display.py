"""Language and display settings: for everybody, signed in or not."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language as django_set_language

from accounts import services
from emocare import display


def _next_page(request: HttpRequest) -> str:
    page = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if safe else resolve_url("display")


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Switch the language here and in the account, and show the same page in it."""
    response = django_set_language(request)
    language = request.POST.get("language")
    if language in dict(settings.LANGUAGES) and request.user.is_authenticated:
        services.set_language(user=request.user, language=language)
    return response


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_display(request: HttpRequest) -> HttpResponse:
    """Show the display settings as a page, or keep a choice and go back to where the person was."""
    if request.method != "POST":
        return render(request, "accounts/display.html")
    chosen = display.Display() if "reset" in request.POST else display.Display.of(request.POST.dict())
    response = HttpResponseRedirect(_next_page(request))
    display.remember(response, chosen, secure=request.is_secure())
    if request.user.is_authenticated:
        services.set_display(user=request.user, display=chosen)
    return response
