"""A WebSocket as a browser opens it, straight to the ASGI application (channels' own one needs daphne)."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from asgiref.sync import async_to_sync
from asgiref.testing import ApplicationCommunicator
from django.conf import settings
from django.test import Client

from emocare.asgi import application

ORIGIN = "http://localhost"
SECONDS = 5  # until an answer must be there


class Socket(ApplicationCommunicator):
    """One connection with the cookies of a browser; `origin` is the site whose page opens it."""

    def __init__(self, client: Client, path: str, origin: str | None = ORIGIN):
        session = client.cookies.get(settings.SESSION_COOKIE_NAME)
        headers = [(b"host", b"localhost")]
        if session:
            headers.append((b"cookie", f"{session.key}={session.value}".encode()))
        if origin:
            headers.append((b"origin", origin.encode()))
        path, _mark, query = path.partition("?")
        scope = {"type": "websocket", "path": path, "query_string": query.encode(), "headers": headers}
        scope["subprotocols"] = []
        super().__init__(application, scope)

    async def connect(self) -> bool:
        """Shake hands; say whether the server accepted. Sets `code` (a refusal's) or `greeting`."""
        await self.send_input({"type": "websocket.connect"})
        answer = await self.receive_output(SECONDS)
        self.code = answer.get("code")
        if answer["type"] != "websocket.accept":
            return False
        self.greeting = await self.told()
        return True

    async def say(self, **message: Any) -> None:
        """Send `text` or `bytes`."""
        await self.send_input({"type": "websocket.receive", **message})

    async def told(self) -> Any:
        """Return the next message of the server."""
        answer = await self.receive_output(SECONDS)
        assert answer["type"] == "websocket.send", answer
        return json.loads(answer["text"])

    async def closed(self) -> int:
        """Return the code with which the server closes now."""
        answer = await self.receive_output(SECONDS)
        assert answer["type"] == "websocket.close", answer
        return answer["code"]

    async def leave(self) -> None:
        """Close from the browser's side."""
        await self.send_input({"type": "websocket.disconnect", "code": 1005})
        await self.wait(SECONDS)


def play(scene: Callable[[], Awaitable[None]]) -> None:
    """Run what happens on sockets, in a loop of its own."""
    async_to_sync(scene)()
