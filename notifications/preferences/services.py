"""The one write path for what people choose about their news."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import services as accounts
from accounts.models import User
from emocare.notices import How
from notifications.choices import Channel, State
from notifications.kinds import table
from notifications.models import Choice, Delivery, Rhythm, WayOut
from notifications.preferences import access

Place = tuple[str, Channel]
OPEN = (State.WAITING, State.DIGEST)


@transaction.atomic
def save(*, user: User, choices: Mapping[Place, How], hours: Mapping[str, Any]) -> None:
    """Save the whole page: what comes how, and the hours as `save_hours` takes them."""
    save_choices(user=user, choices=choices)
    save_hours(user=user, **hours)


@transaction.atomic
def save_choices(*, user: User, choices: Mapping[Place, How]) -> None:
    """Keep of what a person chose what differs from the usual; what waits on a way that is off now is let go.

    Saving twice, or two at once, ends in the same rows. KeyError for a kind that does not exist, ValueError for one
    that cannot be turned off.
    """
    kinds = table()
    if any(kinds[kind].safety for kind, _channel in choices):
        raise ValueError("Safety kinds are always on.")
    Rhythm.objects.get_or_create(user=user)
    Rhythm.objects.select_for_update().get(user=user)  # one after the other
    changed = {place: how for place, how in choices.items() if how != access.usual(kinds[place[0]], place[1])}
    _remove(user, choices.keys() - changed.keys())
    _keep(user, changed)
    _let_go(user, [place for place, how in choices.items() if how == How.OFF])


def _places(places: Iterable[Place], path: str = "") -> Q:
    """Return a condition for some kinds over some channels; nothing fits when there is none."""
    condition = Q(pk__in=[])
    for kind, channel in places:
        condition |= Q(**{f"{path}kind": kind, "channel": channel})
    return condition


def _remove(user: User, places: Iterable[Place]) -> None:
    Choice.objects.filter(_places(places), user=user).delete()


def _keep(user: User, choices: Mapping[Place, How]) -> None:
    rows = [Choice(user=user, kind=kind, channel=channel, how=how) for (kind, channel), how in choices.items()]
    Choice.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["user", "kind", "channel"], update_fields=["how"]
    )


def _let_go(user: User, places: Iterable[Place]) -> None:
    waiting = Delivery.objects.filter(_places(places, "notification__"), notification__user=user, state__in=OPEN)
    waiting.update(state=State.DROPPED, ended_at=timezone.now())


@transaction.atomic
def save_hours(
    *, user: User, quiet: tuple[int, int] | None, digest_hour: int | None, time_zone: str, reminder_hour: int | None
) -> None:
    """Save when a person wants to be left alone (minutes of their day) and when to hear of Emocare.

    Without a `digest_hour` that of before stays.
    """
    quiet_from, quiet_until = quiet or (None, None)
    hours = {"quiet_from": quiet_from, "quiet_until": quiet_until}
    if digest_hour is not None:
        hours["digest_hour"] = digest_hour
    Rhythm.objects.update_or_create(user=user, defaults=hours)
    accounts.set_time_zone(user=user, time_zone=time_zone)
    accounts.set_reminder_hour(user=user, hour=reminder_hour)


@transaction.atomic
def stop(*, way: WayOut) -> None:
    """Stop the letters that a link is for, and remember what was chosen before."""
    way = WayOut.objects.select_for_update().select_related("user").get(pk=way.pk)
    chosen = access.choices_of(way.user)
    kinds = access.stoppable(way)
    if not kinds:
        return
    places = {(kind.key, Channel.EMAIL): How.OFF for kind in kinds}
    way.before |= {kind: chosen.get((kind, channel), "") for kind, channel in places}
    way.save(update_fields=["before"])
    save_choices(user=way.user, choices=places)


@transaction.atomic
def send_again(*, way: WayOut) -> None:
    """Undo what a link stopped, where it still is."""
    way = WayOut.objects.select_for_update().select_related("user").get(pk=way.pk)
    chosen, kinds = access.choices_of(way.user), table()
    stopped = {key: how for key, how in way.before.items() if key in kinds and not kinds[key].safety}
    places = {
        (key, Channel.EMAIL): How(how or kinds[key].email)
        for key, how in stopped.items()
        if chosen.get((key, Channel.EMAIL), kinds[key].email) == How.OFF
    }
    save_choices(user=way.user, choices=places)
    way.before = {}
    way.save(update_fields=["before"])
