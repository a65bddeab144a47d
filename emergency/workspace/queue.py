"""Who needs help now: requests and follow-ups in one list, the most urgent first, then whoever has waited longest."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts import events
from accounts.journal.choices import Looked, Why
from accounts.models import User
from emergency import access as follow_ups
from emergency.choices import DUE, GOES_ON, WORKING, Level, Part
from emergency.models import FollowUp, HelpRequest
from emergency.workspace import access

MOST = 100  # shown of each list


@dataclass(frozen=True)
class Row:
    """One who waits; the template asks `request` or `follow_up` for the rest."""

    level: int
    since: datetime
    request: HelpRequest | None = None
    follow_up: FollowUp | None = None
    asked: bool = False  # a colleague asks this helper to come

    @property
    def person(self) -> User | None:
        return (self.request or self.follow_up).user

    @property
    def urgency(self) -> str:
        return (self.request or self.follow_up).get_level_display()

    @property
    def is_overdue(self) -> bool:
        if self.follow_up:
            return self.follow_up.is_overdue
        return self.since + DUE[Level(self.level)] <= timezone.now()

    @property
    def holder(self) -> User | None:
        claims = getattr(self.request, "open_claims", [])
        return next((c.helper for c in claims if c.part == Part.MAIN), None)


@dataclass(frozen=True)
class Queue:
    """What somebody sees: what is theirs, what waits, and what others have (for administrators)."""

    mine: list[Row] = field(default_factory=list)
    waiting: list[Row] = field(default_factory=list)
    others: list[Row] = field(default_factory=list)
    more: bool = False  # there is more than is shown

    @property
    def first(self) -> Row | None:
        return self.waiting[0] if self.waiting else None


def queue_for(user: User) -> Queue:
    """Return the lists of a psychologist or an administrator, in a fixed number of queries."""
    now_theirs = [_of_request(request, user) for request in _first(access.work_of(user))]
    theirs = {row.request.pk for row in now_theirs}
    waiting = [_of_request(r, user) for r in _first(access.waiting_for(user)) if r.pk not in theirs]
    for follow_up in _first(_follow_ups(user), "due_at"):
        row = Row(follow_up.level, follow_up.asked_at, follow_up=follow_up)
        (now_theirs if follow_up.holder == user else waiting).append(row)
    known = theirs | {row.request.pk for row in waiting if row.request}
    others = [_of_request(r, user) for r in _first(access.all_open(user)) if r.pk not in known]
    if not user.is_psychologist:  # that somebody waits, and who: they cannot take it
        overdue = _first(follow_ups.overdue_for_administrators(), "due_at")
        others += [Row(found.level, found.asked_at, follow_up=found) for found in overdue]
    return Queue(
        mine=_in_order(now_theirs)[:MOST],
        waiting=_in_order(waiting)[:MOST],
        others=_in_order(others)[:MOST],
        more=max(len(now_theirs), len(waiting), len(others)) > MOST,
    )


def count_for(user: User) -> int | None:
    """Count who waits for this person or is in their care; nothing for whoever has no queue."""
    if not access.can_hold(user):
        return None
    requests = access.count_for(user)
    return requests + (follow_ups.count_for(user) if user.is_psychologist else 0)


def note_list(user: User) -> None:
    """Write down that the list was shown."""
    events.looked(actor=user, whose=None, what=Looked.LIST, why=Why.ASKED)


# Parts of the above


def _first(found: Any, second: str = "opened_at") -> list[Any]:
    return list(found.order_by("-level", second, "pk")[: MOST + 1])


def _follow_ups(user: User) -> Any:
    if not user.is_psychologist:
        return FollowUp.objects.none()
    return follow_ups.shown_to(user).filter(state__in=GOES_ON)


def _of_request(request: HelpRequest, user: User) -> Row:
    parts = [claim.part for claim in request.open_claims if claim.helper_id == user.pk]
    asked = bool(parts) and not any(part in WORKING for part in parts)
    return Row(request.level, request.opened_at, request=request, asked=asked)


def _in_order(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (-row.level, row.since))
