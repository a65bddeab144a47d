"""Ask for help, and see what becomes of it: with an account or without one, and while a consent is missing."""

import uuid

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from redis.exceptions import RedisError

from accounts.helping.steps import Refused
from accounts.signin import proof
from emergency import helplines, sent, thread
from emergency.forms import MessageForm
from emergency.models import HelpRequest
from emergency.requests import access, flood, services
from emergency.requests.asking import add, open_from
from emergency.requests.forms import AddForm, AskForm, ComeBackForm
from emergency.requests.page import shown
from emocare.heeding import heed


@login_not_required  # so it is also open while a consent is missing: in danger help comes first
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_help(request: HttpRequest) -> HttpResponse:
    """Ask for help with one press; all else that can be said is optional."""
    user, known = access.asker(request), access.going_on(request)
    if known and request.method != "POST":
        return redirect("help_request", known.public_id)
    crowded = user is None and known is None and flood.is_crowded(request)
    form = AskForm(request.POST if request.method == "POST" else None, crowded=crowded)
    if request.method == "POST" and form.is_valid():
        if not crowded or flood.may_open(request, form.cleaned_data[proof.FIELD]):
            return redirect("help_request", open_from(request, user, known, form).public_id)
        form.add_error(
            None, _("Very many requests come from your network just now. Please press once more in a moment.")
        )
    context = {"form": form, "asker": user, "lines": helplines.first(), "is_urgent": True}
    return render(request, "emergency/requests/ask.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def help_request(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show what becomes of a request, and take its person's words to whoever has it."""
    try:
        found = access.get_own_request(request, public_id)
    except Http404:
        if request.user.is_authenticated:
            raise
        return render(request, "emergency/requests/not_here.html", {"lines": helplines.first()}, status=404)
    form = MessageForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        words, key = form.cleaned_data["words"], form.cleaned_data["form_key"]
        try:
            message = thread.say(thread=found, author=found.user, by_person=True, text=words, key=key)
        except Refused as refused:
            form.add_error("words", refused.words)
        else:
            heed(request, words, about=message)
            if sent.by_script(request):
                return sent.accepted(request)
            messages.success(request, _("Your words are sent."))
            return redirect("help_request", public_id)
    return sent.refused(form) if sent.by_script(request) else _show(request, found, form=form)


@login_not_required
@require_POST
def add_words(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Add what whoever takes it should know; when somebody has it meanwhile, they read it at once."""
    found, form = access.get_own_request(request, public_id), AddForm(request.POST)
    if form.is_valid():
        try:
            add(request, found, form)
        except Refused as refused:
            form.add_error("words", refused.words)
        else:
            messages.success(request, _("It is added. Whoever takes your request reads it."))
            return redirect("help_request", public_id)
    return _show(request, found, add_form=form)


@login_not_required
@require_POST
def undo(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Take it back at once, with all that was written."""
    if services.undo(request=access.get_own_request(request, public_id)):
        messages.success(request, _("You have taken it back."))
    else:
        messages.info(
            request, _("Ten seconds are over, so it could not be taken back. You can end it whenever you like.")
        )
    return redirect("help_request", public_id)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """End it, as its person wishes, after one question."""
    found = access.get_own_request(request, public_id)
    if request.method == "POST":
        services.end(request=found)
        messages.success(request, _("Your request is ended. You can ask again at any time."))
    if request.method == "POST" or found.is_over:
        return redirect("help_request", public_id)
    return render(request, "emergency/requests/end.html", {"help_request": found, "is_urgent": True})


@login_not_required
@require_POST
def take_back_place(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show the place to nobody any more."""
    services.take_back_place(request=access.get_own_request(request, public_id))
    messages.success(request, _("The place is deleted. Nobody sees it here any more."))
    return redirect("help_request", public_id)


@login_not_required
@require_POST
def renew_code(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Give somebody without an account a new code in place of the one before."""
    found = access.get_own_request(request, public_id)
    if found.user_id is None:
        access.hold(request.session, found, services.renew_code(request=found))
    return redirect("help_request", public_id)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request: HttpRequest) -> HttpResponse:
    """Open a request by its code in this browser; every wrong code gets the same answer."""
    form = ComeBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if limited := _too_many_codes(request):
            return limited
        opened = services.come_back(typed=form.cleaned_data["code"]) if form.is_valid() else None
        if opened:
            request.session.cycle_key()
            access.hold(request.session, *opened)
            access.let_end(request)
            return redirect("help_request", opened[0].public_id)
        if not form.errors:
            told = _(
                "This code opens nothing. Please compare it once more: each code works once, then the next one does."
            )
            form.add_error("code", told)
    return render(request, "emergency/requests/come_back.html", {"form": form, "is_urgent": True})


def _too_many_codes(request: HttpRequest) -> HttpResponse | None:
    try:
        return ratelimit.consume_or_429(request, action="come_back")
    except RedisError:  # nothing is counted while Valkey is away; nobody guesses sixty bits
        return None


def _show(request: HttpRequest, found: HelpRequest, **forms: object) -> HttpResponse:
    return render(request, "emergency/requests/request.html", shown(request, found, **forms))
