"""Who is on duty when, and who may see and do what on the rota: psychologists and administrators see all of it."""

import uuid
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from emergency.choices import SWAP_GOES_ON, SwapState
from emergency.duty.clock import begin_of
from emergency.models import Shift, Swap

NEXT_WITHIN = timedelta(hours=12)
MOST = 50  # shifts of one's own, and exchanges, in a list


def psychologists_at(moment: datetime) -> QuerySet[User]:
    """Return everybody who is a psychologist at a moment, as far as is known now."""
    in_force = Q(role_until__isnull=True) | Q(role_until__gte=timezone.localdate(moment))
    return User.objects.filter(in_force, role=Role.PSYCHOLOGIST, is_active=True)


def administrators() -> QuerySet[User]:
    return User.objects.filter(is_staff=True, is_active=True)


def on_duty(at: datetime | None = None) -> list[User]:
    """Return the psychologists on duty at a moment (now): active, their role in force, each once."""
    at = at or timezone.now()
    there = psychologists_at(at).filter(shifts__starts_at__lte=at, shifts__ends_at__gt=at)
    return list(there.order_by("shifts__starts_at", "pk"))  # nobody has two shifts at a time


def next_on_duty(at: datetime | None = None) -> list[User]:
    """Return those of the next shifts that begin after a moment, within twelve hours, who are not on duty at it.

    These are all whose shift begins first: those of a later one may sleep until then.
    """
    at = at or timezone.now()
    there = Shift.objects.filter(psychologist=OuterRef("pk"), starts_at__lte=at, ends_at__gt=at)
    coming = psychologists_at(at).filter(
        ~Exists(there), shifts__starts_at__gt=at, shifts__starts_at__lte=at + NEXT_WITHIN
    )
    found = list(coming.annotate(begins=F("shifts__starts_at")).order_by("begins", "pk"))
    return [person for person in found if person.begins == found[0].begins]


def counts_until(shift: Shift) -> datetime:
    """Return until when a shift counts: to its end, or to that of the psychologist's role."""
    person = shift.psychologist
    if person.role_until is None:
        return shift.ends_at
    return min(shift.ends_at, begin_of(person.role_until + timedelta(days=1)))


def shifts_between(begin: datetime, end: datetime) -> list[Shift]:
    """Return the shifts that touch a stretch of time, of those who are psychologists then, in order."""
    found = Shift.objects.filter(
        starts_at__lt=end, ends_at__gt=begin, psychologist__role=Role.PSYCHOLOGIST, psychologist__is_active=True
    )
    found = found.select_related("psychologist").order_by("starts_at", "pk")
    return [shift for shift in found if counts_until(shift) > max(begin, shift.starts_at)]


def coming_shifts_of(psychologist: User) -> list[Shift]:
    """Return the next shifts of somebody, one that goes on first, each with the exchange that is asked for."""
    now = timezone.now()
    mine = list(psychologist.shifts.filter(ends_at__gt=now).order_by("starts_at")[:MOST])
    asked = Swap.objects.filter(shift__in=mine, state__in=SWAP_GOES_ON).select_related("to")
    by_shift = {swap.shift_id: swap for swap in asked}
    for shift in mine:
        shift.begun, shift.swap = shift.starts_at <= now, by_shift.get(shift.pk)
    return mine


def is_free(psychologist: User, shift: Shift) -> bool:
    """Say whether somebody is a psychologist for all of a shift and has no other one then."""
    return colleagues_for(shift).filter(pk=psychologist.pk).exists()


def colleagues_for(shift: Shift) -> QuerySet[User]:
    """Return those who could take a shift: psychologists then who have none at that time."""
    busy = Shift.objects.filter(psychologist=OuterRef("pk"), starts_at__lt=shift.ends_at, ends_at__gt=shift.starts_at)
    others = psychologists_at(shift.ends_at).exclude(pk=shift.psychologist_id)
    return others.filter(~Exists(busy)).order_by("shown_name", "pk")


# Exchanges


def _waiting(**of: object) -> list[Swap]:
    found = Swap.objects.filter(shift__starts_at__gt=timezone.now(), **of)
    return list(found.select_related("shift", "asked_by", "to").order_by("shift__starts_at", "pk")[:MOST])


def swaps_for(user: User) -> list[Swap]:
    """Return what colleagues ask of this psychologist and was not answered; none of a shift that has begun."""
    return _waiting(state=SwapState.ASKED, to=user) if user.is_psychologist else []


def swaps_to_approve(user: User) -> list[Swap]:
    """Return what colleagues agreed on and waits for an administrator."""
    return _waiting(state=SwapState.AGREED) if user.is_staff else []


# Fetch is authorise


def require_rota(user: User | AnonymousUser) -> None:
    """Refuse whoever is neither psychologist nor administrator."""
    if not (user.is_staff or user.is_psychologist):
        raise PermissionDenied


def get_own_shift(user: User, public_id: uuid.UUID) -> Shift:
    """Return a shift of one's own that is not over; else there is none (404)."""
    if not user.is_psychologist:
        raise Http404
    mine = Shift.objects.filter(psychologist=user, ends_at__gt=timezone.now()).select_related("psychologist")
    return get_object_or_404(mine, public_id=public_id)


def get_shift_to_change(user: User, public_id: uuid.UUID) -> Shift:
    """Return a shift that is not over, for an administrator; for others there is none (404)."""
    if not user.is_staff:
        raise Http404
    coming = Shift.objects.filter(ends_at__gt=timezone.now()).select_related("psychologist")
    return get_object_or_404(coming, public_id=public_id)


def get_swap_asked_of(user: User, public_id: uuid.UUID) -> Swap:
    """Return an exchange that a colleague asks of this psychologist; else there is none (404)."""
    if not user.is_psychologist:
        raise Http404
    return get_object_or_404(Swap, to=user, public_id=public_id)


def get_swap_to_decide(user: User, public_id: uuid.UUID) -> Swap:
    """Return an exchange, for an administrator; for others there is none (404)."""
    if not user.is_staff:
        raise Http404
    return get_object_or_404(Swap, public_id=public_id)


def get_own_swap(user: User, public_id: uuid.UUID) -> Swap:
    """Return an exchange that somebody asked for; else there is none (404)."""
    return get_object_or_404(Swap, asked_by=user, public_id=public_id)
