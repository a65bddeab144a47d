"""Transport of what changes in a request of somebody without an account: says only that there is something to fetch."""

from importlib import import_module
from typing import Any

from channels.db import database_sync_to_async
from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.conf import settings

from emergency.alarms.live import group
from emergency.requests import access

sessions = import_module(settings.SESSION_ENGINE)


class RequestConsumer(AsyncJsonWebsocketConsumer):
    """Tell the browser of a request that it changed; takes no messages, and ends with the session."""

    async def connect(self) -> None:
        self.public_id = self.scope["url_route"]["kwargs"]["public_id"]
        self.key = self.scope["session"].session_key
        if not await self._may_hear():
            await self.close(code=4401)
            return
        await self.channel_layer.group_add(group(self.public_id), self.channel_name)
        await self.accept()
        await self.send_json({"type": "urgent.open"})

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(group(self.public_id), self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: object) -> None:
        await self.close(code=4400)

    async def news(self, event: dict[str, Any]) -> None:
        """Pass on that it changed, as long as the browser's session is that of the request."""
        if not await self._may_hear():
            await self.close(code=4401)
            await self.disconnect(4401)
            raise StopConsumer
        await self.send_json(event["said"])

    @database_sync_to_async
    def _may_hear(self) -> bool:
        if not self.key:
            return False
        session = sessions.SessionStore(self.key)  # as it is now: it may have ended since the socket was opened
        return access.is_of_browser(session, self.public_id)
