"""Tell a person's other open pages that their moods changed; the message carries no content."""

from accounts import live
from accounts.models import User


def changed(user: User) -> None:
    """Announce a change once it is committed."""
    live.say(user, "moods.changed")
