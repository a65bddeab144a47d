"""The second step of signing in, and the administrators' site behind it."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.demo import totp_key
from accounts.factors.forms import too_many
from accounts.models import User
from tests.accounts.factors.support import CODE, FACTORS, authenticator, code, give, way_on, wrong
from tests.accounts.support import phrase, title
from tests.support.cast import PASSWORD
from tests.support.html import errors

pytestmark = pytest.mark.django_db
WRONG = "This code is not right, or is too old. Please type the newest one."


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-03-01 12:00 +0500", tick=False) as clock:
        yield clock


@pytest.fixture
def device(admin) -> TOTPDevice:
    return authenticator(admin)


@pytest.fixture
def client(admin, as_person) -> Client:
    """A browser in which the administrator is signed in, without the second factor."""
    return as_person(admin, verified=False)


def test_a_stranger_is_sent_to_sign_in_and_then_on_to_the_code(admin, device):
    client = Client()
    sent = client.get("/admin/accounts/user/", follow=True)
    assert title(sent) == phrase("Sign in")
    target = way_on(sent)
    client.post("/kk/account/login/", {"login": admin.email, "password": PASSWORD, "next": target})
    asked = client.get(target, follow=True)
    assert title(asked) == phrase("One more step")
    assert give(client, code(device), way_on(asked)).url == "/admin/accounts/user/"
    assert client.get("/admin/accounts/user/").status_code == 200


@pytest.mark.parametrize("person", ["owner", "unrelated_volunteer", "unrelated_psychologist", "curator"])
def test_whoever_is_no_administrator_is_refused(request, as_person, person):
    client = as_person(request.getfixturevalue(person), verified=True)
    for address in ("/admin/", "/admin/accounts/user/", "/admin/login/"):
        assert client.get(address, follow=True).status_code == 403


def test_the_right_code_opens_the_site_and_a_wrong_one_does_not(client, device, clock):
    refused = give(client, wrong(device))
    assert errors(refused, "code") == phrase(WRONG)
    assert client.get("/admin/").status_code == 302
    clock.shift(60)
    assert give(client, code(device)).url == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_a_code_may_hold_a_space(client, device):
    assert give(client, f" {code(device)[:3]} {code(device)[3:]}").status_code == 302


def test_a_code_works_once(client, device, admin, as_person):
    used = code(device)
    assert give(client, used).status_code == 302
    thief = as_person(admin, verified=False)
    assert errors(give(thief, used), "code")
    assert thief.get("/admin/").status_code == 302


def test_a_code_of_two_minutes_ago_is_too_old(client, device, clock):
    old = code(device)
    clock.shift(120)
    assert errors(give(client, old), "code")
    clock.shift(60)
    assert give(client, code(device)).status_code == 302


def test_wrong_codes_slow_the_device_down(client, device, clock):
    for seconds in (1.1, 2.1, 4.1, 8.1, 0):
        assert errors(give(client, wrong(device)), "code") == phrase(WRONG)
        clock.shift(seconds)
    told = too_many(timezone.now() + timedelta(seconds=16)).message
    assert errors(give(client, code(device)), "code") == told
    clock.shift(60)
    assert give(client, code(device)).status_code == 302


@pytest.mark.parametrize("digits", ["", "12345", "abcdef", "1" * 40, "１２３４５６", "a\0b", "-12345", "0x1234"])
def test_nonsense_as_a_code_is_refused_beside_its_field(client, device, digits):
    assert errors(give(client, digits), "code")
    assert client.get("/admin/").status_code == 302


def test_the_code_of_somebody_else_is_refused(client, device, other_user):
    others = TOTPDevice.objects.create(user=other_user, name="telephone", key=totp_key("somebody else"))
    assert errors(give(client, code(others)), "code")


def test_a_device_that_was_never_confirmed_opens_nothing(client, device):
    TOTPDevice.objects.update(confirmed=False)
    assert give(client, code(device)).url == FACTORS
    assert client.get("/admin/").status_code == 302


def test_a_one_time_code_opens_the_site_once(client, admin, as_person):
    StaticDevice.objects.create(user=admin, name="paper").token_set.create(token="abcd1234")
    assert give(client, "abcd1234").status_code == 302
    assert client.get("/admin/").status_code == 200
    assert errors(give(as_person(admin, verified=False), "abcd1234"), "code")


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x", ""])
def test_the_way_on_never_leads_to_another_site(client, device, target):
    assert give(client, code(device), target).url == "/admin/"


def test_signing_in_anew_asks_for_the_code_anew(client, device, admin, as_person):
    give(client, code(device))
    client.post("/kk/account/logout/")
    assert client.get("/admin/").status_code == 302
    assert as_person(admin, verified=False).get("/admin/", follow=True).redirect_chain[-1][0].startswith(CODE)


def test_an_administrator_without_any_device_gets_no_further_than_adding_one(client):
    assert title(client.get("/admin/", follow=True)) == phrase("Sign-in and second factor")
    assert give(client, "123456").url == FACTORS


def test_the_first_administrator_gets_in_with_the_commands_of_the_operator(monkeypatch, capsys):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", email="First@example.kz", interactive=False)
    call_command("addstatictoken", "first@example.kz", token="abcd1234")
    person = User.objects.get(email="first@example.kz")
    client = Client()
    client.force_login(person, backend="notifications.backends.AuthenticationBackend")
    assert give(client, "abcd1234").url == "/admin/"
    assert client.get("/admin/").url == "/kk/account/consent/"  # nobody has asked this person yet
    client.post("/kk/account/consent/", {"consent": "on"})
    assert client.get("/admin/").status_code == 200
    assert client.get("/kk/profile/").status_code == 200


def test_the_site_takes_no_password_of_its_own(admin):
    answer = Client().post("/admin/login/", {"username": admin.email, "password": PASSWORD})
    assert answer.status_code == 302
    assert answer.url.startswith("/kk/account/login/")


def test_the_page_of_the_code_is_for_those_who_signed_in(client):
    assert Client().get(CODE).url == f"/kk/account/login/?next={CODE}"
    assert "no-store" in client.get(CODE)["Cache-Control"]


def test_the_way_into_the_site_ends_on_the_page_that_was_wanted(admin, as_person):
    client = as_person(admin)
    assert client.get("/admin/login/?next=/admin/accounts/user/").url == "/admin/accounts/user/"
    assert client.get("/admin/login/?next=https://evil.example/").url == "/admin/"


@pytest.mark.parametrize("target", ["-1", "dashboard"])
def test_a_word_as_the_next_page_is_an_address_and_no_name_of_one(admin, as_person, target):
    answer = as_person(admin).get("/admin/login/", {"next": target})
    assert (answer.status_code, answer.url) == (302, target)
