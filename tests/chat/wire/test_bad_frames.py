"""What no page of ours sends: each gets a typed error, and the socket lives."""

import json
import uuid

import pytest

from accounts.models import User
from chat.wire import limits
from chat.wire.lines import TOO_MANY
from tests.support.sockets import play

pytestmark = pytest.mark.django_db(transaction=True)
KEY = str(uuid.uuid4())
NESTED = "[" * 60_000
BAD = {
    "binary": ({"bytes": b"\x00\xff"}, "unreadable"),
    "one megabyte": ({"text": json.dumps({"do": "send", "id": KEY, "text": "a" * 1_000_000})}, "too_large"),
    "no JSON": ({"text": "{"}, "unreadable"),
    "nested": ({"text": NESTED}, "unreadable"),
    "a list": ({"text": "[]"}, "unreadable"),
    "no action": ({"text": "{}"}, "unknown"),
    "an unknown action": ({"text": '{"do": "delete"}'}, "unknown"),
    "an action of another type": ({"text": '{"do": ["send"]}'}, "unknown"),
    "a private action": ({"text": '{"do": "_send"}'}, "unknown"),
    "no id": ({"text": '{"do": "send", "text": "a"}'}, "unreadable"),
    "an id that is none": ({"text": '{"do": "send", "id": "1", "text": "a"}'}, "unreadable"),
    "words that are none": ({"text": json.dumps({"do": "send", "id": KEY, "text": 1})}, "unreadable"),
    "no words": ({"text": json.dumps({"do": "send", "id": KEY, "text": " \u0000\n"})}, "words"),
    "too many words": ({"text": json.dumps({"do": "send", "id": KEY, "text": "a" * 4001})}, "words"),
    "a reply to nothing": ({"text": json.dumps({"do": "send", "id": KEY, "text": "a", "reply": 7})}, "no_such"),
    "a reply to a truth": ({"text": json.dumps({"do": "send", "id": KEY, "text": "a", "reply": True})}, "unreadable"),
    "since a word": ({"text": '{"do": "since", "number": "1"}'}, "unreadable"),
    "since a negative": ({"text": '{"do": "since", "number": -1}'}, "no_such"),
    "since what is too large": ({"text": '{"do": "since", "number": 99999999999}'}, "no_such"),
    "read what is to come": ({"text": '{"do": "read", "number": 2}'}, "no_such"),
    "got nothing": ({"text": '{"do": "got", "number": 0}'}, "no_such"),
    "a draft that is none": ({"text": '{"do": "draft", "text": 1}'}, "unreadable"),
    "a draft that nobody wants to see": ({"text": '{"do": "draft", "text": "a"}'}, "not_agreed"),
    "typing perhaps": ({"text": '{"do": "typing", "on": 1}'}, "unreadable"),
}


def test_each_bad_frame_gets_its_error_and_the_socket_lives(owner: User, open_page, settings, caplog):
    settings.CHAT_BURST = 1000

    async def scene():
        page = await open_page(owner, language="ru")
        codes = {}
        for name, (frame, _code) in BAD.items():
            await page.say(**frame)
            answer = await page.told()
            assert answer["type"] == "error"
            assert answer["words"]
            codes[name] = answer["code"]
        assert codes == {name: code for name, (_frame, code) in BAD.items()}
        await page.send("Ещё здесь")
        assert (await page.told())["number"] == 1
        for do in ("read", "got"):
            await page.ask(do, number=1)
        await page.send("И ещё")
        assert (await page.told())["number"] == 2
        await page.ask("got", number=2)
        await page.ask("got", number=1)
        assert (await page.told())["code"] == "old"
        await page.leave()

    play(scene)
    assert "aaaa" not in caplog.text


def test_whoever_sends_without_end_is_slowed_down_and_closed_in_the_end(owner, assigned_volunteer, open_page, settings):
    settings.CHAT_BURST = 3

    async def scene():
        page, theirs = await open_page(owner), await open_page(assigned_volunteer)
        for _message in range(4 + limits.PATIENCE + 5):
            await page.send("a")
        frames = []
        while (answer := await page.receive_output(5))["type"] == "websocket.send":
            frames.append(json.loads(answer["text"]))
        assert answer["code"] == TOO_MANY
        slow = [frame for frame in frames if frame["type"] == "error"]
        assert {frame["code"] for frame in slow} == {"slow"}
        assert all(frame["id"] for frame in slow)
        for number in range(1, 4):  # as many as may come at once
            assert (await theirs.told())["number"] == number
        await theirs.leave()

    play(scene)


def test_a_person_has_so_many_sockets_and_no_more(owner, as_person, open_page, conversation, monkeypatch):
    monkeypatch.setattr(limits, "MOST_SOCKETS", 2)

    async def scene():
        pages = [await open_page(owner) for _page in range(2)]
        with pytest.raises(AssertionError, match=str(TOO_MANY)):
            await open_page(owner)
        await pages[0].leave()
        pages[0] = await open_page(owner)
        for page in pages:
            await page.leave()

    play(scene)
