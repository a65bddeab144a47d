"""A chat written by hand for speed: Starlette, rows by asynchronous psycopg, Valkey's pub/sub; served by uvicorn.

It checks no sign-in and no right, numbers and encrypts nothing, and stores each message in a transaction of its own.
One connection a process hears the conversations of its sockets.
"""

import asyncio
import json
import os
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from psycopg_pool import AsyncConnectionPool
from redis.asyncio import Redis
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

COLUMNS = "conversation, client_id, author, text, written_at"
INSERT = f"INSERT INTO bare_message ({COLUMNS}) VALUES (%s, %s, %s, %s, %s) RETURNING id"  # noqa: S608
valkey = Redis.from_url(os.environ["REDIS_URL"])
pool = AsyncConnectionPool(
    os.environ["DATABASE_URL"], min_size=10, max_size=10, kwargs={"autocommit": True}, open=False
)
rooms: dict[str, set[WebSocket]] = {}
channel = valkey.pubsub(ignore_subscribe_messages=True)


async def hear() -> None:
    """Pass on what is published of the conversations of this process."""
    await channel.subscribe("bare.nothing")
    async for message in channel.listen():
        text = message["data"].decode()
        author = text[: text.index(" ")]
        for socket in tuple(rooms.get(message["channel"].decode(), ())):
            if socket.state.name != author:
                await socket.send_text(text[len(author) + 1 :])


@asynccontextmanager
async def lifespan(_app: Starlette):
    await pool.open(wait=True)
    task = asyncio.create_task(hear())
    yield
    task.cancel()


async def talk(socket: WebSocket) -> None:
    """Store what comes, acknowledge it and publish it."""
    name = f"bare.{socket.path_params['public_id']}"
    socket.state.name = socket.query_params["name"]
    await socket.accept()
    if name not in rooms:
        rooms[name] = set()
        await channel.subscribe(name)
    rooms[name].add(socket)
    await socket.send_text('{"type":"open"}')
    try:
        while True:
            await take(socket, name, json.loads(await socket.receive_text()))
    except WebSocketDisconnect:
        rooms[name].discard(socket)


async def take(socket: WebSocket, name: str, frame: dict[str, Any]) -> None:
    now = datetime.now(UTC)
    row = [socket.path_params["public_id"], UUID(frame["id"]), socket.state.name, frame["text"], now]
    async with pool.connection() as connection:
        (number,) = await (await connection.execute(INSERT, row)).fetchone()
    at = now.isoformat()
    await socket.send_text(json.dumps({"type": "sent", "id": frame["id"], "number": number, "at": at}))
    said = {"type": "message", "number": number, "mine": False, "text": frame["text"], "at": at, "reply": None}
    said |= {"edited": False, "deleted": False, "reactions": {}}
    await valkey.publish(name, f"{socket.state.name} {json.dumps(said, ensure_ascii=False)}")


app = Starlette(routes=[WebSocketRoute("/bare/{public_id:uuid}/", talk)], lifespan=lifespan)
