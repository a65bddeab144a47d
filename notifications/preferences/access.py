"""What people chose about their news, and the links that stop letters."""

import re

from accounts.models import Profile, User
from emocare.notices import How, Kind
from notifications.choices import Channel
from notifications.kinds import table
from notifications.models import Choice, Rhythm, WayOut

TOKEN = re.compile(r"[A-Za-z0-9_-]{16,40}")


def usual(kind: Kind, channel: Channel) -> How:
    """Return what everybody has who chose nothing."""
    return kind.email if channel == Channel.EMAIL else kind.push


def choices_of(user: User) -> dict[tuple[str, Channel], How]:
    """Return where a person chose something else than what everybody has."""
    rows = Choice.objects.filter(user=user).values_list("kind", "channel", "how")
    return {(kind, Channel(channel)): How(how) for kind, channel, how in rows}


def rhythm_of(user: User) -> Rhythm:
    """Return a person's hours; those that everybody has where they chose none."""
    return Rhythm.objects.filter(user=user).first() or Rhythm(user=user)


def reminder_hour_of(user: User) -> int | None:
    return Profile.objects.filter(user=user).values_list("reminder_hour", flat=True).first()


def find_way(token: str) -> WayOut | None:
    """Return where a link of a letter leads; nothing for one that nobody got, and for what cannot be stopped.

    The token is the whole authority: 128 bits of chance, looked up in an index.
    """
    way = WayOut.objects.select_related("user").filter(token=token).first() if TOKEN.fullmatch(token) else None
    if way and way.kind:
        kind = table().get(way.kind)
        return way if kind and not kind.safety else None
    return way


def stoppable(way: WayOut) -> list[Kind]:
    """Return the kinds of whose letters a link stops more than is stopped already."""
    chosen = choices_of(way.user)
    stops = (How.NOW, How.DIGEST) if way.kind else (How.DIGEST,)
    return [
        kind
        for kind in table().values()
        if not kind.safety and way.kind in ("", kind.key) and chosen.get((kind.key, Channel.EMAIL), kind.email) in stops
    ]


def state_of(way: WayOut) -> dict[str, bool]:
    """Say for the page of a link whether its letters are stopped, and whether that can be undone there."""
    way.refresh_from_db(fields=["before"])
    return {"stopped": not stoppable(way), "can_undo": bool(way.before)}
