"""My helper: who helps me, whom I asked, my place in the line."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.consents import access as consents
from accounts.helping import access, services, waiting
from accounts.helping.choices import EndReason
from accounts.helping.forms import EndForm, WishForm
from emocare.heeding import heed


@require_safe
def my_helpers(request: HttpRequest) -> HttpResponse:
    """Show who helps the person, requests without an answer, the line, and what is over."""
    mine = access.open_of_user(request.user)
    place = access.waiting_place_of(request.user)
    context = {
        "active": [a for a in mine if a.started_at],
        "asked": [a for a in mine if not a.started_at],
        "past": access.past_of_user(request.user),
        "place": place,
        "may_share": consents.may_share(request.user),
        "before": access.waiting_before(place) if place else 0,
    }
    return render(request, "accounts/helping/my_helpers.html", context)


@require_POST
def withdraw(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Take a request back."""
    if services.withdraw(assignment=access.get_own_request(request.user, public_id)):
        messages.success(request, _("Your request is taken back."))
    else:
        messages.info(request, _("This request was answered already."))
    return redirect("my_helpers")


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Ask once, then end it: the person without a reason, the helper with one."""
    assignment = access.get_assignment_of(request.user, public_id)
    own = assignment.user == request.user
    home = "my_helpers" if own else "my_people"
    if assignment.is_over:
        messages.info(request, _("This is over already."))
        return redirect(home)
    form = None if own else EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (own or form.is_valid()):
        given = {"reason": EndReason.USER} if own else form.cleaned_data
        services.end(assignment=assignment, actor=request.user, **given)
        heed(request, given.get("note", ""), about=assignment)
        messages.success(request, _("It has ended. The page of each is closed to the other from now on."))
        return redirect(home)
    if not own:
        access.note_look(assignment, request.user)
    return render(request, "accounts/helping/end.html", {"assignment": assignment, "form": form, "home": home})


@require_POST
def wait(request: HttpRequest) -> HttpResponse:
    """Stand in the line with what the form of the proposals said."""
    form = WishForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Some choices could not be read. Please choose again."))
        return redirect("match_helper")
    waiting.join(user=request.user, wish=form.wish())
    messages.success(request, _("You have a place in the line. We tell you when a helper has room."))
    return redirect("my_helpers")


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Leave the line."""
    waiting.leave(user=request.user)
    messages.success(request, _("You are not in the line any more."))
    return redirect("my_helpers")


@require_POST
def pass_on(request: HttpRequest) -> HttpResponse:
    """Let the next have the helper who was offered."""
    waiting.pass_on(user=request.user)
    messages.success(request, _("Your place in the line stays. We tell you about the next helper."))
    return redirect("my_helpers")
