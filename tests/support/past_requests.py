"""Urgent requests as they went before, for what counts them."""

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from emergency.choices import Happened, Level, Origin, Outcome, Part, Rung, State
from emergency.models import Claim, HelpRequest, Step


def asked(
    user: User | None = None,
    *,
    at: datetime | None = None,
    level: Level = Level.HIGH,
    taken_after: int | None = None,
    closed_after: int | None = None,
    outcome: str = "",
    **more: object,
) -> HelpRequest:
    """Return a request of that moment; what came after stands in seconds from it."""
    at = at or timezone.now()
    taken = None if taken_after is None else at + timedelta(seconds=taken_after)
    closed = None if closed_after is None else at + timedelta(seconds=closed_after)
    state = State.CLOSED if closed else State.TAKEN if taken else State.OPEN
    times = {"opened_at": at, "taken_at": taken, "closed_at": closed}
    end = outcome or (Outcome.CALMER if closed else "")
    given = {"origin": Origin.BUTTON, "language": "kk", "state": state, "outcome": end, **times} | more
    return HelpRequest.objects.create(user=user, level=level, **given)


def called(request: HelpRequest, after: int, rung: Rung, people: int) -> None:
    """Let people have been called to it, so many seconds after it was opened."""
    at = request.opened_at + timedelta(seconds=after)
    Step.objects.create(request=request, at=at, what=Happened.ALARMED, rung=rung, people=people)


def held(user: User | None, helper: User, part: Part = Part.MAIN) -> HelpRequest:
    """Return a request that goes on and that a helper has a part of."""
    request = asked(user, taken_after=0)
    Claim.objects.create(request=request, helper=helper, part=part)
    return request
