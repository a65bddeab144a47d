"""The asker's side of an urgent request: opened, added to, taken back at once, ended."""

import logging
import uuid
from datetime import timedelta

from django.db import Error, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import events
from accounts.choices import EventKind
from accounts.helping.steps import Refused
from accounts.models import User
from emergency import heeding
from emergency.access import request_of
from emergency.alarms import services as alarms
from emergency.choices import Happened, Origin, Outcome, State, Talk
from emergency.models import HelpRequest, Step
from emergency.requests import codes
from emergency.risk.levels import Level
from emergency.workspace.following import follow
from emocare.notices import tell

logger = logging.getLogger(__name__)
UNDO = timedelta(seconds=10)
TWICE = timedelta(minutes=1)  # a form of nobody's account that comes again later is not the same press
MOST_WORDS = 20_000  # characters of one request
OVER = _("This is closed already.")
FULL = _("That is as much as one request can hold. As soon as somebody has taken it, you can write on.")


@transaction.atomic
def open_request(
    *,
    user: User | None,
    level: Level,
    origin: Origin,
    language: str,
    words: str = "",
    place: str = "",
    place_agreed_to: str = "",
    talk: Talk = Talk.TEXT,
    interpreter: bool = False,
    code: str = "",
    key: uuid.UUID | None = None,
) -> HelpRequest:
    """Open a request and call those on duty; the same form sent twice, or one that goes on already, is one request.

    `code` is the hash of the code to come back by, for somebody without an account (emergency.requests.codes).
    """
    if user:
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if known := request_of(user):
            return known
    given = {
        "user": user,
        "level": level,
        "origin": origin,
        "language": language,
        "words": words,
        "place": place,
        "place_agreed_to": place_agreed_to if place else "",
        "talk": talk,
        "interpreter": interpreter,
        "code": code,
    }
    made, new = HelpRequest.objects.get_or_create(form_key=fresh(key, user), defaults=given)
    if new:
        note(made, Happened.OPENED, actor=user)
        _record(made, EventKind.HELP_ASKED)
        try:
            alarms.start(made)
        except Error:  # of the database: then nothing is stored, and the page says so
            raise
        except Exception:  # it is stored all the same; the sweep calls people within the minute
            logger.exception("Nobody could be called yet")
    return made


def fresh(key: uuid.UUID | None, user: User | None) -> uuid.UUID:
    """Return the key of a form, or another one where an old page sends it again: that is a new call for help."""
    if key is None:
        return uuid.uuid4()
    old = Q(state=State.CLOSED) | ~Q(user=user) if user else Q(state=State.CLOSED) | Q(user__isnull=False)
    if not user:
        old |= Q(opened_at__lt=timezone.now() - TWICE)
    return uuid.uuid4() if HelpRequest.objects.filter(old, form_key=key).exists() else key


@transaction.atomic
def add_words(*, request: HelpRequest, words: str = "", place: str = "", place_agreed_to: str = "") -> None:
    """Add to what whoever takes it will read; the same words sent twice stand there once.

    Raises Refused when it is over, or holds as much as it can.
    """
    held = lock(request)
    if held.is_over:
        raise Refused(OVER)
    if words and not held.words.endswith(words):
        if len(held.words) + len(words) > MOST_WORDS:
            raise Refused(FULL)
        held.words = f"{held.words}\n\n{words}".strip()
    if place and place_agreed_to:
        held.place, held.place_agreed_to = place, place_agreed_to
    held.save(update_fields=["words", "place", "place_agreed_to"])
    alarms.raise_level(held, heeding.read(words).level)
    alarms.changed(held)


@transaction.atomic
def take_back_place(*, request: HelpRequest) -> None:
    """Show the place to nobody any more, and forget it."""
    held = lock(request)
    held.place = held.place_agreed_to = ""
    held.save(update_fields=["place", "place_agreed_to"])
    alarms.changed(held)


@transaction.atomic
def renew_code(*, request: HelpRequest) -> str:
    """Give somebody without an account a new code; the one before opens nothing any more."""
    held, code = lock(request), codes.new()
    request.code = held.code = codes.digest(code)
    held.save(update_fields=["code"])
    return code


@transaction.atomic
def come_back(*, typed: str) -> tuple[HelpRequest, str] | None:
    """Return the request of a code, and the code that takes its place; nothing for a wrong one, or one used before."""
    known = HelpRequest.objects.filter(code__in=codes.digests(typed), user=None)
    found = known.select_for_update(of=("self",)).first()
    return (found, renew_code(request=found)) if found else None


@transaction.atomic
def undo(*, request: HelpRequest) -> bool:
    """Take it back at once, with all that was written; False when it is too late for that, or it is over."""
    held = lock(request)
    if held.is_over or timezone.now() > held.opened_at + UNDO:
        return False
    held.words = held.place = held.place_agreed_to = ""
    held.messages.all().delete()
    finish(held, Outcome.UNDONE, Happened.UNDONE, actor=held.user)
    _record(held, EventKind.HELP_ENDED)
    return True


@transaction.atomic
def end(*, request: HelpRequest, leave: bool = True) -> None:
    """End it, as its person wishes; a second press changes nothing.

    Whoever was there is told, and asks the next day how it goes on, unless nothing is to be left of it.
    """
    held = lock(request)
    if not held.is_over:
        holder = held.holder
        finish(held, Outcome.BY_PERSON, Happened.ENDED, actor=held.user)
        _record(held, EventKind.HELP_ENDED)
        if holder:
            tell(holder, "urgent_words", "ended", public_id=str(held.public_id))
        if held.taken_at and leave:
            follow(request=held, helper=holder)


# Parts of the steps above, and of those of helpers


def lock(request: HelpRequest) -> HelpRequest:
    """Return the request as it is now, held until the transaction ends."""
    return HelpRequest.objects.select_for_update(of=("self",)).select_related("user").get(pk=request.pk)


def _record(request: HelpRequest, kind: EventKind) -> None:
    if request.user:
        events.record(user=request.user, kind=kind)


def note(
    request: HelpRequest,
    what: Happened,
    *,
    actor: User | None = None,
    rung: int | None = None,
    people: int | None = None,
) -> None:
    """Write a step into the timeline."""
    Step.objects.create(request=request, what=what, actor=actor, rung=rung, people=people)


def finish(request: HelpRequest, outcome: Outcome, what: Happened, *, actor: User | None) -> None:
    """Close a request that is held, whoever closes it; its claims end and nobody is called any more."""
    now = timezone.now()
    request.state, request.closed_at, request.outcome, request.climbs_at = State.CLOSED, now, outcome, None
    request.save(update_fields=["state", "closed_at", "outcome", "climbs_at", "words", "place", "place_agreed_to"])
    request.claims.filter(ended_at__isnull=True).update(ended_at=now)
    if request.called and not request.told_of_call:  # what was not said at the time is said now
        Step.objects.create(request=request, what=Happened.CALLED, at=request.called_at)
    note(request, what, actor=actor)
    alarms.stop(request)
