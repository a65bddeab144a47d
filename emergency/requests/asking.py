"""From what somebody pressed and typed to their request; what is typed never stands in the way of the press."""

import uuid
from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.helping.steps import Refused
from accounts.models import User
from emergency import heeding, thread
from emergency.choices import State
from emergency.models import HelpRequest
from emergency.requests import access, codes, flood, origin, services
from emergency.requests.forms import AddForm, AskForm
from emocare.heeding import heed


def open_from(request: HttpRequest, user: User | None, known: HelpRequest | None, form: AskForm) -> HelpRequest:
    """Open a request from a valid form, or add its words to the one that goes on."""
    data, made = form.cleaned_data, known
    if made is None:
        made = _open(request, user, form)
        if user is None:
            _hold(request, made, data["form_key"])
        if made.form_key == data["form_key"]:
            heed(request, data["words"], about=made)
            _say_of_place(request, form)
            return made
    try:
        add(request, made, form)
    except Refused as refused:
        messages.info(request, refused.words)
    return made


def add(request: HttpRequest, found: HelpRequest, form: AddForm | AskForm) -> None:
    """Add words and place from a valid form; once somebody has it they are written to. Raises Refused."""
    words, place = form.cleaned_data["words"], form.agreed_place
    about = found
    if words and found.state == State.TAKEN:
        key = form.cleaned_data["form_key"] or uuid.uuid4()
        with suppress(Refused):  # given back meanwhile: then whoever takes it next reads them
            about = thread.say(thread=found, author=found.user, by_person=True, text=words, key=key)
    if place or (words and about == found):
        services.add_words(request=found, words=words if about == found else "", **place)
    heed(request, words, about=about)


def _open(request: HttpRequest, user: User | None, form: AskForm) -> HelpRequest:
    data, came = form.cleaned_data, origin.recall(request)
    key = data["form_key"] = services.fresh(data["form_key"], user)
    made = services.open_request(
        user=user,
        level=max(came.level, heeding.read(data["words"]).level),
        origin=came.origin,
        language=data["language"],
        words=data["words"],
        talk=data["talk"],
        interpreter=data["interpreter"],
        code="" if user else codes.digest(codes.of_form(key)),
        key=key,
        **form.agreed_place,
    )
    origin.forget(request)
    return made


def _hold(request: HttpRequest, made: HelpRequest, key: uuid.UUID) -> None:
    access.hold(request.session, made, codes.of_form(key))
    access.let_end(request)
    flood.count(request)


def _say_of_place(request: HttpRequest, form: AskForm) -> None:
    if form.cleaned_data["place"] and not form.agreed_place:
        messages.info(
            request, _("Your place was not sent, because the box beside it was not ticked. You can add it here.")
        )
