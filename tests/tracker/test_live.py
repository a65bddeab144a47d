"""The live tracker: who is told, what is said, and to whom nothing is."""

import asyncio
from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.live import group
from notifications.consumers import NewsConsumer
from tests.accounts.support import phrase
from tests.support.cast import PASSWORD
from tests.support.html import said
from tests.support.ports import free_port
from tests.support.sockets import ORIGIN, Socket, play
from tracker import live
from tracker.models import MoodEntry

pytestmark = pytest.mark.django_db(transaction=True)
QUIET = 0.5  # seconds in which nothing is said; what is said takes some milliseconds
post = sync_to_async(lambda client, address="/kk/mood/record/", **sent: client.post(address, sent, follow=True))


def socket(client: Client, origin: str | None = ORIGIN, path: str = "/ws/news/") -> Socket:
    return Socket(client, path, origin)


def test_every_open_page_of_the_owner_is_told_of_a_record_and_nobody_else(as_person, owner, other_user):
    browser, phone, stranger = as_person(owner), as_person(owner), as_person(other_user)

    async def scene():
        channels = [socket(browser), socket(browser), socket(phone)]
        silent = socket(stranger)
        for channel in (*channels, silent):
            assert await channel.connect()
        await post(phone, level="4", note="құпия")
        assert [await channel.told() for channel in channels] == [{"type": "moods.changed"}] * 3
        assert await silent.receive_nothing(timeout=QUIET)
        for channel in (*channels, silent):
            await channel.leave()

    play(scene)


def test_changes_and_deletions_are_told_and_a_replay_is_not(as_person, owner, record):
    client, entry = as_person(owner), record(owner, 3)
    key = "7c0de6a6-2cd4-4ca3-a3b7-4d6c7b6f2f11"

    async def scene():
        channel = socket(client)
        await channel.connect()
        for address, sent in [
            ("/kk/mood/record/", {"level": "2", "form_key": key}),
            (f"/kk/mood/{entry.public_id}/", {"level": "5"}),
            (f"/kk/mood/{entry.public_id}/delete/", {}),
        ]:
            await post(client, address, **sent)
            assert await channel.told() == {"type": "moods.changed"}
        await post(client, level="2", form_key=key)
        await post(client, level="9")
        assert await channel.receive_nothing(timeout=QUIET)
        await channel.leave()

    play(scene)


def test_what_goes_through_valkey_carries_no_content(as_person, owner):
    client = as_person(owner)

    async def scene():
        layer = get_channel_layer()
        mailbox = await layer.new_channel()
        await layer.group_add(group(owner), mailbox)
        await post(client, level="1", note="құпия")
        said = {"type": "moods.changed"}
        whole = {"type": "news", "whose": str(owner.public_id), "said": said}
        assert await asyncio.wait_for(layer.receive(mailbox), 5) == whole

    play(scene)
    assert str(owner.public_id) in group(owner)


@pytest.mark.parametrize("origin", ["https://example.com", "http://localhost.example.com", "null", None])
def test_a_socket_opened_by_another_site_is_refused(as_person, owner, origin):
    client = as_person(owner)

    async def scene():
        assert not await socket(client, origin).connect()

    play(scene)


def test_whoever_is_signed_out_is_refused(as_person, db):
    client = as_person(None)

    async def scene():
        channel = socket(client)
        assert not await channel.connect()
        assert channel.code == 4401

    play(scene)


@pytest.mark.parametrize("path", ["/ws/", "/ws/news", "/ws/mood/", "/ws/nothing/"])
def test_no_socket_opens_at_another_address(as_person, owner, path):
    client = as_person(owner)

    async def scene():
        channel = socket(client, path=path)
        assert not await channel.connect()
        assert channel.code == 4404

    play(scene)


@pytest.mark.parametrize("message", [{"text": "{}"}, {"text": "x" * 100_000}, {"bytes": b"\x00"}])
def test_whatever_a_page_says_closes_the_socket(as_person, owner, message):
    client = as_person(owner)

    async def scene():
        channel = socket(client)
        await channel.connect()
        await channel.say(**message)
        assert await channel.closed() == 4400

    play(scene)


def _sign_out(client: Client, owner) -> None:
    client.post("/kk/account/logout/")


def _leave_quickly(client: Client, owner) -> None:
    client.post("/exit/")


def _be_blocked(client: Client, owner) -> None:
    owner.is_active = False
    owner.save(update_fields=["is_active"])


@pytest.fixture
def looks_each_time(monkeypatch):
    """What nobody announces is noticed after some seconds; here at once."""
    monkeypatch.setattr(NewsConsumer, "looks_last", 0)


@pytest.mark.usefixtures("looks_each_time")
@pytest.mark.parametrize("end", [_sign_out, _leave_quickly, _be_blocked])
def test_a_socket_whose_session_ended_is_closed_instead_of_told(as_person, owner, end):
    client = as_person(owner)

    async def scene():
        channel = socket(client)
        assert await channel.connect()
        await sync_to_async(end)(client, owner)
        if end in (_sign_out, _leave_quickly):
            assert await channel.told() == {"type": "sign_in.ended"}
        await sync_to_async(live.changed)(owner)
        assert await channel.closed() == 4401

    play(scene)


def test_a_new_password_ends_the_sockets_of_other_browsers_and_leaves_those_of_this_one(as_person, owner):
    here, there = as_person(owner), as_person(owner)
    new = {"oldpassword": PASSWORD, "password1": f"{PASSWORD}-new", "password2": f"{PASSWORD}-new"}

    async def scene():
        mine, other = socket(here), socket(there)
        for channel in (mine, other):
            assert await channel.connect()
        await post(here, "/kk/account/password/change/", **new)
        assert await other.told() == {"type": "sign_in.ended"}
        assert await other.closed() == 4401
        await post(here, level="4")
        assert await mine.told() == {"type": "moods.changed"}
        await mine.leave()

    play(scene)


@pytest.mark.usefixtures("looks_each_time")
def test_a_sign_in_that_was_quiet_for_too_long_hears_of_nothing(as_person, owner):
    client = as_person(owner)

    async def scene():
        channel = socket(client)
        await channel.connect()
        await sync_to_async(owner.sign_ins.update)(seen_at=timezone.now() - timedelta(hours=13))
        await sync_to_async(live.changed)(owner)
        assert await channel.closed() == 4401

    play(scene)


def test_signing_out_here_leaves_the_other_devices_connected(as_person, owner):
    here, there = as_person(owner), as_person(owner)

    async def scene():
        channel = socket(there)
        await channel.connect()
        await post(here, "/kk/account/logout/")
        await post(there, level="4")
        assert await channel.told() == {"type": "moods.changed"}
        await channel.leave()

    play(scene)


def test_without_valkey_a_record_is_kept_and_said(as_person, owner, settings):
    nowhere = {"hosts": [f"redis://127.0.0.1:{free_port()}/0"]}
    settings.CHANNEL_LAYERS = {"default": settings.CHANNEL_LAYERS["default"] | {"CONFIG": nowhere}}
    response = as_person(owner).post("/en/mood/record/", {"level": "4", "note": "сақталсын"}, follow=True)
    assert said(response) == ["success: Saved: good."]
    assert MoodEntry.objects.get().note == "сақталсын"


def test_a_record_that_is_rolled_back_is_not_told(as_person, owner):
    client = as_person(owner)

    def change_and_fail() -> None:
        with transaction.atomic():
            live.changed(owner)
            transaction.set_rollback(True)

    async def scene():
        channel = socket(client)
        await channel.connect()
        await sync_to_async(change_and_fail)()
        assert await channel.receive_nothing(timeout=QUIET)
        await channel.leave()

    play(scene)


def test_the_panel_speaks_the_language_of_its_address_whoever_asked_before(as_person, owner, record):
    record(owner, 4)
    client = as_person(owner)
    words = {}
    for language in ("kk", "ru", "en", "kk"):
        words[language] = client.get(f"/{language}/mood/week/").content.decode()
        assert phrase("Average", language) in words[language]
    assert len(set(words.values())) == 3
