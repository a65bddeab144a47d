"""Who sees an urgent request, besides its person: nobody who is not called to it.

- Its holder and the second person see it whole, and nobody else does.
- Until it is taken, psychologists who are called see that it is there, not what was written: those on duty every one;
  those on duty next, all psychologists and administrators as soon as their rung was called. They may take it.
  When somebody was quicker they see who has it.
- A helper who is asked to take it over or to join sees the same, and what the holder wrote for them.
- Administrators see of each that it is there, who has it and its timeline.
- After closing whoever had it then, and whoever has its follow-up, read it until seven days after the follow-up.
- Nobody sees their own from this side: to them, and to everybody else, there is none (404).
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts import events
from accounts.choices import HELPERS, Role
from accounts.helping import access as helping
from accounts.journal.choices import Looked, Why
from accounts.kin import age
from accounts.models import User, role_in_force
from emergency.access import can_hold, holders
from emergency.choices import ASKED, GOES_ON, WORKING, Part, Rung, State
from emergency.duty.access import on_duty
from emergency.models import Alarm, Check, Claim, FollowUp, HelpRequest, RequestNote, Step

NONE = Q(pk__in=[])
EVERY = ~NONE
STAYS = timedelta(days=7)  # for which a request can be read after its follow-up is closed


@dataclass(frozen=True)
class Case:
    """A request as one helper may see it: whole, or only that it is there, with what they can do about it."""

    request: HelpRequest
    whole: bool = False
    part: str = ""  # which of it is this helper's now
    asked: str = ""  # what a colleague asks this helper for
    may_take: bool = False
    oversees: bool = False

    @property
    def holds(self) -> bool:
        return self.part == Part.MAIN


def require_queue(user: User) -> None:
    """Refuse whoever is never called to anybody."""
    if not can_hold(user):
        raise PermissionDenied


# Which requests


def called_to(user: User) -> Q:
    """Return which requests this person is called to while nobody has them."""
    if not user.is_active:
        return NONE
    rungs = Q(rung__gte=Rung.ADMINS) if user.is_staff else NONE
    if can_hold(user):  # whoever was called stays called, whatever became of the rota since
        rungs |= Q(Exists(Alarm.objects.filter(request=OuterRef("pk"), person=user)))
    if user.is_psychologist:
        if user in on_duty():
            return EVERY
        rungs |= Q(rung__gte=Rung.ALL)
    return rungs


def of_others(user: User) -> QuerySet[HelpRequest]:
    """Return all requests but the person's own, with whoever has or had them."""
    claims = Claim.objects.filter(ended_at__isnull=True).select_related("helper").order_by("pk")
    known = HelpRequest.objects.exclude(user=user).select_related("user")
    return known.prefetch_related(Prefetch("claims", claims, to_attr="open_claims"))


def unheld() -> Q:
    """Return which requests wait: nobody has taken them, or whoever had is neither psychologist nor administrator."""
    held = Claim.objects.filter(request=OuterRef("pk"), part=Part.MAIN, ended_at__isnull=True, helper__in=holders())
    return Q(state=State.OPEN) | Q(state=State.TAKEN) & ~Exists(held)


def waiting_for(user: User) -> QuerySet[HelpRequest]:
    """Return what this person can take now."""
    return of_others(user).filter(called_to(user), unheld())


def work_of(user: User) -> QuerySet[HelpRequest]:
    """Return what this person has, and what a colleague asks them to come to."""
    mine = Claim.objects.filter(request=OuterRef("pk"), helper=user, ended_at__isnull=True, part__in=_parts_of(user))
    return of_others(user).filter(Exists(mine), state__in=GOES_ON)


def count_for(user: User) -> int:
    """Count what waits for this person, and what they have."""
    mine = Claim.objects.filter(request=OuterRef("pk"), helper=user, ended_at__isnull=True)
    theirs = called_to(user) & unheld() | Exists(mine)
    return HelpRequest.objects.exclude(user=user).filter(theirs, state__in=GOES_ON).count()


def all_open(admin: User) -> QuerySet[HelpRequest]:
    """Return all that goes on, for an administrator; for others nothing."""
    return of_others(admin).filter(state__in=GOES_ON) if admin.is_staff else HelpRequest.objects.none()


def _parts_of(user: User) -> Sequence[str]:
    if can_hold(user):
        return Part.values
    return (Part.SECOND, Part.JOIN) if user.is_active and user.is_helper else ()


# One of them


def get_case_for(user: User, public_id: uuid.UUID) -> Case:
    """Return a request as this person may see it; else there is none (404)."""
    request = get_object_or_404(of_others(user), public_id=public_id)
    if request.is_over:
        if not _reads_on(user, request):
            raise Http404
        return Case(request, whole=True)
    own = [claim.part for claim in request.open_claims if claim.helper_id == user.pk and claim.part in _parts_of(user)]
    part = next((part for part in own if part in WORKING), "")
    asked = next((part for part in own if part in ASKED), "")
    called = can_hold(user) and HelpRequest.objects.filter(called_to(user), pk=request.pk).exists()
    if not (part or asked or called or user.is_staff):
        raise Http404
    holder = next((c.helper for c in request.open_claims if c.part == Part.MAIN), None)
    # Whoever is the second person stays with somebody whom the first has given back.
    free = not (holder and can_hold(holder)) and can_hold(user) and (called or bool(part))
    return Case(request, whole=bool(part), part=part, asked=asked, may_take=free, oversees=user.is_staff)


def _reads_on(user: User, request: HelpRequest) -> bool:
    """Say whether a helper still reads what is closed."""
    if not _parts_of(user):
        return False
    since = timezone.now() - STAYS
    had = request.claims.filter(helper=user, part__in=set(_parts_of(user)) & set(WORKING), ended_at=request.closed_at)
    follow_ups = FollowUp.objects.filter(request=request)
    lasts = follow_ups.filter(Q(state__in=GOES_ON) | Q(closed_at__gte=since))
    if user.is_psychologist and lasts.filter(taken_by=user).exists():
        return True
    return had.exists() and (lasts.exists() or (request.closed_at >= since and not follow_ups.exists()))


def get_whole_for(user: User, public_id: uuid.UUID) -> Case:
    """Return a request that goes on and is this helper's to work on (404 for others)."""
    case = get_case_for(user, public_id)
    if not case.part:
        raise Http404
    return case


def get_held_by(user: User, public_id: uuid.UUID) -> Case:
    """Return a request that this helper has as the first (404 for others, the second person too)."""
    case = get_case_for(user, public_id)
    if not case.holds:
        raise Http404
    return case


def get_to_take(user: User, public_id: uuid.UUID) -> HelpRequest:
    """Return one that this person is or was called to, also when somebody was quicker or it is over; else 404."""
    mine = Claim.objects.filter(request=OuterRef("pk"), helper=user, part__in=_parts_of(user), ended_at__isnull=True)
    ended = Claim.objects.filter(request=OuterRef("pk"), helper=user, ended_at=OuterRef("closed_at"))
    found = of_others(user) if can_hold(user) else HelpRequest.objects.none()
    return get_object_or_404(found.filter(called_to(user) | Exists(mine) | Exists(ended)), public_id=public_id)


def get_asked(user: User, public_id: uuid.UUID) -> HelpRequest:
    """Return one that a colleague asked this helper to come to, also when it is too late for that; else 404."""
    asked = Claim.objects.filter(request=OuterRef("pk"), helper=user, part__in=set(_parts_of(user)) - {Part.MAIN})
    return get_object_or_404(of_others(user).filter(Exists(asked)), public_id=public_id)


def get_check(case: Case, check_id: uuid.UUID) -> Check:
    """Return a step of this request's checklist."""
    return get_object_or_404(case.request.checks.select_related("step", "done_by"), public_id=check_id)


# What a page of one shows


def holder_of(request: HelpRequest) -> User | None:
    """Return who has it now; nobody when they are neither psychologist nor administrator any more: then it waits."""
    claim = request.claims.filter(part=Part.MAIN, ended_at__isnull=True).select_related("helper").first()
    return claim.helper if claim and claim.helper and can_hold(claim.helper) else None


def people_of(request: HelpRequest) -> dict[str, Claim]:
    """Return who is there or is asked to come, by their part."""
    return {claim.part: claim for claim in request.open_claims}


def is_minor(request: HelpRequest) -> bool:
    """Say whether the person is known to be under 18."""
    return request.user is not None and not age.is_adult(request.user)


def checks_of(request: HelpRequest) -> list[Check]:
    """Return the steps of the checklist in their order."""
    return list(request.checks.select_related("step", "done_by").order_by("step__place", "pk"))


def steps_of(request: HelpRequest) -> list[Step]:
    """Return what happened, the oldest first."""
    return list(request.steps.select_related("actor").order_by("at", "pk"))


def notes_of(author: User, request: HelpRequest) -> list[RequestNote]:
    """Return this helper's own notes on a request, the oldest first; nobody else's."""
    return list(RequestNote.objects.filter(request=request, author=author).order_by("written_at", "pk"))


def handed_to(request: HelpRequest, asked: bool) -> Claim | None:
    """Return the claim with the words of the one before: of the holder for whoever is asked, else of the last one."""
    claims = request.claims.filter(part=Part.MAIN, ended_at__isnull=asked).select_related("helper")
    last = claims.order_by("-begun_at", "-pk").first()
    return last if last and last.handed_words else None


def follow_up_of(user: User, request: HelpRequest) -> FollowUp | None:
    """Return the follow-up of a closed request that goes on, if it is this helper's."""
    return FollowUp.objects.filter(request=request, state__in=GOES_ON, taken_by=user).first()


def colleagues(user: User, request: HelpRequest) -> list[User]:
    """Return the psychologists who could take it over, those on duty first (`is_on_duty`)."""
    psychologists = holders().filter(role=Role.PSYCHOLOGIST).filter(role_in_force())
    others = list(psychologists.exclude(pk__in=[user.pk, request.user_id or 0]).order_by("shown_name", "pk"))
    now = on_duty()
    for other in others:
        other.is_on_duty = other in now
    return sorted(others, key=lambda other: not other.is_on_duty)


def could_join(user: User, request: HelpRequest) -> list[User]:
    """Return who could be the second person: first those who help the asker already, then psychologists."""
    close = [a.helper for a in helping.helpers_of(request.user)] if request.user else []
    close = [helper for helper in close if helper != user and helper.role_now in HELPERS]
    for helper in close:
        helper.helps_asker = True
    return [*close, *(other for other in colleagues(user, request) if other not in close)]


def note_look(case: Case, reader: User) -> None:
    """Write down that a helper saw it; of somebody without an account nothing is kept."""
    person = case.request.user
    if person:
        why = Why.ASSIGNED if helping.helps(reader, person) else Why.ASKED
        if not (case.whole or case.may_take or case.asked):
            why = Why.ADMINISTRATION
        events.looked(actor=reader, whose=person, what=Looked.REQUEST, why=why)
