"""Transport of the live tracker: who may listen, and the one thing that is said."""

from channels.generic.websocket import AsyncJsonWebsocketConsumer

from tracker import live


class MoodConsumer(AsyncJsonWebsocketConsumer):
    """Tell the signed-in person's pages that there is something new to fetch; takes no messages."""

    async def connect(self) -> None:
        user = self.scope["user"]
        if not user.is_authenticated:
            await self.close(code=4401)
            return
        self.group = live.group(user)
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        if hasattr(self, "group"):
            await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: object) -> None:
        await self.close(code=4400)

    async def moods_changed(self, event: dict) -> None:
        if await self.scope["session"].aexists(self.scope["session"].session_key):
            await self.send_json({"type": "moods.changed"})
        else:  # signed out elsewhere
            await self.close(code=4401)
