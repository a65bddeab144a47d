"""What the services of helping share: locks, room, writing steps down."""

from typing import Any

from django.utils import timezone

from accounts import events
from accounts.choices import EventKind
from accounts.helping import hours
from accounts.models import Assignment, HelperProfile, User, WaitingPlace


class Refused(Exception):
    """What was asked for cannot be; the words say why and what to do."""

    def __init__(self, words: Any):
        super().__init__(words)
        self.words = words


def room(profile: HelperProfile, besides: User | None = None) -> int:
    """Return how many more people a locked profile can take; a place that is kept for `besides` is free for them."""
    now = timezone.now()
    if hours.is_away(profile, now):
        return 0
    kept = WaitingPlace.objects.filter(offered=profile, offered_until__gt=now).exclude(user=besides).count()
    return profile.load_limit - Assignment.objects.open().filter(helper=profile.user).count() - kept


def lock(user: User, helper: HelperProfile) -> HelperProfile:
    """Let one transaction at a time change this person's helpers and this helper's people."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    return HelperProfile.objects.select_for_update(no_key=True, of=("self",)).select_related("user").get(pk=helper.pk)


def refresh(assignment: Assignment) -> None:
    """Read how the assignment stands now, and keep it so until the transaction is over."""
    held = Assignment.objects.select_for_update(no_key=True).get(pk=assignment.pk)
    assignment.state, assignment.replaces_id = held.state, held.replaces_id
    assignment.started_at, assignment.ended_at = held.started_at, held.ended_at


def step(assignment: Assignment, kind: EventKind, actor: User, reason: str = "") -> None:
    """Write the step down for both sides."""
    for person in (assignment.user, assignment.helper):
        events.record(user=person, kind=kind, actor=actor, reason=reason)
