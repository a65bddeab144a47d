"""The one write path for asking a helper, answering, and ending; limits hold because the helper's row is locked.

Everybody takes locks in the same order: the person, the helper's profile, then assignments and places in the line.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from accounts.choices import EventKind
from accounts.consents import giving
from accounts.helping import waiting
from accounts.helping.choices import DeclineReason, EndReason, How, State
from accounts.helping.steps import Refused, lock, refresh, room, step
from accounts.kin.access import is_waiting
from accounts.models import Assignment, HelperProfile, User, WaitingPlace
from emocare.notices import tell

MOST_A_DAY = 10  # requests of one person, so that nobody can fill the inboxes of helpers
NO_ROOM = _("This helper has no room for one more person now. Please choose another, or wait for a place.")
NO_HELPER = _("This person does not help here any more. Please choose another.")
ASKED_ALREADY = _("You have asked somebody already. Take that request back before you ask another helper.")
ASKED_OFTEN = _("You have asked many times today. Please wait until tomorrow; urgent help is open all the time.")
OVER = _("This request is over: it was taken back or answered.")
FULL = _("You help as many people as you can. Make room first, or say no to this request.")
HAS_ONE = _("This person has found another helper meanwhile.")
NOT_A_HELPER = _("This person is no volunteer and no psychologist.")
NOT_ONESELF = _("Nobody can be their own helper.")
TOGETHER_ALREADY = _("These two are together already, or a request waits for an answer.")
HAS_ENOUGH = _("This person has a helper of this role already. End that first.")
NOT_NOW = _("This person cannot be helped here just now.")
AT_LIMIT = _("This helper has no free place: the limit is reached, or they take a break.")


@transaction.atomic
def ask(
    *, user: User, helper: HelperProfile, languages: Iterable[str], ways: Iterable[str], how: How = How.REQUEST
) -> Assignment:
    """Ask a helper; a second press returns the first request. Raises Refused when it cannot be."""
    profile = lock(user, helper)
    known = Assignment.objects.open().filter(user=user, helper=profile.user).first()
    if known:
        return known
    _refuse_unless_they_can(user, profile)
    theirs = Assignment.objects.filter(user=user, role=profile.user.role)
    if theirs.asked().exists():
        raise Refused(ASKED_ALREADY)
    if Assignment.objects.filter(user=user, asked_at__gt=timezone.now() - timedelta(days=1)).count() >= MOST_A_DAY:
        raise Refused(ASKED_OFTEN)
    present = list(theirs.in_force().order_by("started_at"))
    if room(profile, besides=user) < 1:
        raise Refused(NO_ROOM)
    assignment = Assignment.objects.create(
        user=user,
        helper=profile.user,
        role=profile.user.role,
        how=how,
        languages=list(languages),
        ways=list(ways),
        replaces=present[0] if len(present) >= settings.HELPERS_PER_PERSON[profile.user.role] else None,
    )
    # The request holds the place now; theirs in the line stays until somebody says yes.
    WaitingPlace.objects.filter(user=user, offered=profile).update(offered=None, offered_until=None)
    step(assignment, EventKind.ASSIGNMENT_REQUESTED, user)
    tell(profile.user, "people", "asked")
    return assignment


@transaction.atomic
def accept(*, assignment: Assignment) -> None:
    """Let it begin; the helper whom the person wanted to change ends. Raises Refused when it cannot begin."""
    profile = lock(assignment.user, HelperProfile.objects.get(user=assignment.helper_id))
    refresh(assignment)
    if assignment.state == State.ACTIVE:
        return
    if assignment.state != State.ASKED or profile.user.role != assignment.role:
        raise Refused(OVER)
    if is_waiting(assignment.user):
        raise Refused(NOT_NOW)
    if _active_of(profile).count() >= profile.load_limit:
        raise Refused(FULL)
    present = list(Assignment.objects.in_force().filter(user=assignment.user, role=assignment.role))
    left = [other for other in present if other.pk != assignment.replaces_id]
    if len(left) >= settings.HELPERS_PER_PERSON[assignment.role]:
        raise Refused(HAS_ONE)
    for other in present:
        if other.pk == assignment.replaces_id:
            end(assignment=other, actor=assignment.user, reason=EndReason.USER)
    _begin(assignment, timezone.now())
    WaitingPlace.objects.filter(user=assignment.user, role__in=["", assignment.role]).delete()
    step(assignment, EventKind.ASSIGNMENT_STARTED, profile.user)
    tell(assignment.user, "helping", "accepted")


@transaction.atomic
def decline(*, assignment: Assignment, reason: DeclineReason) -> None:
    """Say no to a request that still waits; the person reads the reason."""
    lock(assignment.user, HelperProfile.objects.get(user=assignment.helper_id))
    refresh(assignment)
    if assignment.state == State.ASKED:
        _decline(assignment, assignment.helper, reason)
        _free(assignment.helper)


@transaction.atomic
def withdraw(*, assignment: Assignment) -> bool:
    """Take a request back; say whether it was still waiting."""
    lock(assignment.user, HelperProfile.objects.get(user=assignment.helper_id))
    refresh(assignment)
    if assignment.state != State.ASKED:
        return False
    _close(assignment, State.WITHDRAWN, assignment.user)
    step(assignment, EventKind.ASSIGNMENT_WITHDRAWN, assignment.user)
    tell(assignment.helper, "people", "withdrawn")
    _free(assignment.helper)
    return True


@transaction.atomic
def end(*, assignment: Assignment, actor: User, reason: EndReason, note: str = "", why: str = "") -> None:
    """End it at once for both; `note` is read by the person, `why` by administrators. Twice is as good as once.

    What the person showed to the helper is shown no more: another helper needs another yes.
    """
    giving.lock(assignment.user)
    refresh(assignment)
    if assignment.state != State.ACTIVE:
        return
    assignment.end_reason, assignment.note = reason, note
    _close(assignment, State.ENDED, actor)
    giving.end_sharing(assignment=assignment, actor=actor)
    step(assignment, EventKind.ASSIGNMENT_ENDED, actor, why)
    import_string(settings.PARTED)(assignment)
    if actor != assignment.user:
        tell(assignment.user, "helping", "ended")
    if actor != assignment.helper:
        tell(assignment.helper, "people", "ended")
    _free(assignment.helper)


@transaction.atomic
def end_all(*, helper: User, actor: User, reason: str) -> None:
    """End whatever a helper has with people: assignments, requests, kept places; for when the role is taken away."""
    mine = list(Assignment.objects.open().filter(helper=helper).select_related("user", "helper").order_by("user"))
    list(User.objects.select_for_update(no_key=True).filter(pk__in=[a.user_id for a in mine]).order_by("pk"))
    HelperProfile.objects.select_for_update(no_key=True).filter(user=helper).first()
    for assignment in mine:
        refresh(assignment)
        if assignment.state == State.ASKED:
            _decline(assignment, actor, DeclineReason.OTHER, reason)
        else:
            end(assignment=assignment, actor=actor, reason=EndReason.SUSPENDED, why=reason)
    WaitingPlace.objects.filter(offered__user=helper).update(offered=None, offered_until=None)


@transaction.atomic
def part_with_all(*, user: User) -> None:
    """End whatever a person has with helpers, and their place in the line; for when they may not go on here."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    theirs = list(Assignment.objects.open().filter(user=user).select_related("user", "helper").order_by("pk"))
    profiles = HelperProfile.objects.select_for_update(no_key=True).filter(user__in=[a.helper_id for a in theirs])
    list(profiles.order_by("pk"))
    for assignment in theirs:
        if assignment.state == State.ASKED:
            withdraw(assignment=assignment)
        else:
            end(assignment=assignment, actor=user, reason=EndReason.OTHER)
    waiting.leave(user=user)


@transaction.atomic
def assign(*, user: User, helper: User, actor: User, reason: str) -> Assignment:
    """Bring two people together as an administrator, within the same limits; raises Refused."""
    if not helper.is_helper:
        raise Refused(NOT_A_HELPER)
    profile = lock(user, HelperProfile.objects.get_or_create(user=helper)[0])
    _refuse_unless_they_can(user, profile)
    if Assignment.objects.open().filter(user=user, helper=helper).exists():
        raise Refused(TOGETHER_ALREADY)
    present = Assignment.objects.in_force().filter(user=user, role=profile.user.role).count()
    if present >= settings.HELPERS_PER_PERSON[profile.user.role]:
        raise Refused(HAS_ENOUGH)
    if room(profile, besides=user) < 1:
        raise Refused(AT_LIMIT)
    now = timezone.now()
    assignment = Assignment.objects.create(
        user=user,
        helper=helper,
        role=profile.user.role,
        how=How.ADMINISTRATOR,
        state=State.ACTIVE,
        asked_at=now,
        started_at=now,
    )
    WaitingPlace.objects.filter(user=user, role__in=["", assignment.role]).delete()
    step(assignment, EventKind.ASSIGNMENT_STARTED, actor, reason)
    tell(user, "helping", "accepted")
    tell(helper, "people", "assigned")
    return assignment


# Parts of the steps above


def _refuse_unless_they_can(user: User, profile: HelperProfile) -> None:
    if user == profile.user:
        raise Refused(NOT_ONESELF)
    if is_waiting(user):
        raise Refused(NOT_NOW)
    if not (profile.user.is_active and profile.user.is_helper) or is_waiting(profile.user):
        raise Refused(NO_HELPER)


def _active_of(profile: HelperProfile) -> QuerySet[Assignment]:
    return Assignment.objects.filter(helper=profile.user, state=State.ACTIVE)


def _begin(assignment: Assignment, now: datetime) -> None:
    assignment.state, assignment.started_at = State.ACTIVE, max(now, assignment.asked_at)
    assignment.save(update_fields=["state", "started_at"])


def _close(assignment: Assignment, state: State, by: User) -> None:
    assignment.state, assignment.ended_by = state, by
    assignment.ended_at = max(timezone.now(), assignment.started_at or assignment.asked_at)
    assignment.save(update_fields=["state", "ended_at", "ended_by", "end_reason", "decline_reason", "note"])


def _decline(assignment: Assignment, actor: User, reason: DeclineReason, why: str = "") -> None:
    assignment.decline_reason = reason
    _close(assignment, State.DECLINED, actor)
    step(assignment, EventKind.ASSIGNMENT_DECLINED, actor, why)
    tell(assignment.user, "helping", "declined")


def _free(helper: User) -> None:
    """Offer the place that is free now to whoever waits, once all this is stored."""
    waiting.offer_soon(HelperProfile.objects.filter(user=helper).first())
