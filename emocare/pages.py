"""The pages that belong to no single feature: home, dashboard, what Emocare is and promises."""

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from accounts import access, recovery
from accounts.consents import texts
from accounts.signin import idle
from emergency import access as emergency
from emergency.workspace import queue
from emocare import gallery as gallery_components
from tests_app.sharing import access as sharing
from tracker.views.entries import press, week_context


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say what Emocare is; whoever is signed in goes on to the dashboard."""
    if request.user.is_authenticated:
        return redirect("dashboard")
    return render(request, "pages/home.html")


@login_not_required
@require_safe
def public_page(request: HttpRequest, name: str) -> HttpResponse:
    """Show a page that is the same for everybody."""
    context = {"idle": idle.explained(), **texts.about_privacy()}
    return render(request, f"pages/{name}.html", context)


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show a person's first screen: how do you feel, this week, where to go on."""
    user = request.user
    context = {
        "press": press(),
        "invitations": sharing.open_invitations(user),
        "no_way_back": user.is_anonymous_account and not recovery.remaining(user),
        **emergency.of_first_screen(user),
        "attention": queue.count_for(user),
        **week_context(user),
    }
    return render(request, "pages/dashboard.html", context)


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in its states, for those who build and check Emocare."""
    access.require_administrator(request.user)
    return render(request, "pages/gallery.html", gallery_components.context(request))


@csrf_exempt  # leaving must always work; all a forged request could do is sign the person out
@login_not_required
@require_POST
def quick_exit(request: HttpRequest) -> HttpResponse:
    """End the session and go to the neutral page."""
    response = HttpResponseRedirect(settings.QUICK_EXIT_URL)
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        try:
            logout(request)
        except DatabaseError:  # at least this browser forgets who was here
            response.delete_cookie(settings.SESSION_COOKIE_NAME, samesite=settings.SESSION_COOKIE_SAMESITE)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
