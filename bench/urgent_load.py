"""The browsers of the benchmark of urgent help: pages of psychologists with their sockets, and presses for help."""

import asyncio
import re
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

ASK, QUEUE, ALARM, BARE = "/kk/urgent-help/ask/", "/kk/urgent/", "/kk/urgent/alarm/", "/bare/press/"
TOKEN = {"csrfmiddlewaretoken": "x" * 32}  # bench.people makes the cookie that belongs to it
SECONDS = 30  # until a message must be there
PAUSE = 1  # second, between two looks of a page, as static/js/alarm.js has it


@dataclass(eq=False)
class Page:
    """An open page of a psychologist: when each alarm came, and the bare messages by their numbers."""

    cookie: str
    alarms: list[float] = field(default_factory=list)
    waits: bool = False  # to look again
    looks: asyncio.Task | None = None
    bare: dict[int, float] = field(default_factory=dict)


class Load:
    """All browsers, against the servers of pages and of sockets."""

    def __init__(self, session: Any, web: int, live: int, cookies: list[str]):
        self.session = session
        self.web, self.live = (f"http://127.0.0.1:{port}" for port in (web, live))
        self.pages = [Page(cookie) for cookie in cookies]
        self.listening: list[asyncio.Task] = []
        self.answers: Counter = Counter()  # by status
        self.number = 0  # of the last bare message
        self.fetches = False  # whether pages fetch what they are called to

    async def open(self) -> None:
        """Open both sockets of each page."""
        for page in self.pages:
            for path, take in (("/ws/news/", self._alarm), ("/ws/bare/all/", self._bare)):
                socket = await self.session.ws_connect(
                    f"{self.live}{path}", origin=self.live, headers={"Cookie": page.cookie}
                )
                await socket.receive_json()
                self.listening.append(asyncio.create_task(self._listen(socket, page, take)))

    async def _listen(self, socket: Any, page: Page, take: Callable[[Page, dict, float], None]) -> None:
        async for frame in socket:
            take(page, frame.json(), time.perf_counter())

    def _alarm(self, page: Page, said: dict[str, Any], moment: float) -> None:
        if said["type"] == "urgent.alarm":
            page.alarms.append(moment)
            page.waits = self.fetches
            if self.fetches and (not page.looks or page.looks.done()):
                page.looks = asyncio.create_task(self._look(page))

    def _bare(self, page: Page, said: dict[str, Any], moment: float) -> None:
        page.bare[said["number"]] = moment

    async def _look(self, page: Page) -> None:
        """Fetch the alarm as the page does: while a look goes on, all that comes is one more look."""
        while page.waits:
            page.waits = False
            await self.get(page.cookie, ALARM)
            await asyncio.sleep(PAUSE)

    async def settle(self) -> None:
        """Wait until no page is looking any more."""
        await asyncio.gather(*(page.looks for page in self.pages if page.looks))

    async def get(self, cookie: str, path: str) -> None:
        """Fetch a page."""
        async with self.session.get(f"{self.web}{path}", headers={"Cookie": cookie}) as answer:
            self.answers[answer.status] += 1
            await answer.read()

    async def send(self, cookie: str, path: str, form: dict[str, str]) -> str:
        """Send a form; return where it led."""
        given = {"data": TOKEN | form, "headers": {"Cookie": cookie}, "allow_redirects": False}
        async with self.session.post(f"{self.web}{path}", **given) as answer:
            self.answers[answer.status] += 1
            return answer.headers.get("Location", "")

    async def ask(self, cookie: str) -> tuple[float, str]:
        """Press for help; return when, and the id of the request."""
        begin = time.perf_counter()
        way = await self.send(cookie, ASK, {"form_key": str(uuid.uuid4())})
        found = re.search(r"[0-9a-f-]{36}", way)
        if not found:
            raise RuntimeError(f"asking led to {way!r}: {self.answers}")
        return begin, found[0]

    async def ask_bare(self, cookie: str) -> tuple[float, int]:
        """Press what is compared with; return when, and the number of the message."""
        self.number += 1
        number, begin = self.number, time.perf_counter()
        await self.send(cookie, BARE, {"number": str(number)})
        return begin, number

    async def take(self, page: Page, request: str) -> None:
        """Look at a request and take it."""
        await self.get(page.cookie, f"{QUEUE}{request}/")
        await self.send(page.cookie, f"{QUEUE}{request}/take/", {})

    async def heard(self, happened: Callable[[Page], bool]) -> None:
        """Wait until it has come to each page."""
        end = time.perf_counter() + SECONDS
        while not all(happened(page) for page in self.pages):
            if time.perf_counter() > end:
                raise RuntimeError("a message did not come")
            await asyncio.sleep(0.001)
