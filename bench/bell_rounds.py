"""People with open sockets who are told something, in a process of its own: `python -m bench.bell_rounds ROUNDS`.

Its last line is JSON: for each way of telling, the milliseconds until the frame was at the browser's end.
"""

import asyncio
import json
import queue
import random
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Any

PEOPLE = 50
SECONDS = 10  # until a frame must be there
BARE = ("bare", "kept")
ORDER = random.Random(7)  # noqa: S311 -- the same in every run


class Clients:
    """The browsers' end of many sockets, in a loop and a thread of their own."""

    def __init__(self, port: int):
        self.port, self.loop, self.readers = port, asyncio.new_event_loop(), []
        threading.Thread(target=self.loop.run_forever, daemon=True).start()

    def _run(self, coroutine: Coroutine) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(SECONDS)

    def open(self, path: str, cookie: str = "") -> queue.SimpleQueue:
        """Open a socket; return where the moments appear at which its frames come. The first frame is a greeting."""
        moments: queue.SimpleQueue = queue.SimpleQueue()
        self._run(self._open(path, cookie, moments))
        return moments

    async def _open(self, path: str, cookie: str, moments: queue.SimpleQueue) -> None:
        from aiohttp import ClientSession

        session = ClientSession()
        address = f"http://127.0.0.1:{self.port}"
        socket = await session.ws_connect(f"{address}{path}", origin=address, headers={"Cookie": cookie})
        await socket.receive_json()
        self.readers.append((session, self.loop.create_task(self._read(socket, moments))))

    async def _read(self, socket: Any, moments: queue.SimpleQueue) -> None:
        async for _frame in socket:
            moments.put(time.perf_counter())

    def close(self) -> None:
        """Close all sockets."""
        for session, reader in self.readers:
            reader.cancel()
            self._run(session.close())
        self.readers = []


def _people() -> list[tuple[Any, str]]:
    """Make people who are signed in, with the cookies of their browsers."""
    from importlib import import_module

    from django.conf import settings

    from accounts.models import User
    from accounts.signin.services import SIGN_IN
    from bench.people import cookie_of, make_people

    store, people = import_module(settings.SESSION_ENGINE).SessionStore, []
    for user in User.objects.filter(pk__in=make_people(PEOPLE)):
        cookie = cookie_of(user.pk)
        session = store(cookie.split(";")[0].partition("=")[2])
        sign_in = user.sign_ins.create(way="password", device="Firefox", session=user.public_id.bytes)
        session[SIGN_IN] = str(sign_in.public_id)
        session.save()
        people.append((user, cookie))
    return people


def _ways() -> dict[str, Callable[..., None]]:
    """Return the ways of telling people something; those of ours are measured twice, by socket.

    `bare` is how anybody sends with Channels from a view or a task; `kept` sends it in a loop that stays, as ours.
    """
    from asgiref.sync import async_to_sync
    from channels.layers import get_channel_layer

    from accounts.live import voice
    from emocare.notices import Kind, News
    from notifications import live
    from notifications.kinds import table
    from notifications.services import notify

    table()["bench"] = Kind("bench", "Bench", {"came": News("Something came", "dashboard")})
    message = {"type": "news", "said": {"type": "notifications.changed", "unread": 3}}

    async def send(*users: Any) -> None:
        for user in users:
            await get_channel_layer().group_send(f"bare.{user.pk}", message)

    return {
        "announce": lambda *users: live.changed(users),
        "notify": lambda user: notify(user, "bench", {"what": "came"}),
        "bare": lambda *users: async_to_sync(send)(*users),
        "kept": lambda *users: asyncio.run_coroutine_threadsafe(send(*users), voice.loop()).result(),
    }


def _tell(tell: Callable[..., None], users: list[Any], sockets: dict[int, queue.SimpleQueue]) -> list[float]:
    begin = time.perf_counter()
    tell(*users)
    return [(sockets[user.pk].get(timeout=SECONDS) - begin) * 1000 for user in users]


def _measure(clients: Clients, people: list[tuple[Any, str]], path: str, rounds: int) -> dict[str, list[float]]:
    """Let each person be told in each way, one after the other, in an order by chance; the first round warms."""
    ours = {user.pk: clients.open(path, cookie) for user, cookie in people}
    bare = {user.pk: clients.open(f"/ws/bare/{user.pk}/") for user, _cookie in people}
    ways, found = _ways(), {}
    for number in range(rounds + 1):
        everybody = [user for user, _cookie in people]
        turns = [([user], name) for user in everybody for name in ways]
        turns += [(everybody, name) for name in ways if name != "notify"]
        ORDER.shuffle(turns)
        for users, name in turns:
            took = _tell(ways[name], users, bare if name in BARE else ours)
            if number:
                found.setdefault(f"{name} all" if users is everybody else name, []).extend(took)
    clients.close()
    return found


@contextmanager
def _clients() -> Iterator[Clients]:
    import socket

    from bench import serving

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = serving._granian("asgi", "bench.bell_server:served", "--ws")
    with serving.running(command, port):
        yield Clients(port)


def main(rounds: int) -> None:
    """Measure with both of our sockets."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    people = _people()
    with _clients() as clients:
        found = {name: _measure(clients, people, f"/ws/{name}/", rounds) for name in ("looking", "trusting")}
    references = ("bare", "kept", "bare all", "kept all")
    bare = {way: list(chain.from_iterable(part.pop(way) for part in found.values())) for way in references}
    ours = {f"{name} {way}": took for name, part in found.items() for way, took in part.items()}
    print(json.dumps(ours | bare))


if __name__ == "__main__":
    main(int(float(sys.argv[1])))
