"""Tell a person's open sockets that a sign-in ended, so that none outlives its session.

A socket goes by its row in the journal of sign-ins: a session gets a new key with every password and second factor, and
the socket knows only the key from when it was opened.
"""

from collections.abc import Iterable

from accounts import live
from accounts.kin.access import is_waiting
from accounts.models import SignIn, User
from accounts.models.kin import consented
from accounts.signin import idle

ENDED = "sign_in.ended"


def signed_in(sign_in: str | None) -> User | None:
    """Return whose sign-in this is, named by what its session holds as SIGN_IN; nobody's when it is over."""
    row = SignIn.objects.filter(public_id=sign_in).select_related("user").first() if sign_in else None
    return row.user if row and row.user.is_active and idle.is_open(row) else None


def may_hear(sign_in: str | None) -> bool:
    """Say whether the socket of this sign-in may be told something: it is open, and no consent is missing."""
    user = signed_in(sign_in)
    return user is not None and not is_waiting(user)


def announce(user: User, why: str = "") -> None:
    """Let each socket of the person look, once it is committed, whether its session is still there.

    `why` goes into the address of the page for signing in, which explains it.
    """
    live.say(user, ENDED, **({"why": why} if why else {}))


def still_hear(sign_ins: Iterable[str]) -> set[str]:
    """Return which of these sign-ins may_hear says yes to, in one question for all of them."""
    asked = {sign_in for sign_in in sign_ins if sign_in}
    rows = SignIn.objects.filter(consented("user"), public_id__in=asked, ended_at=None, user__is_active=True)
    return {str(row.public_id) for row in rows.select_related("user") if idle.is_open(row)}
