"""When signing in closes, where, and for how long.

Failures are counted for an account, whether it exists or not, at a place: an address, or a device that the account has
signed in with before. So nobody else behind the same address is closed out, and whoever guesses elsewhere closes out
neither the owner's address nor her device. Guessing from many addresses meets a second, slower limit, which only
addresses and devices that the account does not know meet.
"""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from axes.utils import reset as axes_reset
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import LockOut, SignIn, User
from accounts.retention.lengths import kept
from accounts.signin import addresses, devices

STEPS = (1, 5, 15, 60, 240, 1440)  # minutes: the first time it closes, the second, ...
STEPS_EVERYWHERE = (15, 60, 240, 1440)
FORGOTTEN_AFTER = timedelta(days=1)  # without a failure, once it is open again
RECOVERY = "recovery"
EVERYWHERE = "everywhere"


@dataclass(frozen=True)
class Door:
    """One place where an account's failures are counted."""

    place: str
    limit: int
    steps: tuple[int, ...]


def account_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Return what was typed as the account, the same for every way of writing it."""
    credentials = credentials or {}
    name = credentials.get("email") or credentials.get("username") or request.POST.get("login", "")
    return unicodedata.normalize("NFC", str(name)).replace("\0", "").strip().lower()[:254]


def doors(request: HttpRequest, account: str, kind: str = "") -> list[Door]:
    """Return the places of a request where failures of this account are counted; `kind` keeps another count."""
    device = devices.known(request, account)
    here = f"device {device.hex()}" if device else f"address {addresses.client(request)}"
    own = Door(f"{kind} {here}".strip(), settings.AXES_FAILURE_LIMIT, STEPS)
    if device or kind or _is_familiar(request, account):
        return [own]
    return [own, Door(EVERYWHERE, settings.FAILURES_EVERYWHERE, STEPS_EVERYWHERE)]


def _is_familiar(request: HttpRequest, account: str) -> bool:
    """Say whether this account has signed in from this network lately."""
    since = timezone.now() - timedelta(days=90)
    network = addresses.shortened(request)
    return SignIn.objects.filter(devices.named(account, "user__"), address=network, at__gt=since).exists()


def closed_until(request: HttpRequest, account: str, kind: str = "") -> datetime | None:
    """Return until when this account cannot sign in from here; None when it can."""
    places = [door.place for door in doors(request, account, kind)]
    now = timezone.now()
    closed = LockOut.objects.filter(account=account, place__in=places, until__gt=now).values_list("until", flat=True)
    return max(closed, default=None)


def _is_old(row: LockOut, now: datetime) -> bool:
    return now > max(row.at, row.until or row.at) + FORGOTTEN_AFTER


def fail(request: HttpRequest, account: str, kind: str = "") -> None:
    """Count a failure; the one that reaches the limit closes the door, for longer each time."""
    LockOut.objects.filter(at__lt=timezone.now() - kept("failed_sign_ins")).delete()
    for door in doors(request, account, kind):
        _count(account, door)


@transaction.atomic
def _count(account: str, door: Door) -> None:
    now = timezone.now()
    row, _created = LockOut.objects.select_for_update().get_or_create(
        account=account, place=door.place, defaults={"at": now}
    )
    if row.until and row.until > now:  # another request closed it meanwhile
        return
    if _is_old(row, now):
        row.failures = row.times = 0
    row.failures, row.at, row.until = row.failures + 1, now, None
    if row.failures >= door.limit:
        minutes = door.steps[min(row.times, len(door.steps) - 1)]
        row.failures, row.times, row.until = 0, row.times + 1, now + timedelta(minutes=minutes)
    row.save(update_fields=["failures", "times", "at", "until"])


def forget(request: HttpRequest, account: str, kind: str = "") -> None:
    """Forget the failures at this place after a success."""
    LockOut.objects.filter(account=account, place=doors(request, account, kind)[0].place).delete()


def names(user: User) -> list[str]:
    return list(filter(None, (user.email, user.username)))


def kind_of(request: HttpRequest) -> str:
    """Return which count a request belongs to: recovery codes have their own, for they are the way out."""
    return getattr(request, "lockout_kind", "")


def lift(user: User) -> None:
    """Open signing in again for whoever has just proved in another way that the account is theirs."""
    for name in names(user):
        lift_name(name)


def lift_name(account: str) -> None:
    """Open signing in again everywhere for an account as it is typed."""
    LockOut.objects.filter(account=account).delete()
    axes_reset(username=account)
