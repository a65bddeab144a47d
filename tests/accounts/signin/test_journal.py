"""Where a person is signed in: her journal, letters about new devices, signing out there and everywhere."""

import uuid

import pytest
import time_machine
from asgiref.sync import sync_to_async
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.choices import EventKind
from accounts.models import SignIn
from accounts.signin import devices
from tests.accounts.signin.proofs import solved
from tests.accounts.support import phrase, subject
from tests.support.cast import PASSWORD, make_person
from tests.support.html import page, said, text_of
from tests.support.journal import kinds
from tests.support.sockets import Socket, play

pytestmark = pytest.mark.django_db
PAGE = "/kk/account/sign-ins/"
PHONE = "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"
NEW = "another-long-pass-phrase"


def sign_in(name: str = "owner@example.kz", client: Client | None = None, **headers: str) -> Client:
    client = client or Client()
    client.post("/kk/account/login/", {"login": name, "password": PASSWORD}, **headers)
    return client


def is_in(client: Client) -> bool:
    return client.get("/kk/dashboard/").status_code == 200


def lines(client: Client) -> list[str]:
    return [text_of(line) for line in page(client.get(PAGE)).select("section[aria-labelledby=now] li")]


def test_the_page_shows_device_network_and_way_and_keeps_no_whole_address(owner):
    client = sign_in(HTTP_USER_AGENT=PHONE, REMOTE_ADDR="203.0.113.77")
    (line,) = lines(client)
    assert "Chrome, Android" in line
    assert "203.0.113.0/24" in line
    assert phrase("Password") in line
    row = SignIn.objects.get()
    assert "203.0.113.77" not in str(vars(row))
    assert client.cookies["sessionid"].value not in str(vars(row))


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (PHONE, "Chrome, Android"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 YaBrowser/24.10 Safari/537.36", "Yandex Browser, Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, macOS"),
        ("curl/8", ""),
        ("", ""),
        ("<script>Chrome/" + "x" * 10_000, "Chrome"),
    ],
)
def test_a_device_is_said_in_two_words(agent, words):
    assert devices.words(agent) == words


def test_an_address_of_the_newer_kind_is_shortened_too(owner):
    assert "2001:db8:7::/48" in lines(sign_in(REMOTE_ADDR="2001:db8:7:1::5"))[0]


def test_signing_out_there_ends_that_session_alone(owner):
    here, there, third = sign_in(), sign_in(HTTP_USER_AGENT=PHONE), sign_in()
    row = SignIn.objects.get(device="Chrome, Android")
    assert said(here.post(f"{PAGE}{row.public_id}/end/", follow=True))
    assert [is_in(client) for client in (here, there, third)] == [True, False, True]
    assert here.post(f"{PAGE}{row.public_id}/end/").status_code == 302


def test_signing_out_everywhere_else_leaves_only_this_session(owner):
    here, there, third = sign_in(), sign_in(), sign_in()
    here.post(f"{PAGE}end-others/")
    assert [is_in(client) for client in (here, there, third)] == [True, False, False]
    assert Session.objects.count() == 1
    assert kinds(owner) == [EventKind.SIGNED_OUT_EVERYWHERE]


def test_signing_out_everywhere_ends_this_session_too(owner):
    here, there = sign_in(), sign_in()
    assert here.post(f"{PAGE}end-all/").url == "/kk/account/login/"
    assert [is_in(client) for client in (here, there)] == [False, False]
    assert not SignIn.objects.filter(ended_at=None).exists()


def test_nobody_ends_a_sign_in_of_somebody_else_or_one_that_is_not_there(owner, other_user):
    mine, theirs = sign_in(), sign_in("stranger@example.kz")
    rows = {row.user_id: row for row in SignIn.objects.all()}
    for public_id in (rows[owner.pk].public_id, rows[other_user.pk].public_id, uuid.uuid4()):
        assert mine.post(f"{PAGE}{public_id}/end/").status_code == 404
    assert is_in(mine)
    assert is_in(theirs)


def test_the_session_is_found_again_after_a_new_password(owner):
    here, there = sign_in(), sign_in()
    answers = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert here.post("/kk/account/password/change/", answers).status_code == 302
    assert len(lines(here)) == 1
    assert not is_in(there)
    fresh = Client()
    fresh.post("/kk/account/login/", {"login": owner.email, "password": NEW})
    fresh.post(f"{PAGE}end-others/")
    assert not is_in(here)


def test_signing_out_is_written_down(owner):
    client = sign_in()
    client.post("/kk/account/logout/")
    assert SignIn.objects.get().ended_at


def test_a_sign_in_that_nobody_used_for_long_is_not_shown_as_open(owner):
    with time_machine.travel("2026-03-01 12:00 +0500", tick=False) as clock:
        sign_in()
        clock.shift(13 * 3600)
        assert len(lines(sign_in())) == 1


@pytest.mark.parametrize("count", [2, 25])
def test_the_page_takes_as_many_queries_for_many_as_for_two(owner, count, django_assert_max_num_queries):
    client = sign_in()
    SignIn.objects.bulk_create([SignIn(user=owner, way="password") for _ in range(count)])
    client.get(PAGE)
    with django_assert_max_num_queries(5):
        assert len(lines(client)) == count + 1


# Letters


@pytest.mark.django_db(transaction=True)
def test_only_a_new_device_is_told_by_letter_and_never_the_first(owner, letters):
    first = sign_in()
    sign_in(client=Client(headers={"cookie": f"{devices.COOKIE}={first.cookies[devices.COOKIE].value}"}))
    assert not letters
    sign_in(HTTP_USER_AGENT=PHONE, REMOTE_ADDR="203.0.113.77")
    (letter,) = letters
    assert subject(letter) == phrase("A new sign-in to your account")
    assert "Chrome, Android" in letter.get_content()
    assert "203.0.113" not in letter.get_content()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("zone", "time"), [("Asia/Almaty", "23:30"), ("Europe/Berlin", "19:30")])
def test_the_letter_tells_the_time_by_the_clock_of_the_person(letters, zone, time):
    make_person("traveller", time_zone=zone)
    with time_machine.travel("2026-03-01 23:30 +0500", tick=False):
        sign_in("traveller@example.kz")
        sign_in("traveller@example.kz", HTTP_USER_AGENT=PHONE)
    assert time in letters[0].get_content()


@pytest.mark.django_db(transaction=True)
def test_a_device_of_somebody_else_is_new(owner, other_user, letters):
    shared = sign_in()
    shared.post("/kk/account/logout/")
    sign_in("stranger@example.kz")
    sign_in("stranger@example.kz", shared)
    assert [letter["X-To"] for letter in letters] == ["stranger@example.kz"]


def test_the_cookie_of_a_device_is_out_of_reach_of_scripts(owner):
    kept = sign_in().cookies[devices.COOKIE]
    assert kept["httponly"]
    assert kept["samesite"] == "Lax"
    assert kept["max-age"] > 300 * 24 * 3600


@pytest.mark.parametrize("cookie", ["x", "%00", "é", "a" * 4000])
def test_a_forged_cookie_of_a_device_breaks_nothing(owner, cookie):
    client = Client()
    client.cookies[devices.COOKIE] = cookie
    assert is_in(sign_in(client=client))


# Sockets


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", [f"{PAGE}end-others/", f"{PAGE}end-all/", "/kk/account/password/change/"])
def test_the_sockets_of_an_ended_session_close(owner, address):
    here, there = sign_in(), sign_in()
    answers = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}

    async def scene():
        channel = Socket(there, "/ws/news/")
        assert await channel.connect()
        await sync_to_async(here.post)(address, answers)
        assert await channel.told() == {"type": "sign_in.ended"}
        assert await channel.closed() == 4401

    play(scene)


@pytest.mark.django_db(transaction=True)
def test_signing_out_closes_the_sockets_of_this_session_alone(owner):
    here, there = sign_in(), sign_in()

    async def scene():
        mine, other = Socket(here, "/ws/news/"), Socket(there, "/ws/news/")
        for channel in (mine, other):
            assert await channel.connect()
        await sync_to_async(here.post)("/kk/account/logout/")
        assert await mine.told() == {"type": "sign_in.ended"}
        assert await mine.closed() == 4401
        assert await other.receive_nothing(timeout=0.3)
        await other.leave()

    play(scene)


# Signing up


@pytest.mark.usefixtures("easy_proofs")
def test_signing_up_is_the_first_line_of_the_journal(client):
    answers = {"nickname": "Дала", "password": PASSWORD, "age": "adult", "consent": "on", "altcha": solved()}
    client.post("/kk/account/sign-up/anonymous/", answers)
    assert phrase("Signing up") in lines(client)[0]


def test_somebody_closed_signs_in_nowhere_and_leaves_no_line():
    make_person("closed", is_active=False)
    sign_in("closed@example.kz")
    assert not SignIn.objects.exists()
