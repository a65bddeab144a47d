"""Call people, more of them while nobody answers, and stop. docs/decisions/0033-alarms.md

The timer is `climbs_at` in the row itself. A task at that moment and a sweep every minute do nothing but look at the
row, so they may run twice, late, or after everything was started anew.
"""

import logging
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from emergency import tasks
from emergency.alarms import ladder, saying
from emergency.alarms.ladder import Subject
from emergency.choices import GOES_ON, Happened, Level, Rung, State
from emergency.models import Alarm, FollowUp, HelpRequest, Step
from emocare.background import SAFETY, later

logger = logging.getLogger(__name__)
FIELDS = ["rung", "climbs_at", "round", "alone_since"]


@transaction.atomic
def start(subject: Subject, *, but: User | None = None) -> None:
    """Call the first rung where somebody is; called inside the transaction that opens, gives back or hands on.

    A follow-up that somebody has taken calls nobody before it is overdue. `but` is who has just given it back.
    """
    now = timezone.now()
    again = subject.round or subject.alarms.exists()
    subject.round, subject.rung, subject.alone_since = subject.round + bool(again), Rung.OWN, None
    if isinstance(subject, FollowUp) and subject.state == State.TAKEN:
        _wait(subject, subject.due_at)
    else:
        rung, people = ladder.next_rung(subject, None, {but.pk} if but else set(), now)
        if rung == Rung.NOBODY:
            _nobody(subject, now)
        else:
            _call(subject, rung, people, saying.OPENED)
            due = subject.due_at if isinstance(subject, FollowUp) else now
            _wait(subject, due if due > now else now + ladder.time_of(subject))
    saying.changed(subject)


@transaction.atomic
def stop(subject: Subject) -> None:
    """Call nobody any more: it is taken or over; pages that show the alarm hear of it."""
    subject.climbs_at = subject.alone_since = None
    subject.save(update_fields=["climbs_at", "alone_since"])
    saying.changed(subject)


@transaction.atomic
def answered(thread: Subject, helper: User | None) -> None:
    """Note that whoever has a follow-up wrote to the person: it is due anew at noon of the next day.

    `thread` is where they wrote: the follow-up, or the request from which it is left. Nobody else is called until then.
    """
    of = {"request": thread} if isinstance(thread, HelpRequest) else {"pk": thread.pk}
    mine = FollowUp.objects.filter(state=State.TAKEN, taken_by=helper, taken_by__isnull=False, **of)
    found = mine.select_for_update(of=("self",)).select_related("user").first()
    if found and found.due_at != ladder.next_noon(found.user, timezone.now()):
        wait_until_noon(found)


def wait_until_noon(follow_up: FollowUp) -> None:
    """Let whoever has a follow-up that is held have time until noon of the next day; nobody else is called before."""
    follow_up.due_at = ladder.next_noon(follow_up.user, timezone.now())
    follow_up.save(update_fields=["due_at"])
    start(follow_up)


def changed(request: HelpRequest) -> None:
    """Say to the pages of all whom a request concerns that it is not as it was, once this transaction is committed."""
    saying.changed(request)


@transaction.atomic
def raise_level(request: HelpRequest, level: Level) -> bool:
    """Let a request be more urgent, never less; whoever was called is called anew, and the next rung sooner."""
    held = HelpRequest.objects.select_for_update(of=("self",)).select_related("user").get(pk=request.pk)
    if held.state not in GOES_ON or level <= held.level:
        return False
    held.level = request.level = level
    held.save(update_fields=["level"])
    Step.objects.create(request=held, what=Happened.RAISED)
    call_anew(held)
    return True


@transaction.atomic
def call_anew(subject: Subject) -> None:
    """Call all once more who were called to something that has become more urgent; the next rung is called sooner."""
    now = timezone.now()
    if subject.climbs_at is not None:
        people = [alarm.person for alarm in subject.alarms.filter(round=subject.round).select_related("person")]
        subject.round += 1
        if people:
            _ring(subject, subject.rung, people, saying.OPENED, noted=False)
        sooner = now + ladder.time_of(subject)
        if isinstance(subject, FollowUp) and subject.due_at > now:
            sooner = subject.due_at
        _wait(subject, min(subject.climbs_at, sooner))
    saying.changed(subject)


def climb_due(now: datetime | None = None, *, request: int | None = None, follow_up: int | None = None) -> int:
    """Call the next rung of all whose time has come, or of one of them; return how many climbed.

    Each has a transaction of its own. One that fails keeps no other back, and is tried again with the next sweep.
    """
    climbed = 0
    failed: list[Exception] = []
    for model, only in ((HelpRequest, request), (FollowUp, follow_up)):
        if only is None and (request or follow_up):
            continue
        for key in _due(model, only, now or timezone.now()):
            try:
                climbed += _climb_one(model, key, now, waits=only is not None)
            except Exception as error:
                logger.exception("An alarm could not climb")
                failed.append(error)
    if failed:
        raise failed[0]
    return climbed


# Parts of the steps above


def _due(model: type[Subject], only: int | None, now: datetime) -> Iterator[int]:
    due = model.objects.filter(climbs_at__lte=now)
    if only is not None:
        due = due.filter(pk=only)
    return iter(list(due.order_by("-level", "climbs_at").values_list("pk", flat=True)))


@transaction.atomic
def _climb_one(model: type[Subject], key: int, now: datetime | None, *, waits: bool) -> bool:
    """Climb if it is due still. A sweep leaves what somebody holds to the next one; its own task `waits` for them.

    What is called has its whole time from when it is held, however long a sweep has been at others before.
    """
    due = model.objects.select_for_update(of=("self",), skip_locked=not waits).select_related("user")
    subject = due.filter(pk=key, climbs_at__lte=now or timezone.now()).first()
    if subject is None:
        return False
    now = now or timezone.now()
    if not _goes_on(subject):
        stop(subject)
        return False
    if subject.rung == Rung.NOBODY:
        _call_all_again(subject, now)
    else:
        _climb(subject, now)
    saying.changed(subject)
    return True


def _goes_on(subject: Subject) -> bool:
    if isinstance(subject, HelpRequest):
        return subject.state == State.OPEN
    return subject.state in GOES_ON and subject.to_helpers and (subject.user is None or subject.user.is_active)


def _climb(subject: Subject, now: datetime) -> None:
    """Call every rung whose time has passed; whoever is called last has the whole of their time from now."""
    passed, called = subject.climbs_at, False
    without = set(subject.alarms.filter(round=subject.round).values_list("person_id", flat=True))
    while passed <= now:
        rung, people = ladder.next_rung(subject, subject.rung, without, now)
        if rung == Rung.NOBODY:
            break
        if not called and subject.rung == Rung.OWN and isinstance(subject, FollowUp) and subject.holder:
            people = list({person.pk: person for person in [*people, subject.holder]}.values())
        _call(subject, rung, people, saying.OVERDUE if isinstance(subject, FollowUp) else saying.AGAIN)
        without |= {person.pk for person in people}
        passed, called = passed + ladder.time_of(subject), True
    if called:
        _wait(subject, now + ladder.time_of(subject))
    else:
        _nobody(subject, now)


def _call(subject: Subject, rung: Rung, people: list[User], what: str) -> None:
    subject.rung = rung
    _ring(subject, rung, people, what)


def _ring(subject: Subject, rung: int, people: list[User], what: str, *, noted: bool = True) -> None:
    """Write down who is called, and call them."""
    of = {"request": subject} if isinstance(subject, HelpRequest) else {"follow_up": subject}
    calls = [Alarm(person=person, rung=rung, round=subject.round, **of) for person in people]
    Alarm.objects.bulk_create(calls, ignore_conflicts=True)
    if noted:
        _note(subject, Happened.ALARMED, rung, len(people))
    saying.call(subject, people, what)


def _nobody(subject: Subject, now: datetime) -> None:
    """Say at once that nobody could answer; all are called again until somebody takes it, or it is closed."""
    subject.rung, subject.alone_since = Rung.NOBODY, now
    _note(subject, Happened.NOBODY)
    if subject.state == State.OPEN:
        saying.nobody(subject)
    _wait(subject, now + ladder.pause_of(subject, now))


def _call_all_again(subject: Subject, now: datetime) -> None:
    people = [person for person in ladder.everybody() if person.pk != subject.user_id]
    subject.round += 1
    if people:
        _ring(subject, Rung.NOBODY, people, saying.OVERDUE if isinstance(subject, FollowUp) else saying.AGAIN)
    _wait(subject, now + ladder.pause_of(subject, now))


def _wait(subject: Subject, until: datetime) -> None:
    """Set the timer, in the row and as a task; the row is what counts."""
    subject.climbs_at = until
    subject.save(update_fields=FIELDS)
    name = "request" if isinstance(subject, HelpRequest) else "follow_up"
    once = f"emergency.climb:{name}:{subject.pk}:{until:%Y%m%dT%H%M%S}"
    later(tasks.climb, at=until, once=once, priority=SAFETY, **{name: subject.pk})


def _note(subject: Subject, what: Happened, rung: int | None = None, people: int | None = None) -> None:
    if isinstance(subject, HelpRequest):
        Step.objects.create(request=subject, what=what, rung=rung, people=people)
