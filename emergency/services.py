"""The one write path for follow-ups: opened, asked for, taken, answered, closed.

Whatever finds that somebody needs to be asked how they are calls `open_follow_up`; whoever answers in another way, such
as a chat, takes the place of `say`.
"""

import uuid
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import events
from accounts.choices import EventKind
from accounts.helping.steps import Refused
from accounts.models import User
from emergency import thread
from emergency.alarms import services as alarms
from emergency.choices import DUE, GOES_ON, Level, Rung, Source, State
from emergency.models import FollowUp, Message
from emocare.notices import tell

QUICKER = _("Another psychologist has taken it meanwhile. Thank you for being there.")
OVER = _("This is closed already.")
MORNING = time(4)  # whoever is awake at one o'clock still lives in yesterday


@transaction.atomic
def open_follow_up(*, user: User, level: Level, source: Source, agreed: bool) -> FollowUp:
    """Open a follow-up, or raise the one of this source that goes on; `agreed` says that people may see it.

    Without that nobody but the person hears of it, and the dashboard asks them the next day. What people see already
    stays as it was agreed to: it is raised only when the person asks once more.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    now = timezone.now()
    known = FollowUp.objects.select_for_update(of=("self",)).filter(user=user, source=source, state__in=GOES_ON)
    follow_up = known.first()
    if follow_up is None:
        follow_up = FollowUp.objects.create(
            user=user, level=level, source=source, opened_at=now, due_at=next_morning(user, now)
        )
    if follow_up.to_helpers and not agreed:
        return follow_up
    raised = level > follow_up.level
    follow_up.level = max(level, follow_up.level)
    if agreed and not follow_up.to_helpers:
        _ask(follow_up, now)
    elif follow_up.to_helpers:
        follow_up.due_at = min(follow_up.due_at, now + DUE[Level(follow_up.level)])
        follow_up.save(update_fields=["level", "due_at"])
        if raised:
            alarms.call_anew(follow_up)
    else:
        follow_up.due_at = next_morning(user, now)
        follow_up.save(update_fields=["level", "due_at"])
    return follow_up


def next_morning(user: User, now: datetime) -> datetime:
    """Return when the person is asked how they are: the next day, where they live."""
    zone = user.zone
    return datetime.combine(now.astimezone(zone).date() + timedelta(days=1), MORNING, tzinfo=zone)


@transaction.atomic
def ask(*, follow_up: FollowUp) -> None:
    """Let people see it, as the person wishes; a second press changes nothing. Raises Refused when it is closed."""
    held = _lock(follow_up)
    if held.is_over:
        raise Refused(OVER)
    if not held.to_helpers:
        _ask(held, timezone.now())


@transaction.atomic
def take(*, follow_up: FollowUp, psychologist: User) -> None:
    """Take it; of two at once one does, and Refused tells the other. A second press changes nothing.

    What somebody has taken and left for too long is taken over by whoever was called to it.
    """
    held = _lock(follow_up)
    if held.is_over:
        raise Refused(OVER)
    before = held.holder
    if before == psychologist:
        return
    if before and held.rung == Rung.OWN:
        raise Refused(QUICKER)
    held.state, held.taken_by, held.taken_at = State.TAKEN, psychologist, timezone.now()
    held.save(update_fields=["state", "taken_by", "taken_at"])
    alarms.wait_until_noon(held)
    if held.user:
        events.record(user=held.user, kind=EventKind.FOLLOW_UP_TAKEN, actor=psychologist)
        _news(held, held.user, "taken")
    if before:
        _news(held, before, "taken_over")


@transaction.atomic
def give_back(*, follow_up: FollowUp, psychologist: User) -> None:
    """Let another psychologist take it; when it is not theirs any more nothing changes."""
    held = _lock(follow_up)
    if held.state == State.TAKEN and held.taken_by == psychologist:
        held.state, held.taken_by, held.taken_at = State.OPEN, None, None
        held.due_at = timezone.now() + DUE[Level(held.level)]
        held.save(update_fields=["state", "taken_by", "taken_at", "due_at"])
        alarms.start(held, but=psychologist)


def say(*, follow_up: FollowUp, author: User, text: str, key: uuid.UUID) -> Message:
    """Write to the other side; the same form sent twice is one message. Raises Refused when nobody would read it."""
    by_person = author == follow_up.user
    return thread.say(thread=follow_up, author=author, by_person=by_person, text=text, key=key)


@transaction.atomic
def close(*, follow_up: FollowUp, psychologist: User, note: str) -> None:
    """Close what the psychologist took, with a note that they alone read; Refused when it is over or not theirs."""
    held = _lock(follow_up)
    if held.is_over:
        raise Refused(OVER)
    if held.holder != psychologist:
        raise Refused(QUICKER)
    held.note = note
    _close(held, actor=psychologist)
    if held.user:
        _news(held, held.user, "closed")


@transaction.atomic
def end(*, follow_up: FollowUp) -> None:
    """Close it as its person wishes; a second press changes nothing."""
    held = _lock(follow_up)
    if not held.is_over:
        held.closed_by_person = True
        holder = held.holder
        _close(held, actor=held.user)
        if holder:
            _news(held, holder, "closed")


# Parts of the steps above


def _lock(follow_up: FollowUp) -> FollowUp:
    # Who has taken it is read after the wait: the lock renews the row itself, and not those that it is joined with.
    return FollowUp.objects.select_for_update(of=("self",)).select_related("user").get(pk=follow_up.pk)


def _ask(follow_up: FollowUp, now: datetime) -> None:
    follow_up.to_helpers, follow_up.asked_at = True, now
    follow_up.due_at = now + DUE[Level(follow_up.level)]
    follow_up.save(update_fields=["level", "to_helpers", "asked_at", "due_at"])
    events.record(user=follow_up.user, kind=EventKind.FOLLOW_UP_ASKED)
    alarms.start(follow_up)


def _close(follow_up: FollowUp, *, actor: User) -> None:
    follow_up.state, follow_up.closed_at = State.CLOSED, timezone.now()
    follow_up.save(update_fields=["state", "closed_at", "closed_by_person", "note"])
    alarms.stop(follow_up)
    if follow_up.to_helpers and follow_up.user:  # of the others nobody else is to know
        events.record(user=follow_up.user, kind=EventKind.FOLLOW_UP_CLOSED, actor=actor)


def _news(follow_up: FollowUp, person: User, what: str) -> None:
    tell(person, "follow_up", what, public_id=str(follow_up.public_id))
