"""The open pages of somebody who asked without an account; those of people are told through accounts.live itself."""

import uuid

from accounts import live
from emergency.models import HelpRequest

CHANGED = "urgent.changed"


def group(public_id: uuid.UUID) -> str:
    """Return the name of the channel group of a request."""
    return f"urgent.{public_id}"


def say_request(request: HelpRequest) -> None:
    """Say that a request is not as it was to the pages of whoever asked without an account, once it is committed."""
    if request.user_id is None:
        live.say_to(group(request.public_id), CHANGED, request=str(request.public_id))
