"""The queue of urgent requests and follow-ups, and the workspace of the one who took a request."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.helping.steps import Refused
from emergency import sent, thread
from emergency.choices import ASKED, Called, Outcome, Part
from emergency.duty.access import on_duty
from emergency.forms import MessageForm
from emergency.workspace import access, queue, services
from emergency.workspace.forms import (
    NO,
    YES,
    CalledForm,
    CheckForm,
    CloseCaseForm,
    ColleagueForm,
    GiveBackForm,
    HandOverForm,
    NoteForm,
)
from emergency.workspace.looks import note_once

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def urgent_queue(request: HttpRequest) -> HttpResponse:
    """Show who needs help now, and the one to take first."""
    access.require_queue(request.user)
    context = {"queue": queue.queue_for(request.user), "on_duty": on_duty()}
    note_once(request, "queue", lambda: queue.note_list(request.user))
    return render(request, "emergency/workspace/queue.html", context)


@form_page
def urgent_case(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show a request to whoever works on it, is called to it or oversees it; take words to the person."""
    user = request.user
    case = access.get_case_for(user, public_id)
    form = MessageForm(request.POST if request.method == "POST" and case.whole else None)
    if form.is_bound and form.is_valid():
        words, key = form.cleaned_data["words"], form.cleaned_data["form_key"]
        try:
            thread.say(thread=case.request, author=user, by_person=False, text=words, key=key)
        except Refused as refused:
            form.add_error("words", refused.words)
        else:
            if sent.by_script(request):
                return sent.accepted(request)
            messages.success(request, _("Your words are sent."))
            return redirect("urgent_case", public_id)
    if form.is_bound and sent.by_script(request):
        return sent.refused(form)
    note_once(request, f"{public_id} {case.whole}", lambda: access.note_look(case, user))
    return render(request, "emergency/workspace/case.html", _context(request, case, form))


@require_POST
def take(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Let whoever is called take it."""
    found = access.get_to_take(request.user, public_id)
    try:
        services.take(request=found, helper=request.user)
    except Refused as refused:
        messages.info(request, refused.words)
        return redirect("urgent_queue")
    taken = _("You have taken it. The person sees that, and your name. Write a few words now.")
    messages.success(request, f"{taken} {_('If you do nothing here for some minutes, others are called again.')}")
    return redirect("urgent_case", public_id)


@form_page
def give_back(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Let somebody else take it, with words for them."""
    case = access.get_held_by(request.user, public_id)
    form = GiveBackForm(request.POST if request.method == "POST" else None)

    def act() -> None:
        services.give_back(request=case.request, helper=request.user, words=form.cleaned_data["next_words"])

    done = _("It waits for somebody else now, and they are called.")
    return _form_page(request, case, form, act, "give_back", done, "urgent_queue")


@form_page
def hand_over(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Ask a colleague to take it over."""
    case = access.get_held_by(request.user, public_id)
    people = access.colleagues(request.user, case.request)
    form = HandOverForm(request.POST if request.method == "POST" else None, people)

    def act() -> None:
        words = form.cleaned_data["next_words"]
        services.hand_over(request=case.request, helper=request.user, colleague=form.chosen(), words=words)

    done = _("Your colleague is asked. It stays with you until they have taken it.")
    return _form_page(request, case, form, act, "hand_over", done)


@form_page
def invite(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Ask somebody to be the second person."""
    case = access.get_held_by(request.user, public_id)
    people = access.could_join(request.user, case.request)
    form = ColleagueForm(request.POST if request.method == "POST" else None, people)

    def act() -> None:
        services.invite(request=case.request, helper=request.user, colleague=form.chosen())

    return _form_page(request, case, form, act, "invite", _("They are asked. You see here when they come."))


@require_POST
def join(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Come as the second person."""
    found = access.get_asked(request.user, public_id)
    try:
        services.join(request=found, helper=request.user)
    except Refused as refused:
        messages.info(request, refused.words)
        return redirect(_home(request))
    messages.success(request, _("You are the second person now. The person sees that, and your name."))
    return redirect("urgent_case", public_id)


@require_POST
def leave(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Leave as the second person, or say no to a colleague."""
    services.step_back(request=access.get_asked(request.user, public_id), helper=request.user)
    messages.success(request, _("You are not part of it any more. Thank you."))
    return redirect(_home(request))


@require_POST
def take_back(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Ask a colleague no more."""
    case = access.get_held_by(request.user, public_id)
    if request.POST.get("part") in ASKED:
        services.take_back(request=case.request, helper=request.user, part=Part(request.POST["part"]))
        messages.success(request, _("Nobody is asked any more."))
    return redirect("urgent_case", public_id)


@form_page
def note(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Keep a note of the helper's own."""
    case = access.get_whole_for(request.user, public_id)
    form = NoteForm(request.POST if request.method == "POST" else None)

    def act() -> None:
        services.write_note(request=case.request, author=request.user, text=form.cleaned_data["note"])

    return _form_page(request, case, form, act, "note", _("Your note is kept."))


@form_page
def check(request: HttpRequest, public_id: uuid.UUID, check_id: uuid.UUID) -> HttpResponse:
    """Say how it is with a step of the checklist."""
    case = access.get_whole_for(request.user, public_id)
    step = access.get_check(case, check_id)
    known = {"done": step.done or NO, "what": step.words}
    form = CheckForm(request.POST if request.method == "POST" else None, initial=known)

    def act() -> None:
        done, words = form.cleaned_data["done"], form.cleaned_data["what"]
        services.mark(check=step, helper=request.user, done="" if done == NO else done, words=words)

    return _form_page(request, case, form, act, "check", _("The step is kept."), check=step)


@form_page
def called(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Write down that the police or an ambulance was called, and whether the person was told."""
    case = access.get_whole_for(request.user, public_id)
    known = case.request
    told = NO if known.told_of_call is False else YES
    initial = {"whom": known.called, "reason": known.call_reason, "told": told, "untold_reason": known.untold_reason}
    form = CalledForm(request.POST if request.method == "POST" else None, initial=initial)

    def act() -> None:
        given = form.cleaned_data
        services.called(
            request=known,
            helper=request.user,
            whom=Called(given["whom"]),
            reason=given["reason"],
            told=given["told"] == YES,
            untold_reason=given["untold_reason"],
        )

    return _form_page(request, case, form, act, "called", _("It is written down."))


@form_page
def close(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Close it with an outcome and a note."""
    case = access.get_case_for(request.user, public_id)
    if case.request.is_over:
        return redirect("urgent_case", public_id)
    access.get_held_by(request.user, public_id)
    form = CloseCaseForm(request.POST if request.method == "POST" else None)

    def act() -> None:
        outcome, text = Outcome(form.cleaned_data["outcome"]), form.cleaned_data["note"]
        services.close(request=case.request, helper=request.user, outcome=outcome, text=text)

    return _form_page(request, case, form, act, "close", _("It is closed. Thank you."))


# Parts of the pages above


def _form_page(
    request: HttpRequest,
    case: access.Case,
    form: Form,
    act: Callable[[], None],
    name: str,
    done: str,
    then: str = "",
    **context: Any,
) -> HttpResponse:
    """Show a form about a case, or do what it asks for and go on."""
    public_id = case.request.public_id
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Refused as refused:
            form.add_error(None, refused.words)
        else:
            messages.success(request, done)
            return redirect(then) if then else redirect("urgent_case", public_id)
    note_once(request, f"{public_id} {case.whole}", lambda: access.note_look(case, request.user))
    return render(request, f"emergency/workspace/{name}.html", {"case": case, "form": form, **context})


def _home(request: HttpRequest) -> str:
    return "urgent_queue" if access.can_hold(request.user) else "my_people"


def _context(request: HttpRequest, case: access.Case, form: Form) -> dict[str, Any]:
    """Return what the page of a case shows: of what the person wrote nothing, unless it is theirs to work on."""
    user, found = request.user, case.request
    context = {"case": case, "urgent": found, "people": access.people_of(found), "home": _home(request)}
    if case.whole or case.oversees:
        context["steps"] = access.steps_of(found)
    if case.whole:
        follow_up = access.follow_up_of(user, found) if found.is_over else None
        context |= {
            "form": form if case.part or follow_up else None,
            "write_url": reverse("urgent_case", args=[found.public_id]),
            "written": thread.messages_of(found),
            "checks": access.checks_of(found),
            "notes": access.notes_of(user, found),
            "note_form": NoteForm(),
            "handed": access.handed_to(found, asked=False),
            "follow_up": follow_up,
            "minor": access.is_minor(found),
        }
    elif case.asked == Part.OVER:
        context["handed"] = access.handed_to(found, asked=True)
    return context
