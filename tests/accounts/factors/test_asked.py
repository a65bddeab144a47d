"""Whoever has a second factor is asked for it after the password, in the way they choose."""

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_email.models import EmailDevice
from django_otp.plugins.otp_static.models import StaticDevice

from accounts.models import User
from tests.accounts.factors.support import CODE, FACTORS, authenticator, code, code_in, give, sign_in, way_on
from tests.accounts.support import phrase, title
from tests.support.html import errors, page, text_of
from tests.support.sockets import Socket, play

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-03-01 12:00 +0500", tick=False) as clock:
        yield clock


@pytest.fixture
def hers(owner):
    return authenticator(owner)


def test_after_the_password_the_code_is_asked_and_then_the_wanted_page_opens(owner, hers):
    client, target = sign_in(owner, "/kk/mood/journal/?page=1")
    asked = client.get(target, follow=True)
    assert title(asked) == phrase("One more step")
    assert give(client, code(hers), way_on(asked)).url == "/kk/mood/journal/?page=1"
    assert client.get("/kk/mood/journal/").status_code == 200


def test_whoever_has_none_is_not_asked(owner):
    client, target = sign_in(owner)
    assert client.get(target).status_code == 200


def test_until_then_nothing_about_the_person_opens(owner, hers):
    client, _target = sign_in(owner)
    for place in ("dashboard", "profile", "mood", "mood/sync", "account/email", "account/factors/codes"):
        assert client.get(f"/kk/{place}/").url.startswith(CODE), place
    for place in ("mood/record", "account/password/change", "account/factors/authenticator"):
        assert client.post(f"/kk/{place}/", {"level": 3}).url == CODE, place


def test_what_is_for_everybody_stays_open(owner, hers):
    client, _target = sign_in(owner)
    for place in ("urgent-help", "help", "display", "account/logout", "mood/offline"):
        assert client.get(f"/kk/{place}/").status_code == 200, place
    assert client.post("/kk/language/", {"language": "ru", "next": "/kk/help/"}).status_code == 302
    assert client.post("/exit/").status_code == 302


@pytest.mark.parametrize("place", [CODE, FACTORS])
def test_a_page_of_second_factors_can_ask_how_long_the_sign_in_lasts(as_person, owner, admin, place):
    authenticator(owner)
    client = as_person(owner if place == CODE else admin, verified=False)
    assert page(client.get(place)).select("[data-module=time-out]")
    for answer in (client.get("/kk/account/presence/"), client.post("/kk/account/presence/", {"age": "0"})):
        assert answer.json()["left"] > 0


def test_each_way_has_a_field_for_its_code_and_leads_to_the_others(as_person, owner, hers):
    StaticDevice.objects.create(user=owner).token_set.create(token="abcd1234")
    EmailDevice.objects.create(user=owner)
    client = as_person(owner, verified=False)
    for way in ("authenticator", "email", "codes"):
        shown = page(client.get(f"{CODE}?way={way}&next=/kk/mood/"))
        assert shown.select_one("#id_code")["autocomplete"] == "one-time-code"
        others = shown.select("section[aria-labelledby=others] a")
        assert len(others) == 2
        assert "next=%2Fkk%2Fmood%2F" in others[0]["href"]


def test_a_code_by_letter_works_once_and_for_ten_minutes(as_person, owner, letters, clock):
    EmailDevice.objects.create(user=owner)
    client = as_person(owner, verified=False)
    sent = client.post(f"{CODE}letter/", {"next": "/kk/mood/"}, follow=True)
    assert text_of(page(sent).select_one("#messages")) == phrase("We sent you a letter with a code.")
    clock.shift(601)
    assert errors(give(client, code_in(letters[-1]), way="email"), "code")
    client.post(f"{CODE}letter/")
    clock.shift(2)
    digits = code_in(letters[-1])
    assert give(client, digits, "/kk/mood/", way="email").url == "/kk/mood/"
    assert errors(give(as_person(owner, verified=False), digits, way="email"), "code")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_letter_is_in_the_language_of_the_account_and_no_second_one_goes_out_at_once(
    as_person, owner, letters, language
):
    User.objects.update(language=language)
    EmailDevice.objects.create(user=owner)
    client = as_person(owner, verified=False)
    client.post(f"{CODE}letter/")
    client.post(f"{CODE}letter/")
    assert [letter["Subject"].strip() for letter in letters] == [phrase("Your code for signing in", language)]
    assert letters[0]["X-To"] == owner.email


def test_no_letter_goes_to_an_address_that_was_not_confirmed(as_person, owner, letters):
    EmailDevice.objects.create(user=owner)
    EmailAddress.objects.update(verified=False)
    as_person(owner, verified=False).post(f"{CODE}letter/")
    assert letters == []


def test_a_second_factor_stands_for_the_password_where_that_is_asked_again(as_person, owner, hers, clock):
    client = as_person(owner, verified=False)
    give(client, code(hers))
    clock.shift(600)
    asked = client.post("/kk/account/recovery-codes/new/")
    assert asked.url.startswith("/kk/account/reauthenticate/")
    link = page(client.get(asked.url)).select_one("main a[href*=second-factor]")["href"]
    assert len(page(give(client, code(hers), way_on(client.get(link)))).select(".codes li")) == 10


def test_a_device_that_is_gone_verifies_no_session(as_person, owner, hers):
    client = as_person(owner, verified=True)
    assert client.get("/kk/mood/").status_code == 200
    EmailDevice.objects.create(user=owner)
    hers.delete()
    assert client.get("/kk/mood/").url.startswith(CODE)


def test_a_page_asks_once_at_sign_in_whether_there_is_a_factor(owner, django_assert_num_queries, as_person):
    client, _target = sign_in(owner)
    with django_assert_num_queries(2):  # the session and the person
        client.get("/kk/account/reauthenticate/")


# Sockets


def opened(client) -> tuple[bool, int | None]:
    got = []

    async def scene():
        channel = Socket(client, "/ws/news/")
        got.append((await channel.connect(), channel.code))
        if got[0][0]:
            await channel.leave()

    play(scene)
    return got[0]


@pytest.mark.django_db(transaction=True)
def test_a_socket_takes_whoever_owes_a_factor_for_nobody(as_person, unrelated_psychologist, owner, other_user):
    authenticator(owner)
    assert opened(as_person(unrelated_psychologist, verified=False)) == (False, 4401)
    assert opened(as_person(unrelated_psychologist)) == (True, None)
    assert opened(as_person(owner, verified=False)) == (False, 4401)
    assert opened(as_person(owner, verified=True)) == (True, None)
    assert opened(as_person(other_user)) == (True, None)


@pytest.mark.django_db(transaction=True)
def test_the_device_of_somebody_else_verifies_nothing(as_person, unrelated_psychologist, curator):
    client = as_person(unrelated_psychologist, verified=False)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = authenticator(curator).persistent_id
    session.save()
    assert opened(client) == (False, 4401)
    assert client.get("/kk/mood/").url == FACTORS
