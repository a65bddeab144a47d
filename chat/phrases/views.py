"""Ready phrases by forms: one put into the field of a conversation, and the page of one's own."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.helping.steps import Refused
from chat.access import get_seat_for
from chat.conversations import reading
from chat.conversations.forms import SendForm
from chat.conversations.views import conversation_page
from chat.phrases import access, services
from chat.phrases.forms import OwnPhraseForm
from chat.writing.services import CLOSED
from emocare.heeding import heed


@require_POST
def use_phrase(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show the conversation with a phrase in the field, after what was typed there; nothing is sent or kept."""
    seat = get_seat_for(request.user, public_id)
    sent = request.POST.copy()
    phrase = access.phrase_of(seat, sent.get("phrase", ""))
    if phrase:
        sent["text"] = services.joined(sent.get("text", ""), phrase)
    form = SendForm(sent, last_number=seat.conversation.last_number)
    if not seat.can_write:
        form.add_error("text", CLOSED)
    answering = reading.answered_in(seat, {"answer": sent.get("reply_to", "")})
    return conversation_page(request, seat, form, reading.window(seat), answering)


@require_http_methods(["GET", "HEAD", "POST"])
def own_phrases(request: HttpRequest) -> HttpResponse:
    """Show the person's own phrases, and add one."""
    form = OwnPhraseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            phrase = services.add(owner=request.user, text=form.cleaned_data["text"])
        except Refused as refused:
            form.add_error("text", refused.words)
        else:
            heed(request, phrase.text, about=phrase)
            messages.success(request, _("The phrase is kept."))
            return redirect(request.get_full_path())
    phrases = access.own_of(request.user)
    full = services.FULL % {"count": services.MOST} if len(phrases) >= services.MOST else ""
    context = {"form": form, "phrases": phrases, "full": full}
    back = access.conversation_named(request.user, request.GET.get("chat", ""))
    return render(request, "chat/phrases/own.html", context | {"back": back})


@require_http_methods(["GET", "HEAD", "POST"])
def delete_own_phrase(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Ask once, then remove an own phrase."""
    phrase = access.get_own_for(request.user, public_id)
    if request.method == "POST":
        services.delete(phrase=phrase)
        messages.success(request, _("The phrase is removed."))
        return redirect("own_phrases")
    return render(request, "chat/phrases/delete.html", {"phrase": phrase})
