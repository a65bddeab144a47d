"""The ladder: who stands on which rung, and for how long each is waited for.

docs/decisions/0033-alarms.md
"""

from collections.abc import Collection
from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from accounts.consents.access import psychologists_of
from accounts.models import User
from emergency.access import psychologists
from emergency.choices import Level, Rung, State
from emergency.duty.access import next_on_duty, on_duty
from emergency.models import FollowUp, HelpRequest

Subject = HelpRequest | FollowUp
AGAIN_SOON, AGAIN, SOON_FOR = timedelta(minutes=15), timedelta(hours=1), timedelta(hours=1)
NIGHT = timedelta(hours=4)  # whoever is awake at one o'clock still lives in yesterday
NOON = time(12)
HURRIED, CALM = timedelta(minutes=30), timedelta(hours=12)  # between the rungs of a follow-up


def administrators() -> list[User]:
    """Return everybody who is an administrator here now."""
    return list(User.objects.filter(is_staff=True, is_active=True).order_by("pk"))


def everybody() -> list[User]:
    """Return all whom an alarm can reach: psychologists and administrators, each once."""
    return list({person.pk: person for person in [*psychologists(), *administrators()]}.values())


def next_rung(
    subject: Subject, after: int | None, without: Collection[int], now: datetime | None = None
) -> tuple[Rung, list[User]]:
    """Return the next rung on which somebody new stands, and these people; NOBODY when there is none.

    A rung without anybody is not waited for. Where nobody is on duty, all are called, and not those whose shift
    begins at some time.
    """
    now = now or timezone.now()
    for rung in Rung:
        if rung > (-1 if after is None else after) and rung < Rung.NOBODY:
            new = [person for person in people_on(rung, subject, now) if person.pk not in without]
            if new:
                return rung, new
    return Rung.NOBODY, []


def people_on(rung: Rung, subject: Subject, now: datetime) -> list[User]:
    """Return who stands on a rung now; never the person who asks."""
    if rung == Rung.OWN:
        found = _own(subject)
    elif rung == Rung.DUTY:
        found = on_duty(now)
    elif rung == Rung.NEXT:
        here = on_duty(now)
        found = [*here, *next_on_duty(now)] if here else []  # those whose shift began meanwhile, too
    else:
        found = list(psychologists().order_by("pk")) if rung == Rung.ALL else administrators()
    return [person for person in found if person.pk != subject.user_id]


def time_of(subject: Subject) -> timedelta:
    """Return for how long a rung is waited for."""
    level = Level(subject.level)
    if isinstance(subject, HelpRequest):
        return timedelta(minutes=settings.URGENT_MINUTES[level.name.lower()])
    return HURRIED if level >= Level.HIGH else CALM


def pause_of(subject: Subject, now: datetime) -> timedelta:
    """Return after which time all are called again to what nobody has answered."""
    return AGAIN_SOON if now - subject.alone_since < SOON_FOR else AGAIN


def next_noon(user: User | None, now: datetime) -> datetime:
    """Return until when whoever has a follow-up should have asked the person again: the next day, where they live."""
    zone = (user or User()).zone
    day = (now.astimezone(zone) - NIGHT).date() + timedelta(days=1)
    return datetime.combine(day, NOON, tzinfo=zone)


def _own(subject: Subject) -> list[User]:
    if isinstance(subject, HelpRequest) or subject.state != State.OPEN or subject.user is None:
        return []
    return [assignment.helper for assignment in psychologists_of(subject.user)]
