"""The live count of unread news: who is told which number, and that nothing depends on it."""

import pytest
from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.live import group
from notifications import live
from notifications.models import Notification
from notifications.services import notify_all
from tests.support.ports import free_port
from tests.support.sockets import Socket, play

pytestmark = pytest.mark.django_db(transaction=True)
QUIET = 0.3  # seconds in which nothing is said
post = sync_to_async(lambda client, address, **sent: client.post(f"/en/notifications/{address}", sent))
get = sync_to_async(lambda client, address: client.get(f"/en/notifications/{address}"))


def unread(number: int) -> dict:
    return {"type": "notifications.changed", "unread": number}


def test_a_page_hears_the_count_when_it_connects_and_whenever_it_changes(as_person, owner, other_user, told):
    told(owner)
    browser, phone, stranger = as_person(owner), as_person(owner), as_person(other_user)

    async def scene():
        channels = [Socket(client, "/ws/news/") for client in (browser, phone, stranger)]
        for channel in channels:
            assert await channel.connect()
        assert [channel.greeting for channel in channels] == [unread(1), unread(1), unread(0)]
        mine, theirs = channels[:2], channels[2]
        news = await sync_to_async(told)(owner)
        assert [await channel.told() for channel in mine] == [unread(2)] * 2
        await get(phone, f"{news.public_id}/")
        assert [await channel.told() for channel in mine] == [unread(1)] * 2
        await get(phone, f"{news.public_id}/")  # nothing changes
        await post(browser, "read/")
        assert [await channel.told() for channel in mine] == [unread(0)] * 2
        await post(browser, "delete/", public_id=news.public_id)
        assert [await channel.told() for channel in mine] == [unread(0)] * 2
        assert await theirs.receive_nothing(timeout=QUIET)
        for channel in channels:
            await channel.leave()

    play(scene)


def test_what_is_rolled_back_is_not_told(as_person, owner, told):
    client = as_person(owner)

    def tell_and_fail() -> None:
        with transaction.atomic():
            told(owner)
            transaction.set_rollback(True)

    async def scene():
        channel = Socket(client, "/ws/news/")
        await channel.connect()
        await sync_to_async(tell_and_fail)()
        assert await channel.receive_nothing(timeout=QUIET)
        await channel.leave()

    play(scene)


def test_many_people_are_counted_in_one_query_and_each_hears_their_own(owner, other_user, told):
    told(owner)
    heard = []

    async def scene():
        layer = get_channel_layer()
        mailboxes = [await layer.new_channel() for _ in range(2)]
        for person, mailbox in zip((owner, other_user), mailboxes, strict=True):
            await layer.group_add(group(person), mailbox)
        await sync_to_async(notify_all)([owner, other_user], "inbox_news", {"what": "came"})
        heard.extend([await layer.receive(mailbox) for mailbox in mailboxes])

    play(scene)
    whose = [str(person.public_id) for person in (owner, other_user)]
    assert heard == [{"type": "news", "said": unread(n), "whose": w} for n, w in zip((2, 1), whose, strict=True)]
    with CaptureQueriesContext(connection) as queries:
        live.changed([owner, other_user])
    assert len(queries) == 1


def test_without_valkey_somebody_is_told_all_the_same(as_person, owner, told, settings):
    nowhere = {"hosts": [f"redis://127.0.0.1:{free_port()}/0"]}
    settings.CHANNEL_LAYERS = {"default": settings.CHANNEL_LAYERS["default"] | {"CONFIG": nowhere}}
    news = told(owner)
    assert as_person(owner).get(f"/en/notifications/{news.public_id}/").status_code == 302
    assert Notification.objects.get().read_at


def test_a_socket_of_an_ended_sign_in_learns_no_number(as_person, owner, told):
    told(owner)
    client = as_person(owner)
    type(owner).objects.filter(pk=owner.pk).update(agreed_version="")

    async def scene():
        channel = Socket(client, "/ws/news/")
        assert not await channel.connect()
        assert channel.code in {4401, 4403}

    play(scene)
    type(owner).objects.filter(pk=owner.pk).update(agreed_version=owner.agreed_version)
    owner.sign_ins.update(seen_at="2020-01-01T00:00Z")

    async def later():
        channel = Socket(client, "/ws/news/")
        assert not await channel.connect()
        assert channel.code == 4401

    play(later)


def test_people_of_no_news_are_not_asked_about(django_assert_num_queries):
    with django_assert_num_queries(0):
        live.changed([])
