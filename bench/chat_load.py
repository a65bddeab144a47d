"""The browsers of pairs who write to each other, in a process of its own: `python -m bench.chat_load CORE`.

Each line that it reads is a command as JSON; it answers with one line. It speaks WebSocket by itself, as no library in
Python is fast enough to fill the servers from one core beside PostgreSQL. What was sent in a window is counted whenever
it comes, up to SECONDS later: each message names its window, so that one that is late is not taken for another's.
"""

import asyncio
import json
import os
import resource
import sys
import time
import uuid
from collections import Counter, deque
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

TEXT = "Бүгін ұйқым тыныш болды, достарыммен серуендедім, жұмыс көп болса да шаршаған жоқпын 🌙"
SECONDS = 60  # until what was sent must be there
HELLO = "GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nOrigin: http://{host}\r\n"
HELLO += "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nCookie: {cookie}\r\n\r\n"


def framed(text: bytes, kind: int = 1) -> bytes:
    """Return a frame of a browser; the mask is zero, which changes nothing."""
    size = len(text)
    head = bytes([0x80 | kind, 0x80 | size]) if size < 126 else bytes([0x80 | kind, 0xFE]) + size.to_bytes(2, "big")
    return head + b"\0\0\0\0" + text


class Browser(asyncio.Protocol):
    """One socket: `heard` gets the bytes of each frame, `closed` counts the codes with which the server closes."""

    def __init__(self, path: str, host: str, cookie: str, closed: Counter[str]):
        self.hello = HELLO.format(path=path, host=host, cookie=cookie).encode()
        self.closed, self.code = closed, "no code"
        self.buffer, self.is_open = b"", False
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.heard: Callable[[bytes], None] = self._first

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(self.hello)

    def connection_lost(self, error: Exception | None) -> None:
        if not self.opened.done():
            self.opened.set_exception(ConnectionError(self.buffer[:80]))
        else:
            self.closed[self.code] += 1

    def data_received(self, data: bytes) -> None:
        buffer = self.buffer + data if self.buffer else data
        if not self.is_open:
            head, mark, rest = buffer.partition(b"\r\n\r\n")
            if not mark or not head.startswith(b"HTTP/1.1 101"):
                self.buffer = buffer
                return
            self.is_open, buffer = True, rest
        place, end = 0, len(buffer)
        while place + 2 <= end:
            size, begin = buffer[place + 1], place + 2
            if size > 125:
                place_of_size, begin = begin, begin + (2 if size == 126 else 8)
                size = int.from_bytes(buffer[place_of_size:begin], "big")
            if begin + size > end:
                break
            kind = buffer[place] & 15
            if kind == 1:
                self.heard(buffer[begin : begin + size])
            elif kind == 9:
                self.transport.write(framed(buffer[begin : begin + size], 10))
            elif kind == 8:
                self.code = str(int.from_bytes(buffer[begin : begin + 2], "big"))
            place = begin + size
        self.buffer = buffer[place:]

    def _first(self, _frame: bytes) -> None:
        self.heard = _nothing
        if not self.opened.done():
            self.opened.set_result(None)

    def send(self, window: bytes) -> None:
        """Send a message of a window, which is named by the first word."""
        self.transport.write(framed(SEND % (str(uuid.uuid4()).encode(), window)))


SEND = b'{"do":"send","id":"%s","text":"%s ' + TEXT.replace("%", "%%").encode() + b'"}'


def _nothing(_frame: bytes) -> None:
    """Hear nothing."""


def _is(kind: bytes, frame: bytes) -> bool:
    """Say of which type a frame is; Python's own encoder writes a blank after the colon."""
    return frame.startswith((b'{"type":"%s"' % kind, b'{"type": "%s"' % kind))


class Window:
    """What was sent within some seconds, and what came of it."""

    def __init__(self, name: str):
        self.name = name.encode()
        self.received = self.sent = 0
        self.refused: Counter[str] = Counter()
        self.took: list[float] = []
        self.busy = time.process_time()

    def is_message(self, frame: bytes) -> bool:
        """Say whether a frame is a message of this window; a refusal is counted."""
        if _is(b"message", frame):
            return self.name in frame
        if _is(b"error", frame):
            self.refused[json.loads(frame)["code"]] += 1
        return False

    def report(self, seconds: float, lost: int, closed: Counter[str]) -> dict[str, Any]:
        """Return what is told of it; `busy` is the share of a core that the browsers took until all was there."""
        return {
            "rate": self.received / seconds,
            "count": self.sent,
            "lost": lost,
            "refused": dict(self.refused),
            "closed": dict(closed),
            "worked": time.process_time() - self.busy,
            **_quantiles(self.took),
        }


class Load:
    """Pairs at each of the servers."""

    def __init__(self) -> None:
        self.pairs: dict[str, list[tuple[Browser, Browser]]] = {}
        self.idle: list[Browser] = []
        self.closed: dict[str, Counter[str]] = {}
        self.windows = 0

    async def open(self, server: str, address: str, pairs: list[list[str]], each: int = 1, keep: bool = True) -> int:
        """Open the sockets of all pairs at a server, some at a time; `address` has a place for the conversation."""
        gate, loop = asyncio.Semaphore(8), asyncio.get_running_loop()
        url, closed = urlsplit(address), self.closed.setdefault(server, Counter())

        async def one(conversation: str, cookie: str, name: str) -> Browser:
            path = f"{url.path}?{url.query}".format(conversation=conversation, name=name)
            async with gate:
                make = loop.create_connection(lambda: Browser(path, url.netloc, cookie, closed), url.hostname, url.port)
                _transport, browser = await make
                await asyncio.wait_for(browser.opened, SECONDS)
            return browser

        asked = [
            one(c, cookie, n) for c, *both in pairs for cookie, n in zip(both, "ab", strict=True) for _i in range(each)
        ]
        found = await asyncio.gather(*asked)
        if keep:
            self.pairs[server] = list(zip(found[::2], found[1::2], strict=True))
        else:
            self.idle += found
        return len(found)

    async def held(self, server: str, seconds: float) -> dict[str, int]:
        """Wait a while; return with which codes sockets were closed."""
        await asyncio.sleep(seconds)
        return dict(self.closed[server])

    def _window(self) -> Window:
        self.windows += 1
        return Window(f"<{self.windows}>")

    async def _end(self, server: str, is_all_there: Callable[[], bool]) -> None:
        """Wait for what was sent, and listen no more."""
        deadline = time.monotonic() + SECONDS
        while not is_all_there() and time.monotonic() < deadline:
            await asyncio.sleep(0.02)
        for pair in self.pairs[server]:
            for browser in pair:
                browser.heard = _nothing

    async def fill(self, server: str, pairs: int, seconds: float, warm: float = 1.0) -> dict[str, Any]:
        """Let the two of each pair answer each other as fast as they can; count what was sent in the window."""
        loop, window = asyncio.get_running_loop(), self._window()
        begin = loop.time() + warm
        end = begin + seconds
        flying: set[int] = set()  # pairs that wait for a message

        def talk(number: int, one: Browser, other: Browser) -> None:
            sent_at = 0.0

            def send(browser: Browser) -> None:
                nonlocal sent_at
                sent_at = loop.time()
                if sent_at < end:
                    flying.add(number)
                    window.sent += sent_at >= begin
                    browser.send(window.name)

            def hear(browser: Browser) -> Callable[[bytes], None]:
                def heard(frame: bytes) -> None:
                    if window.is_message(frame):
                        flying.discard(number)
                        if sent_at >= begin:
                            window.received += 1
                            window.took.append(loop.time() - sent_at)
                        send(browser)

                return heard

            one.heard, other.heard = hear(one), hear(other)
            send(one)

        for number, (one, other) in enumerate(self.pairs[server][:pairs]):
            talk(number, one, other)
        await asyncio.sleep(end - loop.time())
        await self._end(server, lambda: not flying)
        return window.report(seconds, len(flying), self.closed[server])

    async def steady(self, server: str, pairs: int, seconds: float, rate: float) -> dict[str, Any]:
        """Send so many a second, whatever comes back; a time begins when the message was due."""
        loop, window = asyncio.get_running_loop(), self._window()
        due: dict[Browser, deque[float]] = {}

        def hear(waiting: deque[float]) -> Callable[[bytes], None]:
            def heard(frame: bytes) -> None:
                if window.is_message(frame):
                    window.received += 1
                    window.took.append(loop.time() - waiting.popleft())

            return heard

        for pair in self.pairs[server][:pairs]:
            for one, other in (pair, pair[::-1]):
                due[one] = deque()
                other.heard = hear(due[one])
        browsers, begin = list(due), loop.time()
        while (now := loop.time()) < begin + seconds:
            while begin + window.sent / rate <= now:
                browser = browsers[window.sent % len(browsers)]
                due[browser].append(begin + window.sent / rate)
                browser.send(window.name)
                window.sent += 1
            await asyncio.sleep(max(0.0, begin + window.sent / rate - loop.time()))
        await self._end(server, lambda: window.received == window.sent)
        return window.report(seconds, window.sent - window.received, self.closed[server])


def _quantiles(took: list[float]) -> dict[str, float]:
    took = sorted(took) or [0.0]
    return {f"p{share}": took[min(len(took) - 1, len(took) * share // 100)] * 1000 for share in (50, 99)}


async def main() -> None:
    """Do what the lines of the standard input say."""
    load, loop = Load(), asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        name, arguments = json.loads(line)
        began = time.perf_counter()
        found = await getattr(load, name)(**arguments)
        print(json.dumps([found, time.perf_counter() - began]), flush=True)


if __name__ == "__main__":
    _soft, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # a socket is a file
    if hasattr(os, "sched_setaffinity") and len(sys.argv) > 1:
        os.sched_setaffinity(0, {int(sys.argv[1])})
    asyncio.run(main())
