"""What would be left alone: a request of somebody who cannot have it any more, or who took it and then did nothing, is
given back; what waits without a timer gets one.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Greatest
from django.utils import timezone

from emergency.access import holders
from emergency.alarms import services as alarms
from emergency.choices import GOES_ON, Happened, Level, Part, State
from emergency.models import Check, Claim, FollowUp, HelpRequest, Message, RequestNote, Step

logger = logging.getLogger(__name__)
# After which time without a word, a note or a step of the checklist somebody who took a request is taken to be away.
SILENT = {Level.IMMINENT: timedelta(minutes=5), Level.HIGH: timedelta(minutes=10), Level.WATCH: timedelta(hours=1)}


def wind_up() -> None:
    """Give a timer to what should climb and has none: calling failed, or an account was closed for a while."""
    now = timezone.now()
    HelpRequest.objects.filter(state=State.OPEN, climbs_at=None).update(climbs_at=now)
    alone = FollowUp.objects.filter(state__in=GOES_ON, to_helpers=True, climbs_at=None)
    alone.filter(Q(user=None) | Q(user__is_active=True)).update(climbs_at=Greatest(F("due_at"), now))


def give_back_all() -> None:
    """Let all that is taken and had by nobody who can answer wait again, and call people anew.

    One that fails keeps no other back, and is tried again with the next sweep.
    """
    failed: list[Exception] = []
    for key in list(_left().values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                _give_back(key)
        except Exception as error:
            logger.exception("A request could not be given back")
            failed.append(error)
    if failed:
        raise failed[0]


def _left() -> QuerySet[HelpRequest]:
    held = Claim.objects.filter(request=OuterRef("pk"), part=Part.MAIN, ended_at__isnull=True, helper__in=holders())
    return HelpRequest.objects.filter(~Exists(held) | Exists(_silent()), state=State.TAKEN)


def _silent() -> QuerySet[Claim]:
    """Return the claims of those who have done nothing that anybody could see since they took a request."""
    now = timezone.now()
    long_ago = Q()
    for level, time in SILENT.items():
        long_ago |= Q(request__level=level, begun_at__lte=now - time)
    of = {"request": OuterRef("request")}
    return Claim.objects.filter(
        ~Exists(Message.objects.filter(**of, author=OuterRef("helper"))),
        ~Exists(RequestNote.objects.filter(**of, author=OuterRef("helper"))),
        ~Exists(Check.objects.filter(**of, done_by=OuterRef("helper"))),
        long_ago,
        request=OuterRef("pk"),
        request__called="",
        part=Part.MAIN,
        ended_at__isnull=True,
    )


def _give_back(key: int) -> None:
    locked = _left().select_for_update(of=("self",), skip_locked=True).select_related("user")
    request = locked.filter(pk=key).first()
    if request is None:
        return
    claim = request.claims.filter(part=Part.MAIN, ended_at__isnull=True).select_related("helper").first()
    request.claims.filter(part=Part.MAIN, ended_at__isnull=True).update(ended_at=timezone.now())
    request.state = State.OPEN
    request.save(update_fields=["state"])
    Step.objects.create(request=request, what=Happened.GIVEN_BACK, actor=claim.helper if claim else None)
    alarms.start(request)
