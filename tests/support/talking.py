"""Two who write to each other, and what their open pages hear."""

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from redis import Redis

from accounts.helping.steps import Refused
from accounts.models import Assignment, User
from chat.access import Seat, get_seat_for
from chat.conversations.services import of_assignment
from chat.live import CHANNEL
from chat.models import Conversation, Message
from chat.writing.services import write

WORDS = "Бүгін ұйықтай алмадым 🌙"


def seats_of(owner: User, helper: User) -> tuple[Seat, Seat]:
    """Return the seats of the two who are together."""
    public_id = of_assignment(Assignment.objects.get(user=owner, helper=helper)).public_id
    return get_seat_for(owner, public_id), get_seat_for(helper, public_id)


def written(seat: Seat, text: str = WORDS) -> int:
    """Write a message; return its number."""
    return write(seat, text, client_id=uuid.uuid4()).number


def message(seat: Seat, number: int) -> Message:
    return Message.objects.get(conversation=seat.conversation, number=number)


def place(seat: Seat, *steps: object) -> str:
    return "/".join(["/kk/chat", str(seat.conversation.public_id), *map(str, steps), ""])


def refused(words: Any) -> pytest.RaisesExc[Refused]:
    """Expect that something is refused with these words, in whichever language they are said."""
    return pytest.raises(Refused, check=lambda found: found.words is words)


@contextmanager
def heard(conversation: Conversation, committed: Any) -> Iterator[list[dict[str, Any]]]:
    """Listen on the real Valkey; after the block the list holds all that was said within it.

    `committed` is django_capture_on_commit_callbacks.
    """
    said: list[dict[str, Any]] = []
    name = str(conversation.public_id)
    with Redis.from_url(settings.REDIS_URL) as valkey, valkey.pubsub() as ears:
        ears.subscribe(CHANNEL)
        assert ears.get_message(timeout=10)["type"] == "subscribe"
        with committed(execute=True):
            yield said
        valkey.publish(CHANNEL, json.dumps({"said": [[name, None]]}))  # comes after everything
        while True:
            for whose, facts in json.loads(ears.get_message(timeout=10)["data"])["said"]:
                if whose == name and facts is None:
                    return
                if whose == name:
                    said.append(facts)
