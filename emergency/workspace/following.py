"""What a closed request leaves to do: somebody asks the person the next day how they are."""

from django.utils import timezone

from accounts.models import User
from emergency.alarms import ladder
from emergency.alarms import services as alarms
from emergency.choices import Source, State
from emergency.models import FollowUp, HelpRequest


def follow(*, request: HelpRequest, helper: User | None) -> FollowUp:
    """Open the follow-up of a request that this helper had at the end: theirs, and due at noon of the next day.

    Where nobody had it, or an administrator who is no psychologist, it waits for any psychologist.
    It climbs when nobody closes it in time.
    """
    now = timezone.now()
    due = ladder.next_noon(request.user, now)
    theirs = {"state": State.TAKEN, "taken_by": helper, "taken_at": now} if helper and helper.is_psychologist else {}
    follow_up = FollowUp.objects.create(
        user=request.user,
        request=request,
        source=Source.REQUEST,
        level=request.level,
        to_helpers=True,
        opened_at=now,
        asked_at=now,
        due_at=due,
        climbs_at=due,
        **theirs,
    )
    alarms.start(follow_up)
    return follow_up
