"""What is said to a person's open pages, over the one socket that each has: docs/decisions/0026-one-socket-a-page.md

What is said carries no content: a page that hears of something asks for it over HTTP, where access is checked.
"""

import asyncio
import os
import threading
from collections.abc import Iterable
from typing import Any

from channels.layers import get_channel_layer
from django.db import transaction
from redis.exceptions import ConnectionError

from accounts.models import User

SECONDS = 2  # for which a request waits for Valkey at most


class _Voice:
    """A loop in a thread of its own, which keeps its connection to Valkey; a loop for each message would make one."""

    def __init__(self) -> None:
        self._lock, self._loop = threading.Lock(), None

    def loop(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=self._loop.run_forever, name="live", daemon=True).start()
            return self._loop


voice = _Voice()
os.register_at_fork(after_in_child=voice.__init__)  # the thread stays with the parent


TOGETHER = "live.together"  # the channel group of all who are called together: psychologists and administrators


def group(user: User) -> str:
    """Return the name of the channel group of all sockets of one person."""
    return f"live.{user.public_id}"


def groups(user: User) -> list[str]:
    """Return the names of the channel groups that a socket of a person listens to."""
    return [group(user), TOGETHER] if _is_called(user) else [group(user)]


def say(user: User, what: str, **facts: Any) -> None:
    """Say something to all open pages of a person, once this transaction is committed."""
    transaction.on_commit(lambda: say_now([(user, {"type": what, **facts})]), robust=True)


def say_to(name: str, what: str, **facts: Any) -> None:
    """Say something to all sockets of a channel group that is no person's, once this transaction is committed."""
    message = {"type": "news", "said": {"type": what, **facts}}
    transaction.on_commit(lambda: _say_all([(name, message)]), robust=True)


def say_now(said: Iterable[tuple[User, dict[str, Any]]]) -> None:
    """Say to each of these people what is theirs; whatever Valkey's being away raises."""
    _say_all([_to(user, message) for user, message in said])


def say_together(people: Iterable[User], message: dict[str, Any]) -> None:
    """Say the same to each of many: to those of TOGETHER in one message, which names for whom it is."""
    people = list(people)
    named = [str(person.public_id) for person in people if _is_called(person)]
    together = [(TOGETHER, {"type": "news", "said": message, "only": named})] if named else []
    others = [_to(person, message) for person in people if not _is_called(person)]
    _say_all([*together, *others])


def _to(user: User, message: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the group of a person and what is said there; who hears for many people at once sees whose it is."""
    return group(user), {"type": "news", "said": message, "whose": str(user.public_id)}


def _is_called(user: User) -> bool:
    return user.is_psychologist or user.is_staff


def _say_all(messages: list[tuple[str, dict[str, Any]]]) -> None:
    asyncio.run_coroutine_threadsafe(_send(messages), voice.loop()).result()


async def _send(messages: list[tuple[str, dict[str, Any]]]) -> None:
    async with asyncio.timeout(SECONDS):
        for name, message in messages:
            try:
                await get_channel_layer().group_send(name, message)
            except ConnectionError:  # Valkey was started anew since the last message
                await get_channel_layer().group_send(name, message)
