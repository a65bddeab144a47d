"""What follows a message once it is committed and on its way: off the path on which the next one waits.

Whoever reads messages adds a receiver here when the application starts. A receiver returns at once: what takes longer
it hands to a thread of its own (chat/heeding/desk.py).
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

logger = logging.getLogger("emocare.chat")


@dataclass(frozen=True, slots=True)
class Stored:
    """A message that was just committed. `reply` sends a frame to the writer's open sockets of this conversation."""

    conversation: UUID
    message: UUID
    author_id: int
    by_owner: bool
    text: str
    reply: Callable[[dict[str, Any]], None]


receivers: list[Callable[[Stored], None]] = []


def tell(stored: Stored) -> None:
    """Hand a message to all receivers; what fails there never meets the socket."""
    for receiver in receivers:
        try:
            receiver(stored)
        except Exception:  # whatever it is: the message is stored, and the sweep reads what was lost
            logger.exception("What follows a message failed")
