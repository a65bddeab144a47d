"""Tell a person's open sockets that a sign-in ended, so that none outlives its session."""

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

from accounts.models import User


def group(user: User) -> str:
    """Return the name of the channel group of all sockets of one person."""
    return f"sign-ins.{user.public_id}"


def announce(user: User) -> None:
    """Let each socket of the person look, once it is committed, whether its session is still there."""
    transaction.on_commit(
        lambda: async_to_sync(get_channel_layer().group_send)(group(user), {"type": "sign_in.ended"}), robust=True
    )
