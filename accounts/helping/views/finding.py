"""Finding a helper: the list, the proposals, one helper's page with the request."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import get_profile_for
from accounts.helping import access, finding, services, waiting
from accounts.helping.cards import card, cards
from accounts.helping.choices import How
from accounts.helping.forms import AskForm, FilterForm, WishForm
from accounts.helping.steps import Refused

PAGE_SIZE = 10


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Show the helpers; what the list is narrowed to is sent by POST, so that no address tells what troubles whom."""
    form = FilterForm(request.POST if request.method == "POST" else None)
    wish = form.wish()
    free_now = form.is_bound and form.is_valid() and form.cleaned_data["free_now"]
    found = finding.listed(request.user, wish, free_now).prefetch_related("hours")
    page = Paginator(found, PAGE_SIZE).get_page(request.POST.get("page"))
    return render(request, "accounts/helping/find.html", {"form": form, "page": page, "cards": cards(page)})


@require_http_methods(["GET", "HEAD", "POST"])
def match(request: HttpRequest) -> HttpResponse:
    """Ask a few things and propose up to three helpers with room, or a place in the line."""
    if request.method != "POST":
        form = WishForm.begin(request.user, get_profile_for(request.user).disabilities)
        return render(request, "accounts/helping/match.html", {"form": form})
    form = WishForm(request.POST)
    if not form.is_valid():
        return render(request, "accounts/helping/match.html", {"form": form})
    waiting.offer_places()  # whoever waits comes before whoever asks now
    wish = form.wish()
    proposals = cards(finding.proposed(request.user, wish), wish)
    context = {"form": form, "wish": wish, "proposals": proposals, "place": access.waiting_place_of(request.user)}
    return render(request, "accounts/helping/match.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def helper(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show a helper, and send the request to them."""
    user = request.user
    profile = access.get_helper_for(user, public_id)
    form = AskForm(request.POST if request.method == "POST" else None, initial=_told(request, profile))
    if request.method == "POST" and form.is_valid():
        how = How.MATCH if request.POST.get("how") == How.MATCH else How.REQUEST
        try:
            services.ask(user=user, helper=profile, how=how, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.words)
        else:
            messages.success(request, _("Your request is sent. You see the answer on this page."))
            return redirect("my_helpers")
    mine = access.open_of_user(user)
    context = {
        "card": card(profile),
        "form": form,
        "with_them": next((a for a in mine if a.helper_id == profile.user_id), None),
        "present": next((a for a in mine if a.started_at and a.role == profile.user.role), None),
        "can_ask": user != profile.user and (profile.room > 0 or access.is_offered(user, profile)),
    }
    return render(request, "accounts/helping/helper.html", context)


def _told(request: HttpRequest, profile: object) -> dict[str, object]:
    """Tick beforehand the language and the ways that suit both."""
    suit = finding.ways_for(get_profile_for(request.user).disabilities)
    return {
        "languages": [code for code in [request.user.language] if code in profile.languages],
        "ways": [way for way in suit if way in profile.ways],
    }
