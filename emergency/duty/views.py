"""The duty rota: the page that all psychologists and administrators see, planning, giving up."""

import uuid
from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from emergency.duty import access, services, swaps
from emergency.duty.clock import wall
from emergency.duty.forms import ChangeForm, ColleagueForm, OwnShiftForm, PlanForm
from emergency.duty.gaps import AHEAD, gaps
from emergency.duty.services import NotSo
from emergency.duty.week import week_of
from emocare.dates import written

SOON, NEXT = timedelta(hours=24), 5
PAGE = ["GET", "HEAD", "POST"]


@require_safe
def duty(request: HttpRequest) -> HttpResponse:
    """Show who is on duty now and next, what waits for an answer, one's own shifts and a week of all."""
    user, now = request.user, timezone.now()
    access.require_rota(user)
    coming = access.shifts_between(now, now + SOON)
    missing = gaps(now, now + AHEAD)
    context = {
        "there": [shift for shift in coming if shift.starts_at <= now],
        "next": [shift for shift in coming if shift.starts_at > now][:NEXT],
        "nobody": [gap for gap in missing if gap.nobody],
        "alone": [gap for gap in missing if not gap.nobody],
        "asked": access.swaps_for(user),
        "to_approve": access.swaps_to_approve(user),
        "mine": access.coming_shifts_of(user) if user.is_psychologist else [],
        "week": week_of(request.GET.get("week", "")),
        "now": now,
    }
    return render(request, "emergency/duty/rota.html", context)


@require_http_methods(PAGE)
def plan(request: HttpRequest) -> HttpResponse:
    """Plan shifts of anybody, as an administrator, or take hours in which somebody is missing oneself."""
    user = request.user
    access.require_rota(user)
    data = request.POST if request.method == "POST" else None
    initial = _beginning(request.GET)
    if user.is_staff:
        form = PlanForm(data, people=access.psychologists_at(timezone.now()).order_by("shown_name"), initial=initial)
    else:
        form = OwnShiftForm(data, initial=initial)
    if data is not None and form.is_valid():
        given = form.cleaned_data
        person = given.get("who", user)
        try:
            if user.is_staff:
                until = given["weekly_until"]
                made = services.plan(psychologist=person, weekly_until=until, by=user, **form.hours())
            else:
                made = services.plan_own(psychologist=user, **form.hours())
        except NotSo as refused:
            _say_beside(form, refused)
        else:
            count = len(made)
            done = ngettext("%(count)d shift is on the rota now.", "%(count)d shifts are on the rota now.", count)
            messages.success(request, done % {"count": count})
            _warn(request, person, made)
            return _to_week(wall(made[0].starts_at).date())
    return render(request, "emergency/duty/plan.html", {"form": form})


@require_http_methods(PAGE)
def change(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Change a shift, or it and the later ones of its series, as an administrator."""
    shift = access.get_shift_to_change(request.user, public_id)
    people = access.psychologists_at(timezone.now()).order_by("shown_name")
    form = ChangeForm(request.POST if request.method == "POST" else None, shift=shift, people=people)
    if request.method == "POST" and form.is_valid():
        person, rest = form.cleaned_data["who"], form.cleaned_data.get("rest", False)
        try:
            rows = services.change(shift=shift, psychologist=person, rest=rest, by=request.user, **form.hours())
        except NotSo as refused:
            _say_beside(form, refused)
        else:
            messages.success(request, _("The rota is changed."))
            _warn(request, person, rows)
            return _to_week(wall(rows[0].starts_at).date())
    return render(request, "emergency/duty/change.html", {"form": form, "shift": shift})


@require_POST
def remove(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Take a shift, or it and the later ones of its series, from the rota, as an administrator."""
    shift = access.get_shift_to_change(request.user, public_id)
    try:
        services.remove(shift=shift, rest=bool(request.POST.get("rest")), by=request.user)
    except NotSo as refused:
        messages.info(request, refused.words)
    else:
        messages.success(request, _("It is taken from the rota. The person is told."))
    return _to_week(wall(shift.starts_at).date())


@require_http_methods(PAGE)
def give_up(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Ask once, then free the person from a shift and tell administrators."""
    shift = access.get_own_shift(request.user, public_id)
    if request.method != "POST":
        return render(request, "emergency/duty/give_up.html", {"shift": shift, "begun": _has_begun(shift)})
    try:
        services.give_up(shift=shift)
    except NotSo as refused:
        messages.info(request, refused.words)
    else:
        messages.success(request, _("You are free. Administrators know it and see which hours are empty. Take care."))
    return redirect("duty")


@require_http_methods(PAGE)
def ask_swap(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Ask a colleague to take a shift of one's own."""
    shift = access.get_own_shift(request.user, public_id)
    form = ColleagueForm(request.POST if request.method == "POST" else None, people=access.colleagues_for(shift))
    if request.method == "POST" and form.is_valid():
        try:
            swaps.ask(shift=shift, to=form.cleaned_data["colleague"])
        except NotSo as refused:
            _say_beside(form, refused)
        else:
            messages.success(request, _("Your colleague is asked. Until it is approved, the shift stays yours."))
            return redirect("duty")
    return render(request, "emergency/duty/ask_swap.html", {"shift": shift, "form": form, "begun": _has_begun(shift)})


@require_POST
def answer_swap(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Take the answer of the colleague."""
    swap, agreed = access.get_swap_asked_of(request.user, public_id), request.POST.get("answer") == "yes"
    done = (
        _("Thank you. It is yours as soon as an administrator approves it.") if agreed else _("Your colleague knows.")
    )
    return _step(request, done, lambda: swaps.answer(swap=swap, agreed=agreed))


@require_POST
def decide_swap(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Take the decision of an administrator."""
    swap, approved = access.get_swap_to_decide(request.user, public_id), request.POST.get("answer") == "yes"
    done = _("It is approved. Both are told.") if approved else _("It is not approved. Both are told.")
    return _step(request, done, lambda: swaps.decide(swap=swap, administrator=request.user, approved=approved))


@require_POST
def take_back_swap(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Let whoever asked keep the shift."""
    swap = access.get_own_swap(request.user, public_id)
    return _step(request, _("It is taken back. The shift stays yours."), lambda: swaps.take_back(swap=swap))


# Parts of the above


def _step(request: HttpRequest, done: str, do: Any) -> HttpResponse:
    try:
        do()
    except NotSo as refused:
        messages.info(request, refused.words)
    else:
        messages.success(request, done)
    return redirect("duty")


def _say_beside(form: forms.Form, refused: NotSo) -> None:
    form.add_error(refused.field if refused.field in form.fields else None, refused.words)


def _has_begun(shift: Any) -> bool:
    return shift.starts_at <= timezone.now()


def _warn(request: HttpRequest, person: User, shifts: list) -> None:
    """Say when somebody has very many hours in a week; it is for people to decide."""
    heavy = services.heavy_week(person, shifts)
    if heavy:
        given = {"name": person, "hours": heavy[1], "day": written(heavy[0], "j E")}
        text = _("%(name)s has %(hours)d hours on duty in the week from %(day)s. Is there time enough to rest?")
        messages.warning(request, text % given)


def _to_week(day: date) -> HttpResponse:
    response = redirect("duty")
    response["Location"] += f"?week={day.isoformat()}#week"
    return response


def _beginning(asked: QueryDict) -> dict[str, Any]:
    """Return what a link beside a gap fills in."""
    parts = {"day": date.fromisoformat, "start": time.fromisoformat, "end": time.fromisoformat}
    try:
        return {name: read(asked.get(name, "")) for name, read in parts.items()}
    except ValueError:
        return {}
