"""The pages on which a message is changed, deleted, or answered in one press; the socket does the same."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.helping.steps import Refused
from chat.access import get_seat_for
from chat.attachments import showing
from chat.changing import services
from chat.changing.access import DELETED, get_own, refusal
from chat.changing.forms import EditForm
from chat.heeding import services as heeding
from emocare.heeding import heed

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
def edit_message(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """Give one's own message other words."""
    seat = get_seat_for(request.user, public_id)
    message = get_own(seat, number)
    if request.method == "POST":
        form = EditForm(request.POST)
        if form.is_valid():
            try:
                is_new = services.edit(seat, number, form.cleaned_data["words"])
            except Refused as refused:
                form.add_error("words", refused.words)
            else:
                if is_new:
                    heed(request, form.cleaned_data["words"], about=message)
                    heeding.look(message.public_id)
                messages.success(request, _("Your message is changed."))
                return redirect(_back(public_id, number))
    elif why := refusal(seat, message):
        messages.info(request, why)
        return redirect(_back(public_id, number))
    else:
        form = EditForm(initial={"words": message.text})
    context = {"message": message, "form": form, "back": _back(public_id, number)}
    return render(request, "chat/changing/edit.html", context)


@form_page
def delete_message(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """Ask once, then take the words of one's own message away from both."""
    seat = get_seat_for(request.user, public_id)
    message = get_own(seat, number)
    if request.method == "POST":
        services.delete(seat, number)
        messages.success(request, _("Your message is deleted for both of you."))
        return redirect(_back(public_id, number))
    if message.deleted_at:
        messages.info(request, DELETED)
        return redirect(_back(public_id, number))
    carried = showing.in_words(showing.facts(message))
    context = {"message": message, "carried": carried, "back": _back(public_id, number)}
    return render(request, "chat/changing/delete.html", context)


@require_POST
def react(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """Answer a message in one press; without `what` the answer is taken back. A script gets no page (204 or 409)."""
    seat = get_seat_for(request.user, public_id)
    is_script = request.headers.get("Accept") == "application/json"
    try:
        services.react(seat, number, request.POST.get("what") or None)
    except Refused as refused:
        if is_script:
            return HttpResponse(status=409)
        messages.info(request, refused.words)
    if is_script:
        return HttpResponse(status=204)
    return redirect(_back(public_id, number))


def _back(public_id: uuid.UUID, number: int) -> str:
    """Return where the message stands, on whichever page of the conversation."""
    return f"{reverse('chat', args=[public_id])}?around={number}#m-{number}"
