"""A load generator: many keep-alive connections that ask for one page, for a number of seconds."""

import asyncio
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from urllib.parse import urlencode


@dataclass(frozen=True)
class Answers:
    """How often a page was answered, and how long each answer took, in seconds and in order of length."""

    seconds: float
    latencies: Sequence[float]

    @property
    def rate(self) -> float:
        """Return answers per second."""
        return len(self.latencies) / self.seconds

    def quantile(self, share: float) -> float:
        """Return within how many milliseconds this share of the answers came."""
        return self.latencies[min(int(len(self.latencies) * share), len(self.latencies) - 1)] * 1000

    def __add__(self, other: "Answers") -> "Answers":
        return Answers(self.seconds + other.seconds, sorted([*self.latencies, *other.latencies]))


@dataclass(frozen=True)
class Asked:
    """One request: a page, or a form, which is answered by the way to the next page."""

    path: str
    cookie: str
    form: Mapping[str, str] | None = None

    @property
    def status(self) -> int:
        return 200 if self.form is None else 302

    def sent(self, port: int) -> bytes:
        """Return what goes over the wire."""
        method = "GET" if self.form is None else "POST"
        head = f"{method} {self.path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {self.cookie}\r\n"
        if self.form is None:
            return f"{head}\r\n".encode()
        body = urlencode(self.form)
        kind = "application/x-www-form-urlencoded"
        return f"{head}Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> tuple[int, bool]:
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    length = next((int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:")), None)
    if length is not None:
        await reader.readexactly(length)
    else:
        while size := int((await reader.readuntil(b"\r\n")).strip() or b"0", 16):
            await reader.readexactly(size + 2)
        await reader.readuntil(b"\r\n")
    return int(lines[0].split()[1]), b"connection: close" in lines


async def _connection(port: int, requests: Iterator[tuple[bytes, int]], until: float, latencies: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while (begin := time.perf_counter()) < until:
        request, expected = next(requests)
        status, closing = await _ask(reader, writer, request)
        if status != expected:
            raise RuntimeError(f"answered {status}")
        latencies.append(time.perf_counter() - begin)
        if closing:
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.close()


def ask(port: int, path: str, cookies: Sequence[str], connections: int = 32, seconds: float = 8) -> Answers:
    """Ask for a page on many connections, for each cookie in turn; raise RuntimeError when an answer is not 200."""
    return ask_each(port, [Asked(path, cookie) for cookie in cookies], connections, seconds)


def ask_each(port: int, asked: Sequence[Asked], connections: int = 32, seconds: float = 8) -> Answers:
    """Send these requests in turn; raise RuntimeError when an answer is not what such a request is answered by."""
    requests = cycle([(one.sent(port), one.status) for one in asked])

    async def everybody() -> Answers:
        latencies: list[float] = []
        begin = time.perf_counter()
        await asyncio.gather(*(_connection(port, requests, begin + seconds, latencies) for _ in range(connections)))
        return Answers(time.perf_counter() - begin, sorted(latencies))

    return asyncio.run(everybody())


def rate(port: int, path: str, cookie: str, connections: int = 32, seconds: float = 8) -> float:
    """Return answers per second; raises RuntimeError when an answer is not 200."""
    ask(port, path, [cookie], connections, 2)  # warm: templates, pools
    return ask(port, path, [cookie], connections, seconds).rate
