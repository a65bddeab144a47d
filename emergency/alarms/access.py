"""What somebody is called to now, for the alarm on their pages."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from emergency import access
from emergency.choices import GOES_ON, Level, Part, Rung, State
from emergency.models import Alarm, Claim, FollowUp, HelpRequest, Shift

SHOWN = 3  # in full; how many more there are is said, and leads to the queue
TOLD_FOR = timedelta(minutes=1)  # who has taken what one was called to


@dataclass(frozen=True)
class Call:
    """One thing that somebody is called to; `mark` is another one when they are called to it once more."""

    mark: str
    place: str
    level: str
    since: datetime
    overdue: bool  # a follow-up that waits too long, not somebody who asks now


def require_called(user: User) -> None:
    """Refuse whoever is never called."""
    if not access.can_hold(user):
        raise PermissionDenied


def calls_to(user: User) -> list[Call]:
    """Return what this person is called to and nobody has taken, the most urgent first."""
    found = [*_requests(user).order_by("-level", "opened_at"), *_follow_ups(user).order_by("-level", "due_at")]
    found.sort(key=lambda subject: (-subject.level, subject.opened_at))
    return [_call(subject, user) for subject in found]


def taken_from(user: User) -> list[str]:
    """Return the names of those who have just taken what this person was called to."""
    recent = {"part": Part.MAIN, "ended_at__isnull": True, "begun_at__gte": timezone.now() - TOLD_FOR}
    mine = Alarm.objects.filter(person=user, request=OuterRef("request"))
    claims = Claim.objects.filter(Exists(mine), **recent).exclude(helper=user).exclude(helper__isnull=True)
    return [str(claim.helper) for claim in claims.select_related("helper").order_by("-begun_at")[:SHOWN]]


def _requests(user: User) -> QuerySet[HelpRequest]:
    """Return the requests that nobody has taken, and to which this person was called, or would be by now."""
    meant = _was_called(user, "request")
    if user.is_psychologist:
        now = timezone.now()
        on_duty = Shift.objects.filter(psychologist=user, starts_at__lte=now, ends_at__gt=now)
        meant |= Q(rung__gte=Rung.ALL) | Q(Exists(on_duty))
    if user.is_staff:
        meant |= Q(rung__gte=Rung.ADMINS)
    waiting = HelpRequest.objects.filter(meant, state=State.OPEN).exclude(user=user)
    return waiting.only("public_id", "level", "opened_at", "round")  # it stands on every page: nothing is decrypted


def _follow_ups(user: User) -> QuerySet[FollowUp]:
    """Return the follow-ups that ring: what is overdue, and what is urgent and waits for this person.

    Mostly there is none, on every page: whether there can be one is asked first, and costs a tenth of the whole.
    """
    rung = {"follow_up__round": F("round"), "follow_up__state__in": GOES_ON}
    if not Alarm.objects.filter(person=user, **rung).exists():
        return FollowUp.objects.none()
    asked_now = Q(state=State.OPEN, level__gte=Level.HIGH, request__isnull=True)
    rings = _was_called(user, "follow_up") & (Q(due_at__lte=timezone.now()) | asked_now)
    shown = access.shown_to(user) if user.is_psychologist else access.overdue_for_administrators()
    ringing = shown.filter(rings, state__in=GOES_ON).select_related(None)
    return ringing.only("public_id", "level", "opened_at", "asked_at", "due_at", "round")


def _was_called(user: User, to: str) -> Q:
    return Q(Exists(Alarm.objects.filter(**{to: OuterRef("pk")}, person=user, round=OuterRef("round"))))


def _call(subject: Any, user: User) -> Call:
    urgent = isinstance(subject, HelpRequest)
    overdue = not urgent and subject.is_overdue
    if urgent:
        place = reverse("urgent_case", args=[subject.public_id])
    else:
        place = reverse("follow_up", args=[subject.public_id]) if user.is_psychologist else reverse("urgent_queue")
    since = subject.opened_at if urgent else subject.due_at if overdue else subject.asked_at
    mark = f"{subject.public_id}:{subject.round}"
    return Call(mark, place, subject.get_level_display(), since, overdue)
