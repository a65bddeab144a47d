"""The page on which one side says what the two may see of each other."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chat.access import get_seat_for
from chat.wishes import access, services
from chat.wishes.forms import WishesForm


@require_http_methods(["GET", "HEAD", "POST"])
def chat_wishes(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show what both want, and take what this side wants."""
    seat = get_seat_for(request.user, public_id)
    sent = request.POST if request.method == "POST" else None
    here = seat.conversation
    known = {"offered": access.offered(here), "chosen": access.chosen_by(seat), "shared": access.shared(here)}
    form = WishesForm(sent, **known)
    if form.is_bound and form.is_valid():
        services.choose(seat, form.chosen())
        messages.success(request, _("Your choice is saved."))
        return redirect("chat_wishes", public_id)
    return render(request, "chat/wishes/wishes.html", {"seat": seat, "form": form})
