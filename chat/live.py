"""Telling the open pages of a conversation, over Valkey; whoever has its socket passes it on: chat/wire/."""

import asyncio
import json
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import transaction
from redis.asyncio import Redis
from redis.exceptions import ConnectionError

from accounts.live import SECONDS, voice
from accounts.models import Assignment
from chat.models import Conversation
from chat.writing.statements import Row

CHANNEL = "chat"  # of Valkey; every process with sockets of conversations hears it


def frame(row: Row, number: int, at: str) -> dict[str, Any]:
    """Return a message on its way between our processes: its words stay encrypted until a page gets them."""
    return {
        "type": "message",
        "number": number,
        "public_id": str(row.public_id),
        "by_owner": row.by_owner,
        "sealed": row.sealed.hex(),
        "at": at,
        "reply": row.reply_to,
    }


def carrying(conversation: Conversation, number: int) -> dict[str, Any]:
    """Return a message that carries more than words on its way: a process with sockets reads it from the database."""
    return {"type": "message", "number": number, "carries": True, "key": conversation.pk}


def written(conversation: Conversation, row: Row, number: int, at: str) -> None:
    """Tell all sockets of a conversation of a new message, once it is committed."""
    say(conversation, frame(row, number, at))


def say(conversation: Conversation, facts: dict[str, Any]) -> None:
    """Tell all sockets of a conversation something, once this transaction is committed.

    What has `by_owner` goes to the other side of it, what has `to_owner` to that side, what has neither to both.
    Of {"type": "changed", "number": n} each page gets the message as it is then; {"type": "wishes"} lets the wishes
    of both be read again.
    """
    message = json.dumps({"said": [[str(conversation.public_id), facts]]}, separators=(",", ":"))
    transaction.on_commit(lambda: _publish(message), robust=True)


def over(conversation: Conversation, why: str) -> None:
    """Let all sockets of a conversation say that nobody can write there any more, and close."""
    say(conversation, {"type": "over", "why": why})


def parted(assignment: Assignment) -> None:
    """Close the sockets of the two of an assignment that is over."""
    conversation = Conversation.objects.filter(owner=assignment.user_id, helper=assignment.helper_id).first()
    if conversation is not None:
        over(conversation, "ended")


def _publish(message: str) -> None:
    asyncio.run_coroutine_threadsafe(_send(message), voice.loop()).result()


async def _send(message: str) -> None:
    async with asyncio.timeout(SECONDS):
        try:
            await _valkey(settings.REDIS_URL).publish(CHANNEL, message)
        except ConnectionError:  # Valkey was started anew since the last message
            await _valkey(settings.REDIS_URL).publish(CHANNEL, message)


@lru_cache(maxsize=1)
def _valkey(url: str) -> Redis:
    """Return the connection that the voice's loop keeps; only that loop uses it."""
    return Redis.from_url(url)
