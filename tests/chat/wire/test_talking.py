"""Two people talk over sockets, of one process or of two."""

import asyncio
import threading
import uuid
from collections.abc import Iterator

import pytest
from asgiref.sync import sync_to_async
from channels.db import database_sync_to_async

from chat import live
from chat.access import Seat
from chat.choices import LONGEST
from chat.models import Message, Side
from chat.wire import lines
from chat.writing.services import write
from tests.support.servers import Valkey
from tests.support.sockets import play

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Бүгін ұйықтай алмадым 🌙"
WRITERS, EACH = 50, 4


def test_a_message_is_stored_acknowledged_and_comes_to_all_other_pages(owner, assigned_volunteer, open_page):
    async def scene():
        page, tab, theirs = [await open_page(person) for person in (owner, owner, assigned_volunteer)]
        assert page.greeting == {"type": "open", "last": 0, "got": 0, "read": 0, "here": False, "can_write": True}
        key = await page.send(WORDS)
        sent, mine, came = [await one.told() for one in (page, tab, theirs)]
        assert (sent["type"], sent["id"], sent["number"]) == ("sent", key, 1)
        same = {"type": "message", "number": 1, "text": WORDS, "at": sent["at"], "reply": None, "reactions": {}}
        same |= {"edited": False, "deleted": False, "hidden": False, "level": 0}
        assert (mine, came) == (same | {"mine": True}, same | {"mine": False})
        await theirs.send("Тыңдап тұрмын", reply=1)
        assert [(await one.told())["mine"] for one in (page, tab)] == [False, False]
        assert (await theirs.told())["number"] == 2
        for one in (page, tab, theirs):
            await one.leave()

    play(scene)
    rows = [(row.text, row.by_owner, row.reply_to) for row in Message.objects.order_by("number")]
    assert rows == [(WORDS, True, None), ("Тыңдап тұрмын", False, 1)]


def test_the_same_sent_again_is_one_message_and_other_words_are_refused(owner, assigned_volunteer, open_page):
    async def scene():
        page, theirs = await open_page(owner), await open_page(assigned_volunteer)
        key = await page.send(WORDS)
        await page.send(WORDS, key)
        first, again = await page.told(), await page.told()
        assert again == first
        await page.send("Басқа сөз", key)
        refused = await page.told()
        assert (refused["type"], refused["code"], refused["id"]) == ("error", "other_words", key)
        await theirs.send("Сәлем")
        assert [(await theirs.told())["number"] for _frame in range(2)] == [1, 2]
        for one in (page, theirs):
            await one.leave()

    play(scene)
    assert Message.objects.count() == 2


def test_numbers_have_no_gaps_whoever_writes_by_socket_and_by_form(
    owner, assigned_volunteer, conversation, open_page, settings
):
    settings.CHAT_BURST = 1000
    people = (owner, assigned_volunteer)
    seats = [Seat(conversation, person, can_write=True) for person in people]
    form = database_sync_to_async(write, thread_sensitive=False)

    async def by_form(writer: int):
        for _message in range(EACH):
            await form(seats[writer % 2], WORDS, client_id=uuid.uuid4())

    async def scene():
        pages = [await open_page(people[writer % 2]) for writer in range(4)]

        async def by_socket(writer: int):
            for _message in range(EACH):
                await pages[writer % 4].send(WORDS)

        await asyncio.gather(*((by_form if w < 12 else by_socket)(w) for w in range(WRITERS)))
        for page in pages:
            heard = [await page.told() for _frame in range(WRITERS * EACH)]
            assert [frame["number"] for frame in heard] == list(range(1, WRITERS * EACH + 1))
            assert {frame["type"] for frame in heard} == {"sent", "message"}
            await page.leave()

    play(scene)
    assert sorted(Message.objects.values_list("number", flat=True)) == list(range(1, WRITERS * EACH + 1))


class Elsewhere:
    """Another loop with its own hub: another process, as far as sockets know."""

    def __init__(self) -> None:
        self.loop, self._is_there = None, threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._stay()))
        self._thread.start()
        self._is_there.wait()

    async def _stay(self) -> None:
        self.loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        self._is_there.set()
        await self._over.wait()

    async def do(self, what):
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(what, self.loop))

    def end(self) -> None:
        self.loop.call_soon_threadsafe(self._over.set)
        self._thread.join()


@pytest.fixture
def elsewhere(db) -> Iterator[Elsewhere]:
    other = Elsewhere()
    yield other
    other.end()


def test_processes_tell_each_other_messages_marks_and_who_is_there(
    owner, assigned_volunteer, conversation, open_page, elsewhere
):
    Side.objects.filter(conversation=conversation).update(typing=True, presence=True)

    async def scene():
        page, theirs = await open_page(owner), await elsewhere.do(open_page(assigned_volunteer))
        assert await page.told() == {"type": "here", "on": True}
        assert await elsewhere.do(theirs.told()) == {"type": "here", "on": True}
        await page.ask("typing", on=True)
        assert await elsewhere.do(theirs.told()) == {"type": "typing", "on": True}
        await page.send(WORDS)
        assert (await page.told())["type"] == "sent"
        came = await elsewhere.do(theirs.told())
        assert (came["text"], came["mine"]) == (WORDS, False)
        await elsewhere.do(theirs.ask("read", number=1))
        assert await page.told() == {"type": "marks", "got": 1, "read": 1}
        await elsewhere.do(theirs.leave())
        assert await page.told() == {"type": "here", "on": False}
        await page.leave()

    play(scene)
    assert list(Side.objects.values_list("person", "read")) == [(owner.pk, 0), (assigned_volunteer.pk, 1)]


def test_what_the_two_do_not_both_wish_is_not_shown(owner, assigned_volunteer, conversation, open_page):
    Side.objects.filter(person=owner).update(typing=True, presence=True)
    mine = Side.objects.filter(person=assigned_volunteer)

    async def scene():
        page, theirs = await open_page(owner), await open_page(assigned_volunteer)
        assert theirs.greeting["here"] is False
        await page.ask("typing", on=True)
        await database_sync_to_async(mine.update)(typing=True, presence=True)
        await sync_to_async(live.say)(conversation, {"type": "wishes"})
        assert [await one.told() for one in (page, theirs)] == [{"type": "here", "on": True}] * 2
        await page.ask("typing", on=False)
        assert await theirs.told() == {"type": "typing", "on": False}
        for one in (page, theirs):
            await one.leave()

    play(scene)


def test_words_are_seen_while_they_are_written_as_long_as_both_wish_it_and_nothing_keeps_them(
    owner, assigned_volunteer, conversation, open_page, elsewhere, caplog
):
    sides = Side.objects.filter(conversation=conversation)
    sides.update(live=True)

    async def scene():
        page, beside = await open_page(owner), await open_page(owner)
        theirs = await elsewhere.do(open_page(assigned_volunteer))

        async def shown(text: str) -> str:
            await page.ask("draft", text=text)
            frame = await elsewhere.do(theirs.told())
            assert frame["type"] == "draft"
            return frame["text"]

        assert await shown("Бүгін ұйқым \ud83d") == "Бүгін ұйқым "  # half of a sign
        assert await shown(WORDS) == WORDS
        assert len(await shown("а" * 5000)) == LONGEST
        assert await shown("+7 701 234") == "•••"  # half of a number already
        nothing = {"type": "draft", "text": ""}
        await beside.leave()  # it may be the one that wrote
        assert await elsewhere.do(theirs.told()) == nothing
        beside = await open_page(owner)
        await page.send(WORDS)
        assert [(await page.told())["type"], (await beside.told())["type"]] == ["sent", "message"]
        assert (await elsewhere.do(theirs.told()))["type"] == "message"
        await database_sync_to_async(sides.filter(person=assigned_volunteer).update)(live=False)
        await sync_to_async(live.say)(conversation, {"type": "wishes"})
        assert [await page.told(), await elsewhere.do(theirs.told())] == [nothing, nothing]
        await page.ask("draft", text=WORDS)
        assert (await page.told())["code"] == "not_agreed"
        await page.leave()
        await beside.leave()
        await elsewhere.do(theirs.leave())

    play(scene)
    assert Message.objects.count() == 1
    assert "ұйқым" not in caplog.text


def test_a_page_gets_what_it_missed_in_parts(owner, assigned_volunteer, conversation, open_page, monkeypatch):
    monkeypatch.setattr("chat.wire.seats.PAGE", 5)
    seat = Seat(conversation, owner, can_write=True)
    for number in range(8):
        write(seat, str(number + 1), client_id=uuid.uuid4())

    async def scene():
        page = await open_page(assigned_volunteer)
        assert page.greeting["last"] == 8
        parts = []
        for number in (0, 5, 8):
            await page.ask("since", number=number)
            parts.append(await page.told())
        assert [(len(part["messages"]), part["more"]) for part in parts] == [(5, True), (3, False), (0, False)]
        assert [m["text"] for part in parts for m in part["messages"]] == [str(n + 1) for n in range(8)]
        await page.leave()

    play(scene)


def test_a_changed_message_comes_as_each_side_sees_it(owner, assigned_volunteer, conversation, open_page):
    write(Seat(conversation, owner, can_write=True), WORDS, client_id=uuid.uuid4())

    async def scene():
        page, theirs = await open_page(owner), await open_page(assigned_volunteer)
        await sync_to_async(live.say)(conversation, {"type": "changed", "number": 1})
        frames = [await one.told() for one in (page, theirs)]
        assert [(f["type"], f["text"], f["mine"]) for f in frames] == [
            ("changed", WORDS, True),
            ("changed", WORDS, False),
        ]
        for one in (page, theirs):
            await one.leave()

    play(scene)


def test_who_does_not_read_is_closed_and_costs_the_others_nothing(
    owner, assigned_volunteer, conversation, open_page, monkeypatch
):
    monkeypatch.setattr(lines, "MOST_WAITING", 5)

    async def scene():
        page, slow = await open_page(owner), await open_page(assigned_volunteer)
        line = next(iter(_line_of(slow)))
        free = asyncio.Event()
        send = line._send

        async def stuck(message):
            await free.wait()
            await send(message)

        line._send = stuck
        for number in range(1, 10):
            await page.send(WORDS)
            assert (await page.told())["number"] == number
        assert await slow.closed() == lines.TOO_SLOW
        await page.leave()

    def _line_of(_page):
        from chat.wire import hub

        return hub.here().rooms[str(conversation.public_id)].lines[False]

    play(scene)


def test_after_valkey_was_away_pages_are_told_to_look(
    owner, assigned_volunteer, conversation, open_page, settings, tmp_path
):
    valkey = Valkey(tmp_path)
    settings.REDIS_URL = valkey.url

    async def scene():
        page, theirs = await open_page(owner), await open_page(assigned_volunteer)
        await sync_to_async(valkey.kill)()
        await page.send(WORDS)  # goes on without it
        assert [(await one.told())["number"] for one in (page, theirs)] == [1, 1]
        # Told to another Valkey: nobody hears of it.
        await sync_to_async(write)(Seat(conversation, owner, can_write=True), "Естідіңіз бе?", client_id=uuid.uuid4())
        await sync_to_async(valkey.start)()
        for one in (page, theirs):
            assert {"type": "open", "last": 2}.items() <= (await one.told()).items()
        await theirs.ask("since", number=1)
        assert [m["text"] for m in (await theirs.told())["messages"]] == ["Естідіңіз бе?"]
        for one in (page, theirs):
            await one.leave()

    try:
        play(scene)
    finally:
        valkey.stop()
