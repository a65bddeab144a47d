"""Signing in and out."""

import pytest
from django.test import Client

from tests.accounts.support import phrase, title
from tests.support.cast import PASSWORD, make_person
from tests.support.html import page, summary

pytestmark = pytest.mark.django_db


def sign_in(name: str, password: str = PASSWORD, client: Client | None = None, language: str = "kk", **more: str):
    return (client or Client()).post(f"/{language}/account/login/", {"login": name, "password": password, **more})


@pytest.mark.parametrize("name", ["owner@example.kz", "OWNER@Example.KZ", "  owner@example.kz "])
def test_the_address_is_read_in_any_case(owner, name):
    client = Client()
    assert sign_in(name, client=client).url == "/kk/dashboard/"
    assert client.get("/kk/dashboard/").status_code == 200
    assert sign_in(name, PASSWORD.upper()).status_code == 200


def test_a_nickname_signs_in_without_any_letter(anonymous_account, letters):
    assert sign_in("DALA jeli").url == "/kk/dashboard/"
    assert sign_in("dala").status_code == 200
    assert not letters


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_wrong_password_and_an_unknown_account_are_refused_in_the_same_words(owner, language):
    wrong = sign_in("owner@example.kz", "wrong-pass-phrase", language=language)
    unknown = sign_in("nobody@example.kz", language=language)
    assert summary(wrong) == summary(unknown)
    assert page(wrong).html["lang"] == language
    assert sign_in("owner@example.kz", language=language).status_code == 302


def test_a_wrong_password_and_an_unknown_nickname_are_refused_in_the_same_words(anonymous_account):
    assert summary(sign_in("dala jeli", "wrong-pass-phrase")) == summary(sign_in("nobody"))


@pytest.mark.parametrize("name", ["", "a\0b", "ә" * 300, "'; DROP TABLE x; --", "%", "🙂"])
def test_nonsense_as_a_name_is_refused_and_breaks_nothing(client, name):
    assert summary(sign_in(name, client=client))


@pytest.mark.parametrize("password", ["", "\0" * 12, "x" * 100_000])
def test_nonsense_as_a_password_is_refused_and_breaks_nothing(owner, password):
    assert summary(sign_in("owner@example.kz", password))
    assert sign_in("owner@example.kz").status_code == 302


def test_what_was_typed_as_password_stands_nowhere_on_the_page(owner):
    answer = sign_in("owner@example.kz", "my-secret-of-long-ago")
    assert b"my-secret-of-long-ago" not in answer.content
    assert b"owner@example.kz" in answer.content


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", r"\\evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_the_way_on_never_leads_to_another_site(owner, target):
    assert sign_in("owner@example.kz", next=target).url == "/kk/dashboard/"
    assert sign_in("owner@example.kz", next="/kk/mood/").url == "/kk/mood/"


def test_a_closed_account_is_told_so_only_with_the_right_password():
    make_person("closed", is_active=False)
    assert summary(sign_in("closed@example.kz", "wrong-pass-phrase")) == summary(sign_in("nobody@example.kz"))
    client = Client()
    told = client.get(sign_in("closed@example.kz", client=client).url)
    assert title(told) == phrase("This account is closed")
    assert client.get("/kk/dashboard/").status_code == 302


def test_closing_an_account_ends_its_sessions(owner, as_person):
    client = as_person(owner)
    assert client.get("/kk/dashboard/").status_code == 200
    owner.is_active = False
    owner.save(update_fields=["is_active"])
    assert client.get("/kk/dashboard/").url.startswith("/kk/account/login/")


def test_signing_in_gives_the_session_a_new_key(owner):
    client = Client()
    client.get("/kk/account/login/?next=/kk/mood/")
    session = client.session
    session["from_before"] = 1
    session.save()
    client.cookies["sessionid"] = session.session_key
    sign_in("owner@example.kz", client=client)
    assert client.cookies["sessionid"].value != session.session_key


def test_whoever_is_signed_in_is_sent_on(owner, as_person):
    assert as_person(owner).get("/kk/account/login/").url == "/kk/dashboard/"
    assert as_person(None).get("/kk/account/login/").status_code == 200


def test_signing_out_is_asked_for_by_a_page_and_done_by_a_button(owner, as_person):
    client = as_person(owner)
    assert title(client.get("/kk/account/logout/")) == phrase("Sign out?")
    assert client.get("/kk/dashboard/").status_code == 200
    assert client.post("/kk/account/logout/").url == "/kk/"
    assert client.get("/kk/dashboard/").status_code == 302
    assert client.get("/kk/account/logout/").url == "/kk/"


def test_signing_out_needs_the_token_of_a_form(owner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner, backend="notifications.backends.AuthenticationBackend")
    assert client.post("/kk/account/logout/").status_code == 403
    assert client.get("/kk/dashboard/").status_code == 200


@pytest.mark.parametrize("address", ["dashboard", "profile", "profile/picture", "mood", "account/email"])
def test_a_stranger_is_sent_to_sign_in_and_back(owner, address):
    client = Client()
    sent = client.get(f"/kk/{address}/")
    assert sent.url == f"/kk/account/login/?next=/kk/{address}/"
    assert sign_in("owner@example.kz", client=client, next=f"/kk/{address}/").url == f"/kk/{address}/"
