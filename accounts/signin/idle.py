"""How long a sign-in lasts without anything happening: it depends on how much the person can see of others."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import SignIn, User

SEEN = "seen"  # in the session: when something happened last, in whole seconds
BEGAN = "began"  # and when the person signed in
SHARED = "shared_computer"
STEP = 60  # seconds; the session is not written more often
GRACE = 3600  # seconds in which what is being written when a sign-in grows too old can still be sent


def limit(user: User, shared: bool = False) -> int:
    """Return after how many seconds without anything happening this person is signed out."""
    minutes = settings.IDLE_MINUTES
    if user.is_staff:
        mine = minutes["admin"]
    elif user.is_psychologist or user.is_organisation_staff:
        mine = minutes["staff"]
    else:
        mine = minutes["volunteer"] if user.is_volunteer else minutes["user"]
    return 60 * min(mine, minutes["shared"] if shared else mine)


def explained() -> list[tuple[str, str]]:
    """Return for whom a sign-in lasts how long, in words."""
    people = [
        ("user", _("Most people")),
        ("volunteer", _("Volunteers")),
        ("staff", _("Psychologists and organisation staff")),
        ("admin", _("Administrators")),
        ("shared", _("Everybody on a shared computer")),
    ]
    return [(words, _duration(settings.IDLE_MINUTES[name])) for name, words in people]


def _duration(minutes: int) -> str:
    if minutes % 60:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    return ngettext("%(n)s hour", "%(n)s hours", minutes // 60) % {"n": minutes // 60}


def left(session: SessionBase, user: User) -> int:
    """Return how many seconds are left if nothing happens; zero or less when it is over."""
    now = int(time.time())
    return int(session.get(SEEN, now)) + limit(user, bool(session.get(SHARED))) - now


def longest(user: User) -> int:
    """Return after how many seconds this person signs in anew, however much happens."""
    sees_others = user.is_staff or user.is_psychologist or user.is_organisation_staff
    return 3600 * settings.SESSION_HOURS["staff" if sees_others else "user"]


def is_too_old(session: SessionBase, user: User, grace: int = 0) -> bool:
    """Say whether the person signed in longer ago than a sign-in may last."""
    return int(time.time()) >= session.get(BEGAN, int(time.time())) + longest(user) + grace


def is_open(row: SignIn) -> bool:
    """Say whether a sign-in of the journal has neither ended nor been quiet for too long nor grown too old."""
    quiet = (timezone.now() - row.seen_at).total_seconds()
    age = (timezone.now() - row.at).total_seconds()
    return row.ended_at is None and quiet < limit(row.user, row.shared) + STEP and age < longest(row.user) + GRACE


def touch(session: SessionBase, age: int = 0, step: int = STEP) -> bool:
    """Note that something happened `age` seconds ago; return whether it was worth writing down."""
    moment = int(time.time()) - max(0, age)
    if moment < session.get(SEEN, 0) + step:
        return False
    session[SEEN] = moment
    session.setdefault(BEGAN, moment)
    return True


def background(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view that pages ask by themselves: it does not count as something that the person did."""
    view.background = True
    return view
