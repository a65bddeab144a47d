"""Pages of pairs who write to each other while servers come and go, in a process of their own: `-m bench.chat_pages`.

A page does what static/js/chat-*.js does: it keeps what it wrote until the server gave it a number, sends it again
under the same id over the next socket, and asks for what came after its last number. The first line of the standard
input says who talks and where; any further one: write nothing new. Lines of the output count; the last is the report.
"""

import asyncio
import json
import random
import sys
import time
import uuid
from collections import Counter
from contextlib import suppress
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector, WSMsgType

TEXT = "Бүгін ұйқым тыныш болды, достарыммен серуендедім 🌙"
BETWEEN = (0.2, 0.4)  # seconds between two messages of a page: what CHAT_BURST allows
ANSWER = 15.0  # seconds in which an answer must come over a socket that lives, and its first frame
SETTLED = 30.0  # seconds after the last answer in which all must be everywhere
PAUSES = (0.1, 0.3, 1.0)  # seconds between attempts to connect again; a browser's are longer
LATER = 0.5  # seconds until something is asked again that could not be given
BACK = ("slow", "again")  # what the server says of something that it may take a little later
NOT_WORDS = str.maketrans("0123456789abcdef-", "ghijklmnopqrstuv ")  # digits would be masked


class Page:
    """One open conversation of one of the two, over one socket after the other, of the processes by turns."""

    def __init__(self, talk: "Talk", conversation: str, cookie: str, place: int):
        self.talk, self.conversation, self.cookie, self.place = talk, conversation, cookie, place
        self.last, self.known, self.ahead, self.marked = 0, set(), set(), 0
        self.heard: list[tuple[int, str]] = []  # of the other one
        self.written: list[list[Any]] = []  # id, text, number
        self.answer: asyncio.Future[dict[str, Any] | None] | None = None
        self.key, self.passed, self.is_asking = "", 0, False
        self.is_up = asyncio.Event()
        self.socket: Any = None

    # The socket

    async def live(self) -> None:
        """Be there until cancelled."""
        failures = 0
        while True:
            try:
                await self._connected()
            except TimeoutError:
                self.talk.counted["sockets that never began"] += 1
            except (ClientError, OSError) as error:
                self.talk.counted[f"no socket: {type(error).__name__}"] += 1
            failures = 0 if self.is_up.is_set() else failures + 1
            self._down()
            self.place += 1
            await asyncio.sleep(PAUSES[min(failures, len(PAUSES) - 1)])

    async def _connected(self) -> None:
        async with self.talk.connected(self) as socket:
            self.socket, self.passed, self.is_asking = socket, 0, False
            asyncio.get_running_loop().call_later(ANSWER, self._doubt, socket)
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await self._hear(**json.loads(message.data))
            self.talk.counted[f"closed {socket.close_code}"] += 1

    def _doubt(self, socket: Any) -> None:
        if self.socket is socket and not socket.closed and not self.is_up.is_set():
            self.talk.counted["sockets that never began"] += 1
            self.closing = asyncio.ensure_future(socket.close())

    def _down(self) -> None:
        self.is_up.clear()
        if self.answer is not None and not self.answer.done():
            self.answer.set_result(None)

    async def _ask(self, **frame: Any) -> None:
        with suppress(ClientError, OSError):
            await self.socket.send_str(json.dumps(frame))

    # What comes

    async def _hear(self, type: str, **facts: Any) -> None:
        if hear := getattr(self, f"_hear_{type}", None):
            await hear(facts)

    async def _hear_open(self, facts: dict[str, Any]) -> None:
        self.marked = 0
        if facts["last"] > self.last:
            await self._since()
        else:
            await self._mark()
        self.is_up.set()

    async def _hear_message(self, facts: dict[str, Any]) -> None:
        if facts["number"] <= self.passed:
            self.talk.counted["messages out of their order in one socket"] += 1
        self.passed = facts["number"]
        await self._add(facts)
        if self.ahead:
            await self._since()
        await self._mark()

    async def _hear_messages(self, facts: dict[str, Any]) -> None:
        self.talk.counted["messages by asking"] += len(facts["messages"])
        self.is_asking = False
        for message in facts["messages"]:
            await self._add(message)
        await self._mark()
        if facts["more"] or (facts["messages"] and self.ahead):
            await self._since()

    async def _hear_sent(self, facts: dict[str, Any]) -> None:
        self._settle(facts)
        self._note(facts["number"])
        if self.ahead:
            await self._since()

    async def _hear_error(self, facts: dict[str, Any]) -> None:
        self.talk.counted[f"refused: {facts['code']}"] += 1
        if "id" in facts:
            self._settle(facts)
        elif facts["code"] in BACK:
            await asyncio.sleep(LATER)
            self.is_asking = False
            await self._since()

    def _settle(self, facts: dict[str, Any]) -> None:
        if facts["id"] == self.key and self.answer is not None and not self.answer.done():
            self.answer.set_result(facts)

    async def _add(self, message: dict[str, Any]) -> None:
        if message["number"] not in self.known and not message["mine"]:
            self.heard.append((message["number"], message["text"]))
        self.known.add(message["number"])
        self._note(message["number"])

    def _note(self, number: int) -> None:
        if number > self.last:
            self.ahead.add(number)
        while self.last + 1 in self.ahead:
            self.last += 1
            self.ahead.discard(self.last)

    async def _since(self) -> None:
        if not self.is_asking:
            self.is_asking = True
            await self._ask(do="since", number=self.last)

    async def _mark(self) -> None:
        if self.last > self.marked:
            self.marked = self.last
            await self._ask(do="got", number=self.last)

    # What goes

    async def write(self) -> None:
        """Write one message after the other until the talk is over."""
        while not self.talk.is_over.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self.talk.is_over.wait(), random.uniform(*BETWEEN))  # noqa: S311 -- only a pause
                return
            key = str(uuid.uuid4())
            entry = [key, f"{TEXT} {key.translate(NOT_WORDS)}", None]
            self.written.append(entry)
            began = time.monotonic()
            entry[2] = await self._deliver(*entry[:2])
            self.talk.answered(time.monotonic() - began)

    async def _deliver(self, key: str, text: str) -> int:
        tries = 0
        while True:
            await self.is_up.wait()
            self.talk.counted["sent again"] += bool(tries)
            tries += 1
            self.key, self.answer = key, asyncio.get_running_loop().create_future()
            await self._ask(do="send", id=key, text=text)
            try:
                answer = await asyncio.wait_for(asyncio.shield(self.answer), ANSWER)
            except TimeoutError:
                self.talk.counted["never answered over a socket that lived"] += 1
                await self.socket.close()
                continue
            if answer and "number" in answer:
                return answer["number"]
            if answer and answer["code"] not in BACK:
                raise RuntimeError(f"a message was refused: {answer['code']}")
            if answer:
                await asyncio.sleep(LATER)


class Talk:
    """All pages, and what is counted of them."""

    def __init__(self, pairs: list[list[str]], ports: list[int]):
        self.ports, self.counted = ports, Counter()
        self.is_over, self.gate = asyncio.Event(), asyncio.Semaphore(8)
        self.count, self.longest = 0, 0.0
        patience = ClientTimeout(total=ANSWER)  # of the shake of hands
        self.session = ClientSession(connector=TCPConnector(limit=0), cookie_jar=DummyCookieJar(), timeout=patience)
        sides = [(conversation, cookie) for conversation, *both in pairs for cookie in both]
        self.pages = [Page(self, *side, place) for place, side in enumerate(sides)]

    def connected(self, page: Page) -> Any:
        self.counted["sockets"] += 1
        address = f"http://127.0.0.1:{self.ports[page.place % len(self.ports)]}"
        headers = {"Cookie": page.cookie}
        path = f"/ws/chat/{page.conversation}/"
        return self.session.ws_connect(f"{address}{path}", origin=address, headers=headers)

    def answered(self, seconds: float) -> None:
        self.count += 1
        self.longest = max(self.longest, seconds)

    async def go_on(self) -> dict[str, Any]:
        """Talk until the standard input says that it is enough, and all is everywhere; return the report."""
        sockets = [asyncio.create_task(page.live()) for page in self.pages]
        await asyncio.gather(*(page.is_up.wait() for page in self.pages))
        tell, writing = asyncio.create_task(self._tell()), [asyncio.create_task(page.write()) for page in self.pages]
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
        self.is_over.set()
        await asyncio.gather(*writing)
        settled = await self._settled()
        tell.cancel()
        for task in sockets:
            task.cancel()
        await asyncio.gather(*sockets, return_exceptions=True)
        return {
            "pages": [{"conversation": p.conversation, "written": p.written, "heard": p.heard} for p in self.pages],
            "anew": await asyncio.gather(*map(self._anew, self.pages)),
            "counted": dict(self.counted),
            "longest": self.longest,
            "settled": settled,
        }

    async def _tell(self) -> None:
        while True:
            up = sum(page.is_up.is_set() for page in self.pages)
            print(json.dumps({"answered": self.count, "up": up, "counted": self.counted}), flush=True)
            await asyncio.sleep(0.1)

    async def _settled(self) -> float | None:
        """Return after how many seconds all pages had all that was answered; nothing when some did not."""
        newest = {}
        for page in self.pages:
            numbers = [number for _key, _text, number in page.written]
            newest[page.conversation] = max([newest.get(page.conversation, 0), *numbers])
        began = time.monotonic()
        while any(page.last < newest[page.conversation] for page in self.pages):
            if time.monotonic() > began + SETTLED:
                return None
            await asyncio.sleep(0.05)
        await asyncio.sleep(1)  # until the last marks are written
        return time.monotonic() - began - 1

    async def _anew(self, page: Page) -> list[tuple[int, str, bool]]:
        """Return all that a page has that is opened now: number, text, whether it is its own."""
        found: list[tuple[int, str, bool]] = []
        async with self.gate, self.connected(page) as socket:
            await socket.receive_json()
            while True:
                await socket.send_json({"do": "since", "number": found[-1][0] if found else 0})
                while (frame := await socket.receive_json())["type"] != "messages":
                    pass
                found += [(m["number"], m["text"], m["mine"]) for m in frame["messages"]]
                if not frame["more"]:
                    return found


async def main() -> None:
    """Let those of the first line talk."""
    talk = Talk(**json.loads(sys.stdin.readline()))
    print(json.dumps(await talk.go_on()), flush=True)
    await talk.session.close()


if __name__ == "__main__":
    asyncio.run(main())
