"""The live application with the sockets that the benchmark of the bell compares, served as ASGI.

`looking` is Emocare's socket when its last look at the sign-in is too old for each piece of news, as it mostly is;
`trusting` when it is never; `bare` what anybody would write with Channels, with no middleware and no check.
"""

from typing import Any

from channels.generic.websocket import AsyncJsonWebsocketConsumer
from channels.routing import URLRouter
from django.urls import path

from emocare.asgi import ProtocolTypeRouter, application, http
from notifications.consumers import NewsConsumer


class BareConsumer(AsyncJsonWebsocketConsumer):
    """Pass on what comes to a group that the address names."""

    async def connect(self) -> None:
        self.group = f"bare.{self.scope['url_route']['kwargs']['name']}"
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()
        await self.send_json({})

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(self.group, self.channel_name)

    async def news(self, event: dict[str, Any]) -> None:
        await self.send_json(event["said"])


ours = application.application_mapping["websocket"]
routes = ours
while not hasattr(routes, "routes"):
    routes = getattr(routes, "application", None) or routes.inner
routes.routes += [
    path("ws/looking/", NewsConsumer.as_asgi(looks_last=-1)),
    path("ws/trusting/", NewsConsumer.as_asgi(looks_last=3600)),
]
bare = URLRouter([path("ws/bare/<name>/", BareConsumer.as_asgi())])


async def websocket(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Lead a socket to ours, through all that stands before it, or straight to the bare one."""
    await (bare if scope["path"].startswith("/ws/bare/") else ours)(scope, receive, send)


served = ProtocolTypeRouter({"http": http, "websocket": websocket})
