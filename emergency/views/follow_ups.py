"""Follow-ups, for the psychologist who takes one and for the person whom it is about."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.helping import access as helping
from accounts.helping.steps import Refused
from accounts.kin.gate import open_while_waiting
from emergency import access, helplines, services, thread
from emergency.forms import CloseForm, MessageForm
from emocare.heeding import heed


@require_safe
def follow_ups(request: HttpRequest) -> HttpResponse:
    """Lead to the queue, in which follow-ups stand with urgent requests; letters of earlier days name this address."""
    return redirect("urgent_queue")


@open_while_waiting
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show a follow-up to its person or to a psychologist, and take their words to the other side."""
    found = access.get_follow_up_for(request.user, public_id)
    mine = found.user == request.user
    form = MessageForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        words, key = form.cleaned_data["words"], form.cleaned_data["form_key"]
        try:
            message = services.say(follow_up=found, author=request.user, text=words, key=key)
        except Refused as refused:
            form.add_error("words", refused.words)
        else:
            if mine:
                heed(request, words, about=message)
            messages.success(request, _("Your words are sent."))
            return redirect("follow_up", public_id)
    context = {"follow_up": found, "form": form, "written": thread.messages_of(found)}
    if mine:
        context |= {"readers": access.readers_for(request.user), "lines": helplines.to_talk()}
        return render(request, "emergency/own_follow_up.html", context)
    access.note_look(found, request.user)
    context |= {"held": found.holder == request.user, "helps": helping.helps(request.user, found.user)}
    return render(request, "emergency/follow_up.html", context)


@require_POST
def take(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Let a psychologist take it."""
    found = access.get_to_take(request.user, public_id)
    try:
        services.take(follow_up=found, psychologist=request.user)
    except Refused as refused:
        messages.info(request, refused.words)
        return redirect("urgent_queue")
    messages.success(request, _("You have taken it. The person sees that, and your name. Write a few words now."))
    return redirect("follow_up", public_id)


@require_POST
def give_back(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Let another psychologist take it."""
    services.give_back(follow_up=access.get_taken_by(request.user, public_id), psychologist=request.user)
    messages.success(request, _("It waits for another psychologist now."))
    return redirect("urgent_queue")


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Close it with a note."""
    found = access.get_taken_by(request.user, public_id)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.close(follow_up=found, psychologist=request.user, note=form.cleaned_data["note"])
        except Refused as refused:
            messages.info(request, refused.words)
        else:
            messages.success(request, _("It is closed. Thank you."))
        return redirect("urgent_queue")
    if found.is_over:
        return redirect("follow_up", public_id)
    access.note_look(found, request.user)
    return render(request, "emergency/close_follow_up.html", {"follow_up": found, "form": form})


@require_POST
def ask(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Let people see it, as its person wishes."""
    found = access.get_own(request.user, public_id)
    if not access.readers_for(request.user):
        messages.info(request, _("There is no psychologist here just now. Please call one of the lines."))
        return redirect("follow_up", public_id)
    try:
        services.ask(follow_up=found)
    except Refused as refused:
        messages.info(request, refused.words)
    else:
        messages.success(request, _("You asked for a psychologist. You see here when somebody has read it."))
    return redirect("follow_up", public_id)


@open_while_waiting
@require_POST
def end(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Close it, as its person wishes."""
    services.end(follow_up=access.get_own(request.user, public_id))
    messages.success(request, _("Thank you for saying how you are. Urgent help is always open to you."))
    return redirect("dashboard")
