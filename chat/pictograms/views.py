"""The board of pictograms: each press is a form, the last one sends; with JavaScript only the last one is."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.helping.steps import Refused
from chat.access import Seat, get_seat_for
from chat.conversations import reading, services
from chat.conversations.forms import AnyKeyField
from chat.pictograms.row import MOST, Row, after_press, chosen_in
from chat.pictograms.shown import GROUPS
from chat.writing.services import CLOSED


@require_http_methods(["GET", "HEAD", "POST"])
def chat_board(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show the pictograms and the row that was chosen, after one more press."""
    seat = get_seat_for(request.user, public_id)
    if not seat.can_write and request.method != "POST":
        messages.info(request, CLOSED)
        return redirect("chat", public_id)
    return _board(request, seat, after_press(request.POST), _key(request))


@require_POST
def send_board(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Send the row as a message; the same form sent twice is one message."""
    seat, row = get_seat_for(request.user, public_id), chosen_in(request.POST)
    if not row.codes:
        return _board(request, seat, row, _key(request), _("Press a picture first."))
    try:
        number = services.send(request, seat, text=row.in_words(), form_key=_key(request), reply_to=None)
    except Refused as refused:
        return _board(request, seat, row, uuid.uuid4(), refused.words)
    return redirect(f"{reverse('chat', args=[public_id])}#m-{number}")


def _key(request: HttpRequest) -> uuid.UUID:
    return AnyKeyField().clean(request.POST.get("form_key") or str(uuid.uuid4()))


def _board(request: HttpRequest, seat: Seat, row: Row, form_key: uuid.UUID, wrong: str = "") -> HttpResponse:
    full = _("There is room for %(count)s pictures in one message. Send these, then go on.") % {"count": MOST}
    context = {
        "seat": seat,
        "name": reading.name_of(seat.other),
        "groups": GROUPS,
        "row": row,
        "form_key": form_key,
        "most": MOST,
        "full": full,
        "wrong": wrong or (full if row.is_full else ""),
    }
    return render(request, "chat/pictograms/board.html", context)
