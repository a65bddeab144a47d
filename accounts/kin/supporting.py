"""The one write path for supporters: invited, accepted, changed, ended."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts import events
from accounts import services as accounts_services
from accounts.choices import EventKind
from accounts.kin import access, age, links
from accounts.kin.choices import Right, SupportKind
from accounts.kin.services import address, lock
from accounts.models import Support, User
from emocare.display import Display
from emocare.notices import tell

LONGEST, LONGEST_OF_MINORS = 365, 31  # days


def longest(owner: User) -> int:
    """Return for how many days from today rights can be given."""
    return LONGEST if age.is_adult(owner) else LONGEST_OF_MINORS


def rights_of(owner: User) -> list[Right]:
    """Return the rights that a person can give; the words of a minor are for nobody else."""
    return [right for right in Right if right != Right.SEE_NOTES or age.is_adult(owner)]


def today_of(owner: User) -> date:
    return timezone.localdate(timezone=owner.zone)


def end_of(day: date, owner: User) -> datetime:
    """Return the midnight after a day where the owner lives."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=owner.zone)


@transaction.atomic
def invite(
    *, owner: User, name: str, kind: SupportKind, rights: Iterable[Right], last_day: date
) -> tuple[Support, str]:
    """Make an invitation; return it with its link, which cannot be read again."""
    code, now = links.new_code(), timezone.now()
    support = Support.objects.create(
        owner=owner,
        name=name,
        kind=kind,
        rights=list(rights),
        digest=links.digest(access.SUPPORT, code),
        invited_at=now,
        granted_at=now,
        link_expires_at=now + timedelta(hours=settings.SUPPORT_LINK_HOURS),
        until=end_of(last_day, owner),
    )
    events.record(user=owner, kind=EventKind.SUPPORTER_INVITED)
    return support, address("support_invitation", owner.language, code)


@transaction.atomic
def accept(*, support: Support, supporter: User) -> bool:
    """Become a supporter; False when somebody else was quicker or the invitation is over.

    What this person could do for the same owner before is replaced.
    """
    lock(support.owner)
    waiting = Support.objects.not_ended().filter(pk=support.pk, accepted_at__isnull=True).exclude(owner=supporter)
    if not waiting.exists() or not age.is_adult(supporter):
        return False
    now = timezone.now()
    Support.objects.filter(owner=support.owner, supporter=supporter, ended_at__isnull=True).update(
        ended_at=now, ended_by=supporter
    )
    Support.objects.filter(pk=support.pk).update(supporter=supporter, accepted_at=now)
    events.record(user=support.owner, kind=EventKind.SUPPORTER_ACCEPTED, actor=supporter)
    tell(support.owner, "supporting", "accepted")
    return True


@transaction.atomic
def decline(*, support: Support, supporter: User) -> None:
    """Say no to an invitation, which is over with it."""
    lock(support.owner)
    if Support.objects.filter(pk=support.pk, accepted_at__isnull=True, ended_at__isnull=True).update(
        ended_at=timezone.now(), ended_by=supporter
    ):
        events.record(user=support.owner, kind=EventKind.SUPPORTER_ENDED, actor=supporter)
        tell(support.owner, "supporting", "declined")


@transaction.atomic
def change(*, support: Support, rights: Iterable[Right], last_day: date) -> None:
    """Give other rights, or until another day; they hold from the next request on."""
    support.rights, support.until = list(rights), end_of(last_day, support.owner)
    support.granted_at = timezone.now()
    support.save(update_fields=["rights", "until", "granted_at"])
    events.record(user=support.owner, kind=EventKind.SUPPORTER_CHANGED)
    if support.supporter:
        tell(support.supporter, "supporting", "changed")


@transaction.atomic
def end(*, support: Support, by: User) -> None:
    """End it at once, from either side; the other side is told."""
    if not Support.objects.filter(pk=support.pk, ended_at__isnull=True).update(ended_at=timezone.now(), ended_by=by):
        return
    events.record(user=support.owner, kind=EventKind.SUPPORTER_ENDED, actor=by)
    if by == support.owner and support.supporter:
        tell(support.supporter, "supporting", "ended")
    elif by != support.owner:
        tell(support.owner, "supporting", "left")


def note_use(*, support: Support) -> None:
    """Remember when the supporter was here last; the owner sees it."""
    Support.objects.filter(pk=support.pk).update(last_used_at=timezone.now())


def set_display(*, support: Support, display: Display) -> None:
    """Change how pages look for the owner."""
    accounts_services.set_display(user=support.owner, display=display)
    note_use(support=support)
