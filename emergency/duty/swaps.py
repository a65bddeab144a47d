"""Shifts that change hands: somebody asks a colleague, the colleague agrees, an administrator approves."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from emergency.choices import SWAP_GOES_ON, SwapState
from emergency.duty import access
from emergency.duty.services import NotSo, hold, hold_shift
from emergency.models import Shift, Swap
from emocare.notices import tell
from notifications.services import notify_all

BEGUN = _("This shift has begun already. If you cannot go on, press “I cannot come”.")
NOT_FREE = _("%(name)s has a shift at that time, or is no psychologist here then. Ask somebody else.")
WAITS = _("You have asked somebody already. Take that back first, then ask another colleague.")
OVER = _("This exchange is over already. Look at the rota again.")


@transaction.atomic
def ask(*, shift: Shift, to: User) -> Swap:
    """Ask a colleague to take a shift; asking the same one twice is one exchange. Raises NotSo."""
    held = hold_shift(shift, to)
    known = Swap.objects.filter(shift=held, state__in=SWAP_GOES_ON).first()
    if known and known.to_id == to.pk:
        return known
    if known:
        raise NotSo(WAITS, "colleague")
    _require_possible(held, to, "colleague")
    swap = Swap.objects.create(shift=held, asked_by=held.psychologist, to=to)
    tell(to, "duty", "asked")
    return swap


@transaction.atomic
def answer(*, swap: Swap, agreed: bool) -> None:
    """Let the colleague say yes, so that an administrator is asked, or no; raises NotSo."""
    held = _hold(swap, SwapState.ASKED)
    if agreed:
        _require_possible(held.shift, held.to)
        held.state = SwapState.AGREED
        held.save(update_fields=["state"])
        tell(held.asked_by, "duty", "agreed")
        notify_all(access.administrators(), "duty_exchanges", {"what": "agreed"}, key=str(held.public_id))
    else:
        _end(held, SwapState.REFUSED, held.to)
        tell(held.asked_by, "duty", "declined")


@transaction.atomic
def decide(*, swap: Swap, administrator: User, approved: bool) -> None:
    """Let an administrator approve it, which gives the shift to the colleague, or not; raises NotSo."""
    held = _hold(swap, SwapState.AGREED)
    if approved:
        shift = held.shift
        _require_possible(shift, held.to)
        shift.psychologist, shift.series = held.to, None  # its series stays with whom it was planned for
        shift.save(update_fields=["psychologist", "series"])
        _end(held, SwapState.APPROVED, administrator)
        tell(held.asked_by, "duty", "approved")
        tell(held.to, "duty", "yours")
    else:
        _end(held, SwapState.REFUSED, administrator)
        for person in (held.asked_by, held.to):
            tell(person, "duty", "refused")


@transaction.atomic
def take_back(*, swap: Swap) -> None:
    """Let whoever asked keep the shift; raises NotSo when it is decided."""
    held = _hold(swap, *SWAP_GOES_ON)
    _end(held, SwapState.TAKEN_BACK, held.asked_by)
    tell(held.to, "duty", "called_off")


def _hold(swap: Swap, *states: SwapState) -> Swap:
    """Return an exchange as it is now, with its people and its shift held; raises NotSo when it is over."""
    hold(swap.asked_by, swap.to)
    held = Swap.objects.select_for_update(of=("self", "shift")).select_related("shift", "asked_by", "to")
    found = held.filter(pk=swap.pk).first()
    if found is None or found.state not in states or found.shift.psychologist_id != found.asked_by_id:
        raise NotSo(OVER)
    if found.shift.starts_at <= timezone.now():
        raise NotSo(BEGUN)
    return found


def _require_possible(shift: Shift, to: User, field: str | None = None) -> None:
    if shift.starts_at <= timezone.now():
        raise NotSo(BEGUN, field)
    if not access.is_free(to, shift):
        raise NotSo(_with_name(NOT_FREE, to), field)


def _with_name(words: Any, person: User) -> Any:
    return words % {"name": person}


def _end(swap: Swap, state: SwapState, by: User) -> None:
    swap.state, swap.decided_at, swap.decided_by = state, timezone.now(), by
    swap.save(update_fields=["state", "decided_at", "decided_by"])
