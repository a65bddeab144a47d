"""Who sees a follow-up: the person always; psychologists only what somebody asked people for, and helpers no other."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts import events
from accounts.choices import Role
from accounts.consents import access as consents
from accounts.helping import access as helping
from accounts.journal.choices import Looked, Why
from accounts.models import Assignment, User, consented, role_in_force
from emergency.choices import GOES_ON, Level, Rung, Source, State
from emergency.models import Alarm, FollowUp, HelpRequest, Shift


@dataclass(frozen=True)
class Readers:
    """Who reads that a person asks for somebody: their own psychologists, or all of them; none where there are none."""

    own: list[User]
    others: bool

    def __bool__(self) -> bool:
        return bool(self.own) or self.others


def psychologists() -> QuerySet[User]:
    """Return everybody who is a psychologist here now."""
    return User.objects.filter(role_in_force(), role=Role.PSYCHOLOGIST, is_active=True)


def can_hold(user: User) -> bool:
    """Say whether somebody is a psychologist or an administrator now: who can be called to a request, and have it."""
    return user.is_active and (user.is_psychologist or user.is_staff)


def holders() -> QuerySet[User]:
    """Return everybody who can have a request."""
    return User.objects.filter(Q(role=Role.PSYCHOLOGIST) & role_in_force() | Q(is_staff=True), is_active=True)


def readers_for(user: User) -> Readers:
    """Return who would read it if this person asked now."""
    own = [assignment.helper for assignment in consents.psychologists_of(user)]
    return Readers(own, bool(own) or psychologists().exclude(pk=user.pk).exists())


# For the person


def going_on(user: User) -> list[FollowUp]:
    """Return the person's own follow-ups that are not closed, the most urgent first."""
    mine = FollowUp.objects.filter(user=user, state__in=GOES_ON)
    return list(mine.prefetch_related("taken_by").order_by("-level", "due_at"))


def request_of(user: User) -> HelpRequest | None:
    """Return the person's own urgent request that is not closed; there is one at most."""
    return HelpRequest.objects.filter(user=user, state__in=GOES_ON).first()


def of_first_screen(user: User) -> dict[str, Any]:
    """Return for the dashboard the person's own urgent request and follow-ups that go on, as `asked_now` and `hard`.

    Most people have neither, and every dashboard asks: for them it is one query.
    """
    asked = HelpRequest.objects.filter(user=user, state__in=GOES_ON).order_by().values_list(Value(1))
    hard = FollowUp.objects.filter(user=user, state__in=GOES_ON).order_by().values_list(Value(2))
    found = {kind for (kind,) in asked.union(hard)}
    return {
        "asked_now": request_of(user) if 1 in found else None,
        "hard": going_on(user) if 2 in found else [],
    }


def current(user: User, source: Source) -> FollowUp | None:
    """Return the person's own follow-up of this source that goes on, if there is one."""
    return next((follow_up for follow_up in going_on(user) if follow_up.source == source), None)


def get_own(user: User, public_id: uuid.UUID) -> FollowUp:
    """Return a follow-up of the person's own (404 for others)."""
    return get_object_or_404(FollowUp.objects.select_related("taken_by"), user=user, public_id=public_id)


# For psychologists


def shown_to(psychologist: User) -> QuerySet[FollowUp]:
    """Return those that this psychologist took, and those to which they are called, or would be if it were theirs.

    What somebody took who is no psychologist any more waits again; what somebody has and left for too long, others may
    take over who are called to it.
    """
    held = Exists(psychologists().filter(pk=OuterRef("taken_by")))
    waits = Q(state=State.OPEN) | ~Q(held) | Q(rung__gte=Rung.DUTY)
    return (
        _asked()
        .exclude(user=psychologist)
        .filter(Q(taken_by=psychologist) | Q(state__in=GOES_ON) & waits & _meant_for(psychologist))
    )


def _asked() -> QuerySet[FollowUp]:
    """Return what people asked for; in danger help comes before a consent that is missing."""
    # Such as the one that a legal representative took back; or there is no account that could consent.
    seen = consented("user") | Q(level__gte=Level.HIGH) | Q(user__isnull=True)
    here = Q(user__isnull=True) | Q(user__is_active=True)
    return FollowUp.objects.filter(seen, here, to_helpers=True).select_related("user", "taken_by", "request")


def _meant_for(psychologist: User) -> Q:
    """Say of follow-ups that this psychologist is called to them by now: docs/decisions/0033-alarms.md."""
    now = timezone.now()
    theirs = Assignment.objects.in_force().filter(user=OuterRef("user"), role=Role.PSYCHOLOGIST)
    own = Q(Exists(theirs.filter(helper=psychologist))) | Q(rung=Rung.OWN) & ~Q(Exists(theirs))
    called = Exists(Alarm.objects.filter(follow_up=OuterRef("pk"), person=psychologist, round=OuterRef("round")))
    on_duty = Exists(Shift.objects.filter(psychologist=psychologist, starts_at__lte=now, ends_at__gt=now))
    return own | Q(called) | Q(rung__gte=Rung.ALL) | Q(rung__gte=Rung.DUTY) & Q(on_duty)


def overdue_for_administrators() -> QuerySet[FollowUp]:
    """Return what waits though everybody else was called: administrators see that, and whose it is."""
    return _asked().filter(state__in=GOES_ON, rung__gte=Rung.ADMINS)


def count_for(psychologist: User) -> int:
    """Count what waits or goes on for a psychologist."""
    return shown_to(psychologist).filter(state__in=GOES_ON).count()


def get_follow_up_for(user: User, public_id: uuid.UUID) -> FollowUp:
    """Return a follow-up of one's own, or one that is shown to this psychologist; else there is none (404)."""
    own = Q(user=user)
    if user.is_psychologist:
        own |= Q(pk__in=shown_to(user).values("pk"))
    return get_object_or_404(FollowUp.objects.select_related("user", "taken_by"), own, public_id=public_id)


def get_to_take(psychologist: User, public_id: uuid.UUID) -> FollowUp:
    """Return one that the psychologist could take, also when somebody was quicker; else there is none (404)."""
    if not psychologist.is_psychologist:
        raise Http404
    before = Exists(Alarm.objects.filter(follow_up=OuterRef("pk"), person=psychologist))
    asked = _asked().exclude(user=psychologist).filter(_meant_for(psychologist) | Q(before) | Q(taken_by=psychologist))
    return get_object_or_404(asked, public_id=public_id)


def get_taken_by(psychologist: User, public_id: uuid.UUID) -> FollowUp:
    """Return one that the psychologist took, closed or not; else there is none (404)."""
    mine = shown_to(psychologist) if psychologist.is_psychologist else FollowUp.objects.none()
    return get_object_or_404(mine, taken_by=psychologist, public_id=public_id)


def note_look(follow_up: FollowUp, reader: User) -> None:
    """Write down that a psychologist saw it."""
    why = Why.ASSIGNED if helping.helps(reader, follow_up.user) else Why.ASKED
    events.looked(actor=reader, whose=follow_up.user, what=Looked.FOLLOW_UP, why=why)
