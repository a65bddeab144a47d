"""Pages about supporters: those of a person, an invitation, and the people somebody supports."""

import uuid

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.kin import access, age, supporting
from accounts.kin.choices import Right
from accounts.kin.forms import InviteForm, RightsForm
from accounts.kin.views.guardians import gone, sent
from accounts.models import Support
from emocare.display import CHOICES, Display


@require_safe
def supporters(request: HttpRequest) -> HttpResponse:
    """Show who supports a person, and what each may do."""
    return render(request, "accounts/kin/supporters.html", {"supports": access.supports_of(request.user)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invite_supporter(request: HttpRequest) -> HttpResponse:
    """Make an invitation, and show its link, this once."""
    owner = request.user
    form = InviteForm(sent(request), owner=owner, initial={"period": "month"})
    if request.method == "POST" and form.is_valid():
        if limited := ratelimit.consume_or_429(request, action="kin_ask", key=str(owner.public_id)):
            return limited
        answers = {name: form.cleaned_data[name] for name in ("name", "kind", "rights", "last_day")}
        support, link = supporting.invite(owner=owner, **answers)
        return render(request, "accounts/kin/supporter_link.html", {"support": support, "link": link})
    return render(request, "accounts/kin/invite_supporter.html", {"form": form, "minor": not age.is_adult(owner)})


@require_http_methods(["GET", "HEAD", "POST"])
def change_supporter(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Change what a supporter may do, and until when."""
    support = access.get_support_of(request.user, public_id)
    form = RightsForm.of(support, sent(request))
    if request.method == "POST" and form.is_valid():
        answers = {name: form.cleaned_data[name] for name in ("rights", "last_day")}
        supporting.change(support=support, **answers)
        messages.success(request, _("The change is saved and holds at once."))
        return redirect("supporters")
    return render(request, "accounts/kin/change_supporter.html", {"form": form, "support": support})


@require_http_methods(["GET", "HEAD", "POST"])
def end_supporter(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Ask once, then end a supporter's rights at once."""
    support = access.get_support_of(request.user, public_id)
    if request.method == "POST":
        supporting.end(support=support, by=request.user)
        messages.success(request, _("It is ended. This person has no rights on your account any more."))
        return redirect("supporters")
    return render(request, "accounts/kin/end_supporter.html", {"support": support})


def _obstacle(support: Support | None, request: HttpRequest) -> HttpResponse | None:
    """Return the page that says why somebody cannot accept an invitation, if they cannot."""
    if support is None:
        return gone(request)
    if support.owner == request.user or not age.is_adult(request.user):
        own = support.owner == request.user
        return render(request, "accounts/kin/invitation_closed.html", {"own": own})
    return None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def support_invitation(request: HttpRequest, code: str) -> HttpResponse:
    """Show who invites and to what; accept."""
    support = access.find_invitation(code)
    if obstacle := _obstacle(support, request):
        return obstacle
    if request.method == "POST":
        if not supporting.accept(support=support, supporter=request.user):
            return gone(request)
        messages.success(request, _("Thank you. Here is what you may do."))
        return redirect("supported_person", support.public_id)
    return render(request, "accounts/kin/invitation.html", {"support": support, "code": code})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decline_invitation(request: HttpRequest, code: str) -> HttpResponse:
    """Say no to an invitation."""
    support = access.find_invitation(code)
    if obstacle := _obstacle(support, request):
        return obstacle
    if request.method != "POST":
        return redirect("support_invitation", code)
    supporting.decline(support=support, supporter=request.user)
    messages.success(request, _("You declined the invitation. The person who sent it is told."))
    return redirect("supported_people")


@require_safe
def supported_people(request: HttpRequest) -> HttpResponse:
    """Show whom somebody supports."""
    return render(request, "accounts/kin/supported_people.html", {"supports": access.supported_by(request.user)})


@require_safe
def supported_person(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show what is allowed for one person, and nothing else."""
    support = access.get_support_for(request.user, public_id)
    return render(request, "accounts/kin/supported_person.html", {"support": support, "rights": Right})


@require_http_methods(["GET", "HEAD", "POST"])
def leave_supported(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Ask once, then stop supporting somebody."""
    support = access.get_support_for(request.user, public_id)
    if request.method == "POST":
        supporting.end(support=support, by=request.user)
        messages.success(request, _("It is ended. The person whom you supported is told."))
        return redirect("supported_people")
    return render(request, "accounts/kin/leave_supported.html", {"support": support})


@require_http_methods(["GET", "HEAD", "POST"])
def supported_display(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Change how pages look for the person who is supported."""
    support = access.look_at_display_for(request.user, public_id)
    if request.method == "POST":
        chosen = Display() if "reset" in request.POST else Display.of(request.POST.dict())
        supporting.set_display(support=support, display=chosen)
        messages.success(request, _("Saved. It shows when this person signs in the next time."))
        return redirect("supported_person", support.public_id)
    context = {"support": support, "theirs": Display.of(support.owner.display), "display_choices": CHOICES}
    return render(request, "accounts/kin/supported_display.html", context)
