"""Who may see what of sign-ins: everybody their own."""

import uuid
from dataclasses import dataclass

from django.contrib.sessions.backends.base import SessionBase
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import SignIn, User
from accounts.signin import idle
from accounts.signin.services import SIGN_IN

SHOWN = 30


@dataclass
class Journal:
    """A person's sign-ins: where somebody is signed in now, and the latest ones."""

    here: SignIn | None
    elsewhere: list[SignIn]
    latest: list[SignIn]


def journal_of(user: User, session: SessionBase) -> Journal:
    """Return the person's sign-ins, newest first."""
    own = session.get(SIGN_IN)
    open_now = [row for row in user.sign_ins.filter(ended_at=None).order_by("-at")[:100] if idle.is_open(row)]
    return Journal(
        here=next((row for row in open_now if str(row.public_id) == own), None),
        elsewhere=[row for row in open_now if str(row.public_id) != own],
        latest=list(user.sign_ins.order_by("-at")[:SHOWN]),
    )


def get_sign_in_for(user: User, public_id: uuid.UUID, session: SessionBase) -> SignIn:
    """Return one of the person's sign-ins on another device, or 404."""
    if str(public_id) == session.get(SIGN_IN):
        raise Http404
    return get_object_or_404(user.sign_ins, public_id=public_id)


def people_named(names: list[str]) -> list[User]:
    """Return the people of these e-mail addresses and nicknames, for an operator of the server."""
    return list(User.objects.filter(Q(email__in=names) | Q(username__in=names)))


def signed_in_people() -> list[User]:
    """Return everybody who is signed in somewhere, for an operator of the server."""
    return list(User.objects.filter(sign_ins__ended_at=None, sign_ins__isnull=False).distinct())
