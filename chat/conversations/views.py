"""The pages of conversations; all of it works without JavaScript."""

import uuid

from django.core.handlers.asgi import ASGIRequest
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.helping.steps import Refused
from chat.access import Seat, get_assignment_for, get_seat_for
from chat.attachments.choices import Carried
from chat.attachments.forms import AttachForm
from chat.attachments.handing import with_voice
from chat.choices import Reacted, Wish
from chat.conversations import copying, listing, reading, services
from chat.conversations.forms import SearchForm, SendForm
from chat.conversations.search import search
from chat.masking.access import hides
from chat.phrases.access import topics_for
from emergency import heeding
from emocare.limits import limited

PAGE_SIZE = 20
STATES = ("waiting", "sent", "delivered", "read")


@require_safe
def chats(request: HttpRequest) -> HttpResponse:
    """List the conversations of a person, those with something new first."""
    page = Paginator(listing.listed(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = listing.in_words(list(page.object_list), request.user)
    return render(request, "chat/chats.html", {"page": page, "not_begun": listing.not_begun(request.user)})


@require_POST
def chat_with(request: HttpRequest, assignment_id: uuid.UUID) -> HttpResponse:
    """Go to the conversation of an assignment."""
    found = services.of_assignment(get_assignment_for(request.user, assignment_id))
    return redirect(_place(found.public_id, found.last_number))


@require_safe
def chat(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show a conversation: the newest messages, or those that the address names by their number."""
    seat = get_seat_for(request.user, public_id)
    answering = reading.answered_in(seat, request.GET)
    form = SendForm(last_number=seat.conversation.last_number, reply_to=answering and answering.number)
    is_seen = "X-Background" not in request.headers  # a script without a socket looks whether there is something new
    shown = reading.window(seat, reading.place_in(request.GET), is_seen=is_seen)
    return conversation_page(request, seat, form, shown, answering)


@require_POST
def send_message(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Send a message from the form; the same form sent twice is one message."""
    seat = get_seat_for(request.user, public_id)
    form = SendForm(request.POST, last_number=seat.conversation.last_number)
    is_script = request.headers.get("Accept") == "application/json"
    if form.is_valid():
        try:
            number = services.send(request, seat, **form.cleaned_data)
            return _sent(request, number) if is_script else redirect(_place(public_id, number))
        except Refused as refused:
            form.add_error("text", refused.words)
            form.begin_anew()
    if is_script:
        return JsonResponse({"wrong": [str(error) for errors in form.errors.values() for error in errors]}, status=400)
    answering = reading.answered_in(seat, {"answer": request.POST.get("reply_to", "")})
    return conversation_page(request, seat, form, reading.window(seat), answering)


@require_http_methods(["GET", "HEAD", "POST"])
@limited("search", "POST")
def chat_search(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Search in a conversation; the words come by POST, since an address is kept by browsers and servers."""
    seat = get_seat_for(request.user, public_id)
    form = SearchForm(request.POST if request.method == "POST" else None)
    found = search(seat, form.cleaned_data["words"]) if form.is_valid() else None
    services.note_look(request, seat)
    context = {"seat": seat, "name": reading.name_of(seat.other), "form": form, "found": found}
    return render(request, "chat/search.html", context)


@require_safe
@limited("chat_copy")
def chat_copy(request: HttpRequest, public_id: uuid.UUID) -> StreamingHttpResponse:
    """Send a conversation as a text file."""
    seat = get_seat_for(request.user, public_id)
    services.note_look(request, seat)
    asynchronous, parts = isinstance(request, ASGIRequest), copying.copy(seat)
    response = StreamingHttpResponse(
        copying.awaited(parts) if asynchronous else parts, content_type="text/plain; charset=utf-8"
    )
    if asynchronous:
        # Django would compress each part alone, and Chromium reads the first of such parts and drops the others.
        response.headers["Content-Encoding"] = "identity"
    response.headers["Content-Disposition"] = 'attachment; filename="emocare-conversation.txt"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _sent(request: HttpRequest, number: int) -> JsonResponse:
    """Answer a script: the number of the message, and where help is that its words call for."""
    return JsonResponse({"number": number} | ({"help": reverse("heeded")} if heeding.noticed(request) else {}))


def _place(public_id: uuid.UUID, number: int) -> str:
    """Return the address of a message, or of the form where there is none yet."""
    return f"{reverse('chat', args=[public_id])}#{f'm-{number}' if number else 'send'}"


@with_voice
def conversation_page(
    request: HttpRequest, seat: Seat, form: SendForm, shown: reading.Window, answering: reading.Answered | None
) -> HttpResponse:
    """Show a conversation with this form; a helper's look is written down."""
    services.note_look(request, seat)
    context = {
        "seat": seat,
        "name": reading.name_of(seat.other),
        "form": form,
        "attach_form": AttachForm(),
        "phrases": topics_for(seat),
        "shown": shown,
        "answering": answering,
        "can_answer": seat.can_write,
        "states": STATES,
        "carried_kinds": Carried.values,
        "reactions": Reacted.choices,
        "zone": timezone.get_current_timezone_name(),
        "hides": hides(seat.conversation, shown.agreed),
        "typing": Wish.TYPING in shown.agreed,
        "live": Wish.LIVE in shown.agreed,
    }
    return render(request, "chat/chat.html", context)
