"""Transport of news: who may listen, and what is passed on to a page."""

import time
from typing import Any

from channels.db import database_sync_to_async
from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from accounts import live
from accounts.models import User
from accounts.signin import sockets
from accounts.signin.services import SIGN_IN
from notifications.live import count


def _greeting(user: User, sign_in: str | None) -> dict[str, Any] | None:
    return count(user) if sockets.may_hear(sign_in) else None


class NewsConsumer(AsyncJsonWebsocketConsumer):
    """Tell the signed-in person's pages that there is something new to fetch; takes no messages."""

    # Seconds for which a look at the sign-in counts. That one ended is announced; this is for what nobody announces.
    looks_last = 5.0
    looks_last_together = 60.0  # of what many hear at once: a look of each of them would keep all of them waiting

    async def connect(self) -> None:
        """Accept, and say how many news are unread: some may have come since the page was made."""
        user = self.scope["user"]
        if not user.is_authenticated:
            await self.close(code=4401)
            return
        self.sign_in = self.scope["session"].get(SIGN_IN)
        self.person, self.listens = str(user.public_id), live.groups(user)
        for name in self.listens:
            await self.channel_layer.group_add(name, self.channel_name)
        greeting = await database_sync_to_async(_greeting)(user, self.sign_in)
        self.looked_at = time.monotonic()
        if greeting is None:
            await self.close(code=4401)
            return
        await self.accept()
        await self.send_json(greeting)

    async def disconnect(self, code: int) -> None:
        for name in getattr(self, "listens", ()):
            await self.channel_layer.group_discard(name, self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: object) -> None:
        await self.close(code=4400)

    async def news(self, event: dict[str, Any]) -> None:
        """Pass on what was said to the person; when a sign-in ended, say so if it was this one.

        granian keeps a close to itself while the application waits for the browser's next word, so the page is told.
        """
        if "only" in event:  # said to many at once: it tells nothing but that there is something to ask for
            if self.person not in event["only"]:
                return
            if not await self._is_signed_in(lasts=self.looks_last_together):
                await self._stop()
            await self.send_json(event["said"])
            return
        ended = event["said"]["type"] == sockets.ENDED
        if not await self._is_signed_in(look=ended):
            if ended:
                await self.send_json(event["said"])
            await self._stop()
        if not ended:
            await self.send_json(event["said"])

    async def _stop(self) -> None:
        """Close, and hear of nothing any more even if the browser keeps its end open."""
        await self.close(code=4401)
        await self.disconnect(4401)
        raise StopConsumer

    async def _is_signed_in(self, *, look: bool = False, lasts: float | None = None) -> bool:
        """Look again now and then: the sign-in may have ended by itself, or a consent may be missing."""
        lasts = self.looks_last if lasts is None else lasts
        if look or time.monotonic() - self.looked_at > lasts:
            if not await database_sync_to_async(sockets.may_hear)(self.sign_in):
                return False
            self.looked_at = time.monotonic()
        return True
