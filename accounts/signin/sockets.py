"""Tell a person's open sockets that a sign-in ended, so that none outlives its session.

A socket goes by its row in the journal of sign-ins: a session gets a new key with every password and second factor, and
the socket knows only the key from when it was opened.
"""

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

from accounts.models import SignIn, User
from accounts.signin import idle


def group(user: User) -> str:
    """Return the name of the channel group of all sockets of one person."""
    return f"sign-ins.{user.public_id}"


def signed_in(sign_in: str | None) -> User | None:
    """Return whose sign-in this is, named by what its session holds as SIGN_IN; nobody's when it is over."""
    row = SignIn.objects.filter(public_id=sign_in).select_related("user").first() if sign_in else None
    return row.user if row and row.user.is_active and idle.is_open(row) else None


def announce(user: User) -> None:
    """Let each socket of the person look, once it is committed, whether its session is still there."""
    transaction.on_commit(
        lambda: async_to_sync(get_channel_layer().group_send)(group(user), {"type": "sign_in.ended"}), robust=True
    )
