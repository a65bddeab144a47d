"""Many are called at once: in one message, which only those hear whom it names."""

import pytest
from asgiref.sync import sync_to_async

from accounts import live
from accounts.choices import Role
from notifications.consumers import NewsConsumer
from tests.support.cast import make_person
from tests.support.duty import on_duty
from tests.support.sockets import Socket, play
from tests.support.urgent import open_for

pytestmark = pytest.mark.django_db(transaction=True)
QUIET = 0.3  # seconds in which nothing is said
ALARM = {"type": "urgent.alarm"}


def test_those_on_duty_hear_the_alarm_and_other_psychologists_and_people_hear_nothing(as_person, owner, other_user):
    called = [as_person(on_duty(name)) for name in ("dana", "asel")]
    others = [as_person(make_person("saule", role=Role.PSYCHOLOGIST)), as_person(other_user)]

    async def scene():
        hearing, quiet = ([Socket(client, "/ws/news/") for client in clients] for clients in (called, others))
        for channel in (*hearing, *quiet):
            assert await channel.connect()
        await sync_to_async(open_for)(owner)
        assert [await channel.told() for channel in hearing] == [ALARM, ALARM]
        for channel in quiet:
            assert await channel.receive_nothing(timeout=QUIET)
        for channel in (*hearing, *quiet):
            await channel.leave()

    play(scene)


def test_a_volunteer_who_is_named_hears_it_alone(as_person, other_user, unrelated_volunteer):
    volunteer, stranger = as_person(unrelated_volunteer), as_person(other_user)

    async def scene():
        channels = [Socket(client, "/ws/news/") for client in (volunteer, stranger)]
        for channel in channels:
            await channel.connect()
        await sync_to_async(live.say_together)([unrelated_volunteer], ALARM)
        assert await channels[0].told() == ALARM
        assert await channels[1].receive_nothing(timeout=QUIET)
        for channel in channels:
            await channel.leave()

    play(scene)


def test_a_socket_whose_sign_in_ended_by_itself_is_closed_by_what_many_hear_too(as_person, owner, monkeypatch):
    monkeypatch.setattr(NewsConsumer, "looks_last_together", -1)
    dana = on_duty("dana")
    client = as_person(dana)

    async def scene():
        channel = Socket(client, "/ws/news/")
        await channel.connect()
        await sync_to_async(dana.sign_ins.update)(seen_at="2020-01-01T00:00Z")
        await sync_to_async(live.say_together)([dana], ALARM)
        assert await channel.closed() == 4401

    play(scene)
