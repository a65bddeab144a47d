"""Help that is offered after words at risk, whom they call, and blocking."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.helping.steps import Refused
from chat.access import get_seat_for
from chat.attachments.showing import said_in
from chat.heeding import access, alarm, blocking
from chat.heeding.forms import AlarmForm
from emocare.heeding import heed


@require_safe
def chat_help(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show what is offered after one's own words, alone, for the page of the conversation that is open."""
    found = access.gravest_words(get_seat_for(request.user, public_id))
    if found:
        heed(request, said_in(found), about=found)
    return render(request, "emergency/heeded.html")


@require_http_methods(["GET", "HEAD", "POST"])
def chat_alarm(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Ask the person whether those on duty are to be called when their words tell of danger to their life."""
    seat = get_seat_for(request.user, public_id)
    if not seat.by_owner:
        raise Http404
    known = alarm.answer_of(seat)
    form = AlarmForm(request.POST if request.method == "POST" else None, initial=AlarmForm.of(known))
    if request.method == "POST" and form.is_valid():
        alarm.answer(seat, agrees=form.agrees)
        messages.success(request, _("Your answer is kept. You can change it at any time."))
        return redirect("chat", public_id)
    return render(request, "chat/heeding/alarm.html", {"seat": seat, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def block_chat(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Ask once, then let nobody write in the conversation."""
    seat = get_seat_for(request.user, public_id)
    if request.method != "POST":
        return render(request, "chat/heeding/block.html", {"seat": seat})
    try:
        blocking.block(seat)
        messages.success(request, _("Nobody writes here now, until you want it again. What was written stays."))
    except Refused as refused:
        messages.info(request, refused.words)
    return redirect("chat", public_id)


@require_POST
def unblock_chat(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Let both write again, if it was this person who closed it."""
    seat = get_seat_for(request.user, public_id)
    try:
        blocking.unblock(seat)
        messages.success(request, _("You can write to each other again."))
    except Refused as refused:
        messages.info(request, refused.words)
    return redirect("chat", public_id)
