"""The password is asked again before what concerns the safety of an account, and the page says why."""

import pytest
from django.test import Client

from tests.accounts.support import phrase
from tests.support.cast import PASSWORD
from tests.support.html import page, text_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "answers", "why"),
    [
        ("/kk/account/email/", {"action_add": "", "email": "new@example.kz"}, "You want to change your e-mail."),
        ("/kk/account/recovery-codes/new/", {}, "You want new recovery codes."),
    ],
)
def test_the_page_says_why_it_asks(as_person, owner, address, answers, why):
    asked = as_person(owner).post(address, answers)
    assert asked.url.startswith("/kk/account/reauthenticate/?next=")
    client = as_person(owner)
    client.post(address, answers)
    assert phrase(why) in text_of(page(client.get(asked.url)).main)


@pytest.mark.parametrize("target", ["", "/kk/no-such-page/", "https://evil.example/", "//evil.example/", "\0", "?x"])
def test_a_way_on_that_nobody_knows_breaks_nothing_and_leads_nowhere_else(as_person, owner, target):
    client = as_person(owner)
    assert client.get("/kk/account/reauthenticate/", {"next": target}).status_code == 200
    answer = client.post("/kk/account/reauthenticate/", {"next": target, "password": PASSWORD})
    assert answer.status_code == 302
    assert "evil" not in answer.url


def test_a_new_password_needs_the_old_one(as_person, owner):
    new = {"password1": "another-long-pass-phrase", "password2": "another-long-pass-phrase"}
    client = as_person(owner)
    assert client.post("/kk/account/password/change/", new | {"oldpassword": "wrong-pass-phrase"}).status_code == 200
    assert Client().post("/kk/account/login/", {"login": owner.email, "password": PASSWORD}).status_code == 302


def test_the_session_gets_a_new_key_with_the_password(as_person, owner):
    client = as_person(owner)
    before = client.cookies["sessionid"].value
    answers = {"next": "/kk/profile/", "password": PASSWORD}
    assert client.post("/kk/account/reauthenticate/", answers).url == "/kk/profile/"
    assert client.cookies["sessionid"].value != before
    assert client.get("/kk/dashboard/").status_code == 200
    client.cookies["sessionid"] = before
    assert client.get("/kk/dashboard/").status_code == 302
