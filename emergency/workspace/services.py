"""The one write path of those who answer urgent requests: taken, given on, shared, noted, closed.

Each step holds the request's row, so that of two at once one does it and the other reads what became of it; the
database lets only one have each part of a request, should this ever fail.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import events
from accounts.choices import EventKind
from accounts.helping.steps import Refused
from accounts.models import User
from emergency.alarms import services as alarms
from emergency.choices import ASKED, Called, ForWhom, Happened, Outcome, Part, State
from emergency.models import Check, ChecklistStep, Claim, FollowUp, HelpRequest, RequestNote
from emergency.requests.services import finish, lock, note
from emergency.services import OVER
from emergency.workspace import access
from emergency.workspace.following import follow
from emocare.notices import tell


@transaction.atomic
def take(*, request: HelpRequest, helper: User) -> None:
    """Take it, or take it over when the holder asks for that; of two at once one does, and Refused tells the other.

    A second press changes nothing.
    """
    held = _goes_on(request)
    if helper == held.user or not access.can_hold(helper):
        raise Refused(_("You cannot take this one."))
    now, holder = timezone.now(), access.holder_of(held)
    if holder == helper:
        return
    asked = _claim(held, Part.OVER, helper)
    if holder and not asked:
        raise Refused(_("%(name)s has taken it meanwhile. Thank you for being there.") % {"name": holder})
    # Whom the one before asked need not come any more; a second person stays, unless it is who takes it now.
    held.claims.filter(part__in=[Part.MAIN, *ASKED], ended_at__isnull=True).update(ended_at=now)
    held.claims.filter(helper=helper, ended_at__isnull=True).update(ended_at=now)
    Claim.objects.create(request=held, helper=helper, part=Part.MAIN, begun_at=now)
    first = held.taken_at is None
    held.state, held.taken_at, held.climbs_at = State.TAKEN, held.taken_at or now, None
    held.save(update_fields=["state", "taken_at", "climbs_at"])
    if first:
        _begin_checklist(held)
    _record(held, EventKind.REQUEST_TAKEN, helper)
    note(held, Happened.HANDED if holder else Happened.TAKEN, actor=helper)
    _tell_person(held, "handed" if holder else "taken")
    if holder:
        _news(held, holder, "came")
    alarms.stop(held)


@transaction.atomic
def give_back(*, request: HelpRequest, helper: User, words: str) -> None:
    """Let somebody else take it, with words for them; people are called anew. Nothing happens when it is not theirs."""
    held = lock(request)
    claim = _claim(held, Part.MAIN, helper)
    if held.is_over or not claim:
        return
    now = timezone.now()
    claim.handed_words, claim.ended_at = words, now
    claim.save(update_fields=["handed_words", "ended_at"])
    held.claims.filter(part__in=ASKED, ended_at__isnull=True).update(ended_at=now)
    held.state = State.OPEN
    held.save(update_fields=["state"])
    note(held, Happened.GIVEN_BACK, actor=helper)
    alarms.start(held, but=helper)


@transaction.atomic
def hand_over(*, request: HelpRequest, helper: User, colleague: User, words: str) -> None:
    """Ask a colleague to take it over; it stays with the helper until the colleague does. Raises Refused."""
    claim = _ask(request, helper, colleague, Part.OVER)
    claim.handed_words = words
    claim.save(update_fields=["handed_words"])


@transaction.atomic
def invite(*, request: HelpRequest, helper: User, colleague: User) -> None:
    """Ask somebody to be the second person. Raises Refused."""
    _ask(request, helper, colleague, Part.JOIN)


@transaction.atomic
def join(*, request: HelpRequest, helper: User) -> None:
    """Come as the second person, as the holder asked; a second press changes nothing. Raises Refused."""
    held = _goes_on(request)
    if _claim(held, Part.SECOND, helper):
        return
    asked = _claim(held, Part.JOIN, helper)
    if not asked:
        raise Refused(_("You are not needed there any more. Thank you for coming."))
    asked.ended_at = timezone.now()
    asked.save(update_fields=["ended_at"])
    Claim.objects.create(request=held, helper=helper, part=Part.SECOND, begun_at=asked.ended_at)
    note(held, Happened.SECOND, actor=helper)
    holder = access.holder_of(held)
    if holder:
        _news(held, holder, "came")
    alarms.changed(held)


@transaction.atomic
def step_back(*, request: HelpRequest, helper: User) -> None:
    """Leave as the second person, or say no to a colleague; nothing happens when there is nothing to leave."""
    held = lock(request)
    mine = held.claims.filter(helper=helper, ended_at__isnull=True).exclude(part=Part.MAIN)
    parts = set(mine.values_list("part", flat=True))
    if held.is_over or not parts:
        return
    mine.update(ended_at=timezone.now())
    if Part.SECOND in parts:
        note(held, Happened.SECOND_LEFT, actor=helper)
    holder = access.holder_of(held)
    if holder and parts & set(ASKED):
        _news(held, holder, "declined")
    alarms.changed(held)


@transaction.atomic
def take_back(*, request: HelpRequest, helper: User, part: Part) -> None:
    """Ask a colleague no more; nothing happens when they have come already."""
    held = lock(request)
    if part in ASKED and _claim(held, Part.MAIN, helper):
        held.claims.filter(part=part, ended_at__isnull=True).update(ended_at=timezone.now())
        alarms.changed(held)


@transaction.atomic
def write_note(*, request: HelpRequest, author: User, text: str) -> RequestNote:
    """Keep a note that its author alone reads; the same once more, at once, is the same note."""
    last = RequestNote.objects.filter(request=lock(request), author=author).order_by("-written_at", "-pk").first()
    if last and last.text == text:
        return last
    return RequestNote.objects.create(request=request, author=author, text=text)


@transaction.atomic
def mark(*, check: Check, helper: User, done: str, words: str = "") -> None:
    """Say that a step is done, or not needed and why; with nothing in `done` it waits again. Raises Refused."""
    held = _goes_on(check.request)
    found = Check.objects.select_for_update().get(pk=check.pk)
    found.done, found.words = done, words
    found.done_at, found.done_by = (timezone.now(), helper) if done else (None, None)
    found.save(update_fields=["done", "words", "done_at", "done_by"])
    alarms.changed(held)


@transaction.atomic
def called(
    *, request: HelpRequest, helper: User, whom: Called, reason: str, told: bool, untold_reason: str = ""
) -> None:
    """Write down that the police or an ambulance was called; the person sees it at once when they were told of it.

    When they were not, with a reason, they see it as soon as the request is over. Raises Refused.
    """
    held = _goes_on(request)
    before = (held.called, held.told_of_call)
    held.called, held.call_reason, held.told_of_call = whom, reason, told
    held.untold_reason = "" if told else untold_reason
    held.called_at = held.called_at or timezone.now()
    held.save(update_fields=["called", "called_at", "call_reason", "told_of_call", "untold_reason"])
    if told and before != (whom, True):
        note(held, Happened.CALLED, actor=helper)
    alarms.changed(held)


@transaction.atomic
def close(*, request: HelpRequest, helper: User, outcome: Outcome, text: str) -> FollowUp | None:
    """Close what the helper has, with a note that they alone read; Refused when it is over or not theirs.

    It leaves a follow-up, unless it was pressed by mistake.
    """
    held = _goes_on(request)
    if access.holder_of(held) != helper:
        raise Refused(_("Somebody else has it now."))
    write_note(request=held, author=helper, text=text)
    finish(held, outcome, Happened.CLOSED, actor=helper)
    _record(held, EventKind.REQUEST_CLOSED, helper)
    _tell_person(held, "closed")
    left = None if outcome == Outcome.MISTAKE else follow(request=held, helper=helper)
    alarms.changed(held)
    return left


# Parts of the steps above


def _goes_on(request: HelpRequest) -> HelpRequest:
    held = lock(request)
    if held.is_over:
        raise Refused(OVER)
    return held


def _claim(request: HelpRequest, part: Part, helper: User) -> Claim | None:
    return request.claims.filter(part=part, helper=helper, ended_at__isnull=True).first()


def _ask(request: HelpRequest, helper: User, colleague: User, part: Part) -> Claim:
    """Ask a colleague for a part; return the helper's own claim."""
    held = _goes_on(request)
    claim = _claim(held, Part.MAIN, helper)
    if not claim:
        raise Refused(_("Somebody else has it now."))
    taken = held.claims.filter(ended_at__isnull=True).exclude(part=Part.MAIN).select_related("helper")
    fills = (part, Part.SECOND) if part == Part.JOIN else (part,)
    known = taken.filter(part__in=fills).first()
    if known and known.helper == colleague:
        return claim
    if known:
        words = _("%(name)s is asked already, or is there. Take that back first, if you want to ask somebody else.")
        raise Refused(words % {"name": known.helper or _("Somebody")})
    Claim.objects.create(request=held, helper=colleague, part=part)
    tell(colleague, "urgent_colleague", part.value, public_id=str(held.public_id))
    alarms.changed(held)
    return claim


def _begin_checklist(request: HelpRequest) -> None:
    """Copy the steps that are in use now; of somebody whose age nobody knows those for a minor stand there too."""
    grown_up = request.user is not None and not access.is_minor(request)
    steps = ChecklistStep.objects.filter(is_used=True)
    steps = steps.filter(for_whom=ForWhom.ALL) if grown_up else steps
    now = request.taken_at
    Check.objects.bulk_create(
        Check(
            request=request,
            step=step,
            due_at=now + timedelta(minutes=step.minutes) if step.minutes is not None else None,
        )
        for step in steps
    )


def _record(request: HelpRequest, kind: EventKind, helper: User) -> None:
    if request.user:
        events.record(user=request.user, kind=kind, actor=helper)


def _tell_person(request: HelpRequest, what: str) -> None:
    if request.user:
        tell(request.user, "help_request", what, public_id=str(request.public_id))


def _news(request: HelpRequest, helper: User, what: str) -> None:
    tell(helper, "urgent_colleague", what, public_id=str(request.public_id))
