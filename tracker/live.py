"""Tell a person's other open pages that their moods changed; the message carries no content."""

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

from accounts.models import User


def group(user: User) -> str:
    """Return the name of the channel group of one person's tracker pages."""
    return f"tracker.{user.public_id}"


def changed(user: User) -> None:
    """Announce a change once it is committed."""
    transaction.on_commit(
        lambda: async_to_sync(get_channel_layer().group_send)(group(user), {"type": "moods.changed"}), robust=True
    )
