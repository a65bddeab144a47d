"""My people: requests to a helper, whom they help, and one of these."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.helping import access, services
from accounts.helping.choices import State
from accounts.helping.forms import DeclineForm
from accounts.helping.hours import is_away
from accounts.helping.steps import Refused


@require_safe
def my_people(request: HttpRequest) -> HttpResponse:
    """Show requests and people; of each only the name to show and what they chose to tell."""
    profile = access.get_own_helper_profile(request.user)
    context = {
        "profile": profile,
        "away": is_away(profile, timezone.now()),
        "asked": access.requests_to(request.user),
        "active": access.active_of_helper(request.user),
    }
    return render(request, "accounts/helping/my_people.html", context)


@require_safe
def person(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show somebody whom the helper helps now."""
    assignment = access.look_at_help_for(request.user, public_id)
    return render(request, "accounts/helping/person.html", {"assignment": assignment, "person": assignment.user})


@require_POST
def accept(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Say yes to a request."""
    assignment = access.get_request_to(request.user, public_id)
    try:
        services.accept(assignment=assignment)
    except Refused as refused:
        messages.error(request, refused.words)
    else:
        messages.success(request, _("You help %(name)s now.") % {"name": assignment.user})
    return redirect("my_people")


@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Say no to a request, with a kind reason that the person reads."""
    assignment = access.get_request_to(request.user, public_id)
    if assignment.state != State.ASKED:
        messages.info(request, services.OVER)
        return redirect("my_people")
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.decline(assignment=assignment, reason=form.cleaned_data["reason"])
        messages.success(request, _("Your answer is sent."))
        return redirect("my_people")
    access.note_look(assignment, request.user)
    return render(request, "accounts/helping/decline.html", {"assignment": assignment, "form": form})
