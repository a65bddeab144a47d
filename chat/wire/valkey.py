"""What our processes tell each other, over two connections of a process to Valkey: one hears, one speaks.

All that is said between two looks at the queue goes out as one message of Valkey, and each process hears all of them:
a message costs a process that is not concerned a look into a dictionary, where a subscription for each conversation
would cost those that are concerned a message of Valkey each (docs/performance.md).
"""

import asyncio
import json
import logging
import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from chat.live import CHANNEL
from chat.wire.lines import encode

logger = logging.getLogger("emocare.chat")
MOST_TOGETHER = 200  # messages in one of Valkey's
MOST_WAITING = 20_000  # messages that wait while Valkey is away; the newest stay, the database has them all
PAUSES = (0.05, 0.2, 0.5, 1.0)  # seconds between attempts to find Valkey again
QUIET = 20.0  # seconds without a word after which Valkey is asked whether it is there
ANSWER = 5.0  # seconds that Valkey may take for one
GONE = (RedisError, OSError, TimeoutError)


class Valkey:
    """Passes on what other processes say, in `heard`; calls `back` whenever something may have been missed."""

    def __init__(self, heard: Callable[[str, dict[str, Any]], None], back: Callable[[], None]):
        self._heard, self._back = heard, back
        self._own = secrets.token_hex(8)
        self._mark = f'{{"from":"{self._own}"'.encode()
        self._out: list[tuple[str, dict[str, Any]]] = []
        self._has_words = asyncio.Event()
        self.is_hearing = asyncio.Event()

    def say(self, conversation: str, facts: dict[str, Any]) -> None:
        """Tell the other processes something of a conversation; what lies too long is left out."""
        self._out.append((conversation, facts))
        if len(self._out) > MOST_WAITING:
            del self._out[: -MOST_WAITING // 2]
        self._has_words.set()

    async def hear(self) -> None:
        """Hear until cancelled, over one connection after the other."""
        tries = 0
        while True:
            client = _client()
            try:
                async with client, client.pubsub() as channel:
                    await channel.subscribe(CHANNEL)
                    await channel.get_message(timeout=QUIET)
                    tries = 0
                    self.is_hearing.set()
                    self._back()
                    await self._listen(channel)
            except GONE:
                if self.is_hearing.is_set():
                    logger.warning("Valkey is away")
                self.is_hearing.clear()
            await asyncio.sleep(PAUSES[min(tries, len(PAUSES) - 1)])
            tries += 1

    async def _listen(self, channel: Any) -> None:
        waits = False
        while True:
            message = await channel.get_message(timeout=QUIET)
            if message is None:
                if waits:
                    raise TimeoutError
                await channel.ping()
            elif message["type"] == "message" and not message["data"].startswith(self._mark):
                self._take(message["data"])
            waits = message is None

    def _take(self, data: bytes) -> None:
        try:
            said = json.loads(data)["said"]
            for conversation, facts in said:
                self._heard(conversation, facts)
        except (ValueError, KeyError, TypeError):  # not of this version of ours
            logger.warning("Another process said something that is not known here")

    async def speak(self) -> None:
        """Say until cancelled, over one connection for as long as it holds."""
        task = asyncio.current_task()
        async with _client() as client:
            while not task.cancelling():  # redis-py may keep a cancellation for itself
                await self._has_words.wait()
                some, self._out = self._out[:MOST_TOGETHER], self._out[MOST_TOGETHER:]
                if not self._out:
                    self._has_words.clear()
                try:
                    await client.publish(CHANNEL, encode({"from": self._own, "said": some}))
                except GONE:
                    self._out[:0] = some
                    self._has_words.set()
                    await asyncio.sleep(PAUSES[1])


def _client() -> Redis:
    return Redis.from_url(
        settings.REDIS_URL, retry=Retry(NoBackoff(), 0), socket_connect_timeout=2, socket_timeout=ANSWER
    )
