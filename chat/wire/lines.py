"""The server's end of one open socket: what waits to go out, and how it ends."""

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from django.utils.translation import override

from chat.access import Seat

MOST_WAITING = 500  # frames that a slow reader may leave lying; after that it is closed, and asks for what it missed
BEHIND = 20  # frames that lie waiting, from which on what is out of date at the next letter is left out
LAST_WORDS = 5.0  # seconds in which the last frames may still go out
CLOSED, SIGNED_OUT, NOT_HERE, TOO_SLOW, TOO_MANY = 4403, 4401, 4404, 4408, 4429  # codes with which a socket closes
encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Line:
    """One open socket. Nobody waits for it: what is said lies in its own queue until the browser has taken it."""

    __slots__ = (
        "_code",
        "_queue",
        "_send",
        "_sending",
        "_task",
        "language",
        "looked_at",
        "seat",
        "shown",
        "sign_in",
        "slow",
    )

    def __init__(self, seat: Seat, sign_in: str, language: str, send: Callable[[dict[str, Any]], Awaitable[None]]):
        self.seat, self.sign_in, self.language = seat, sign_in, language
        self.looked_at, self.slow = 0.0, 0
        self.shown = 0  # the newest number that the page was told of by asking
        self._send, self._task = send, asyncio.current_task()
        self._queue: deque[str] = deque()
        self._sending: asyncio.Task[None] | None = None
        self._code: int | None = None

    @property
    def code(self) -> int | None:
        """Return with which code the socket is to be closed; nothing while it lives."""
        return self._code

    @property
    def is_behind(self) -> bool:
        """Say whether the browser is slow to take what is sent."""
        return len(self._queue) > BEHIND

    def say(self, text: str) -> None:
        """Send a frame after those that wait; whoever leaves too many lying is closed."""
        if self._code is not None:
            return
        self._queue.append(text)
        if len(self._queue) > MOST_WAITING:
            self._queue.clear()
            self.end(TOO_SLOW)
        elif self._sending is None:
            self._sending = asyncio.get_running_loop().create_task(self._drain())

    def tell(self, **frame: Any) -> None:
        """Send a frame that is not encoded yet."""
        self.say(encode(frame))

    def wrong(self, code: str, words: Any, of: str | None = None) -> None:
        """Say in the page's language what went wrong; the socket lives on. `of` is the id of what was sent."""
        with override(self.language):
            frame = {"type": "error", "code": code, "words": str(words)}
        self.say(encode(frame | {"id": of} if of is not None else frame))

    def over(self, code: int, why: str) -> None:
        """Say that it is over here, and close."""
        self.tell(type="over", why=why)
        self.end(code)

    def end(self, code: int) -> None:
        """Close as soon as what waits has gone out; the consumer's task wakes up for it."""
        if self._code is None:
            self._code = code
            if self._task is not None:
                self._task.cancel()

    async def emptied(self) -> None:
        """Wait until what waits has gone out, for a while."""
        if self._sending is not None:
            await asyncio.wait([self._sending], timeout=LAST_WORDS if self._code != TOO_SLOW else 0)

    def drop(self) -> None:
        """Forget what waits: the browser is gone."""
        self._code, self._task = self._code or CLOSED, None
        self._queue.clear()
        if self._sending is not None:
            self._sending.cancel()

    async def _drain(self) -> None:
        queue, send = self._queue, self._send
        try:
            while queue:
                await send({"type": "websocket.send", "text": queue.popleft()})
        except (OSError, RuntimeError):  # gone meanwhile: the consumer hears of it by itself
            queue.clear()
        finally:
            self._sending = None
