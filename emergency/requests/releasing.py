"""Parts of a request beside the first one, of people who cannot have them any more: they end, so that others can come.

Where the first one is gone, emergency.alarms.left calls people again.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.choices import HELPERS
from accounts.models import User, role_in_force
from emergency.access import holders
from emergency.alarms import services as alarms
from emergency.choices import Happened, Part
from emergency.models import Claim, HelpRequest
from emergency.requests.services import lock, note


def release_abandoned() -> int:
    """End what somebody is asked to, or stands by with, whose account or role is over; return how many there were.

    It may be called as often as one likes: each ends once, under the lock of its request.
    """
    requests = HelpRequest.objects.filter(pk__in=_abandoned().values("request")).order_by("-level", "pk")
    return sum(_release(request) for request in requests)


def _abandoned() -> QuerySet[Claim]:
    """Return the parts that go on without somebody who can have them: a volunteer can stand by, no more."""
    here = User.objects.filter(pk=OuterRef("helper"), is_active=True)
    holds = holders().filter(pk=OuterRef("helper"))
    stands_by = here.filter(Q(role__in=HELPERS) & role_in_force() | Q(is_staff=True))
    gone = Q(part=Part.OVER) & ~Exists(holds) | ~Q(part=Part.OVER) & ~Exists(stands_by)
    return Claim.objects.filter(gone, ended_at__isnull=True).exclude(part=Part.MAIN)


@transaction.atomic
def _release(request: HelpRequest) -> int:
    held = lock(request)
    left = {claim.pk: claim.part for claim in _abandoned().filter(request=held)}
    held.claims.filter(pk__in=left).update(ended_at=timezone.now())
    if Part.SECOND in left.values():
        note(held, Happened.SECOND_LEFT)
    if left:
        alarms.changed(held)
    return len(left)
