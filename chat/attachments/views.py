"""Sending a picture, a file or a voice message, and fetching it."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.helping.steps import Refused
from chat.access import Seat, get_seat_for
from chat.attachments import access, services
from chat.attachments.forms import AttachForm
from chat.attachments.handing import handed
from chat.conversations.reading import name_of
from chat.conversations.services import note_look
from chat.masking.access import hides
from chat.wishes.access import shared
from emergency import heeding
from emocare.crypto import CannotDecrypt
from emocare.limits import limited


@require_http_methods(["GET", "HEAD", "POST"])
@limited("attachment", "POST")
def attach_to_chat(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Send a picture, a file or a voice message; the same form sent twice is one message."""
    seat = get_seat_for(request.user, public_id)
    is_sent = request.method == "POST"
    form = AttachForm(request.POST, request.FILES) if is_sent else AttachForm()
    is_script = request.headers.get("Accept") == "application/json"
    if is_sent and form.is_valid():
        try:
            number = services.attach(request, seat, **_answers(form))
            return _sent(request, public_id, number, is_script=is_script)
        except Refused as refused:
            form.add_error(None, refused.words)
            form.begin_anew()
    if is_sent and is_script:
        wrong = {name: [str(error) for error in errors] for name, errors in form.errors.items()}
        return JsonResponse({"wrong": wrong}, status=400)
    note_look(request, seat)
    context = {"seat": seat, "name": name_of(seat.other), "attach_form": form, "hides": _hides(seat)}
    return render(request, "chat/attachments/attach.html", context)


@require_safe
def attachment(request: HttpRequest, public_id: uuid.UUID, attachment_id: uuid.UUID) -> HttpResponse:
    """Send what a message carries to one of the two: a picture to be seen, a sound to be heard, a file to be kept."""
    seat = get_seat_for(request.user, public_id)
    found = access.get_attachment_for(seat, attachment_id)
    note_look(request, seat)
    try:
        content = found.content()
    except (FileNotFoundError, CannotDecrypt) as error:
        raise Http404 from error
    return handed(found, content, request.headers.get("Range", ""))


def _answers(form: AttachForm) -> dict[str, Any]:
    answers = dict(form.cleaned_data)
    return answers | {"checked": answers.pop("file"), "text": answers.pop("words")}


def _sent(request: HttpRequest, public_id: uuid.UUID, number: int, *, is_script: bool) -> HttpResponse:
    if not is_script:
        return redirect(f"{reverse('chat', args=[public_id])}#m-{number}")
    return JsonResponse({"number": number} | ({"help": reverse("heeded")} if heeding.noticed(request) else {}))


def _hides(seat: Seat) -> bool:
    return hides(seat.conversation, shared(seat.conversation))
