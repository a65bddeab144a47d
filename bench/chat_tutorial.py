"""A chat as tutorials of Channels write it: the ORM in a thread, one group a conversation; served as ours is."""

import json
import os
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "emocare.settings")
http = get_asgi_application()

from django.db import models  # noqa: E402 -- the applications must be ready
from django.utils import timezone  # noqa: E402


class BareMessage(models.Model):
    conversation = models.UUIDField()
    client_id = models.UUIDField()
    author = models.TextField()
    text = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        app_label = "chat"
        db_table = "bare_message"
        managed = False

    def __str__(self) -> str:
        return str(self.pk)


class TutorialConsumer(AsyncWebsocketConsumer):
    """Store what comes, acknowledge it and send it to the group."""

    async def connect(self) -> None:
        self.conversation = self.scope["url_route"]["kwargs"]["public_id"]
        self.name = self.scope["query_string"].decode().partition("=")[2]
        self.group = f"tutorial.{self.conversation}"
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()
        await self.send('{"type":"open"}')

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: object) -> None:
        frame = json.loads(text_data)
        row = await self.store(frame)
        at = row.written_at.isoformat()
        await self.send(json.dumps({"type": "sent", "id": frame["id"], "number": row.pk, "at": at}))
        said = {"type": "message", "number": row.pk, "mine": False, "text": row.text, "at": at, "reply": None}
        said |= {"edited": False, "deleted": False, "reactions": {}}
        await self.channel_layer.group_send(self.group, {"type": "said", "author": self.name, "said": said})

    @database_sync_to_async
    def store(self, frame: dict[str, Any]) -> BareMessage:
        own = {"conversation": self.conversation, "author": self.name, "written_at": timezone.now()}
        return BareMessage.objects.create(client_id=frame["id"], text=frame["text"], **own)

    async def said(self, event: dict[str, Any]) -> None:
        if event["author"] != self.name:
            await self.send(json.dumps(event["said"], ensure_ascii=False))


served = ProtocolTypeRouter(
    {
        "http": http,
        "websocket": URLRouter([path("tutorial/<uuid:public_id>/", TutorialConsumer.as_asgi())]),
    }
)
