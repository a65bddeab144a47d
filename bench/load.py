"""A load generator: many keep-alive connections that ask for one page, for a number of seconds."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle


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


async def _connection(port: int, requests: Iterator[bytes], until: float, latencies: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while (begin := time.perf_counter()) < until:
        status, closing = await _ask(reader, writer, next(requests))
        if status != 200:
            raise RuntimeError(f"answered {status}")
        latencies.append(time.perf_counter() - begin)
        if closing:
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.close()


def ask(port: int, path: str, cookies: Sequence[str], connections: int = 32, seconds: float = 8) -> Answers:
    """Ask for a page on many connections, for each cookie in turn; raise RuntimeError when an answer is not 200."""
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: "
    requests = cycle([f"{head}{cookie}\r\n\r\n".encode() for cookie in cookies])

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
