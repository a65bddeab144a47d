"""The socket of a browser that asked without an account: it hears of its own request, and ends with its session."""

import uuid

import pytest
from asgiref.sync import sync_to_async
from django.db import transaction
from django.test import Client

from emergency.alarms.live import say_request
from emergency.models import HelpRequest
from tests.support.sockets import Socket, play

pytestmark = pytest.mark.django_db(transaction=True)
ASK = "/en/urgent-help/ask/"


def asked() -> tuple[Client, HelpRequest]:
    browser = Client()
    browser.post(ASK, {"form_key": uuid.uuid4()})
    return browser, HelpRequest.objects.get(public_id=browser.session["urgent_request"]["id"])


def change(request: HelpRequest) -> None:
    with transaction.atomic():
        say_request(request)


def path(request: HelpRequest) -> str:
    return f"/ws/urgent/{request.public_id}/"


def test_it_hears_that_its_own_request_changed_and_of_no_other():
    (browser, mine), (stranger, other) = asked(), asked()

    async def scene():
        socket = Socket(browser, path(mine))
        assert await socket.connect()
        await sync_to_async(change)(other)
        await sync_to_async(change)(mine)
        assert await socket.told() == {"type": "urgent.changed", "request": str(mine.public_id)}
        assert not await Socket(stranger, path(mine)).connect()
        assert not await Socket(Client(), path(mine)).connect()
        await socket.say(text="{}")
        assert await socket.closed() == 4400

    play(scene)


def test_it_closes_when_the_session_has_ended():
    browser, mine = asked()

    async def scene():
        socket = Socket(browser, path(mine))
        assert await socket.connect()
        await sync_to_async(browser.post)("/exit/")
        await sync_to_async(change)(mine)
        assert await socket.closed() == 4401

    play(scene)
