"""A load generator: many keep-alive connections that ask for one page, for a number of seconds."""

import asyncio
import time


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


async def _connection(port: int, request: bytes, until: float, counts: list[int]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < until:
        status, closing = await _ask(reader, writer, request)
        if status != 200:
            raise RuntimeError(f"answered {status}")
        counts.append(1)
        if closing:
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.close()


def rate(port: int, path: str, cookie: str, connections: int = 32, seconds: float = 8) -> float:
    """Return answers per second; raises RuntimeError when an answer is not 200."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n".encode()

    async def everybody(duration: float) -> float:
        counts: list[int] = []
        begin = time.perf_counter()
        await asyncio.gather(*(_connection(port, request, begin + duration, counts) for _ in range(connections)))
        return len(counts) / (time.perf_counter() - begin)

    asyncio.run(everybody(2))  # warm: templates, pools
    return asyncio.run(everybody(seconds))
