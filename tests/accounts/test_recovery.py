"""Coming back with a printed code, and making new codes."""

import pytest
import time_machine
from django.test import Client

from accounts.models import RecoveryCode
from tests.accounts.support import at_once, phrase, title
from tests.support.cast import PASSWORD, make_person
from tests.support.html import errors, page, said, summary, text_of, typed

pytestmark = pytest.mark.django_db
NEW = "another-long-pass-phrase"
REFUSED = "This name and this code do not belong together, or the code has been used."


def recover(code: str, name: str = "Dala Jeli", password: str = NEW, client: Client | None = None):
    return (client or Client()).post("/ru/account/recover/", {"login": name, "code": code, "password": password})


def can_sign_in(password: str, name: str = "dala jeli") -> bool:
    return Client().post("/kk/account/login/", {"login": name, "password": password}).status_code == 302


def codes_on(response) -> list[str]:
    return [text_of(code) for code in page(response).select(".codes code")]


def test_a_code_sets_a_new_password_and_works_once(anonymous_account):
    client = Client()
    done = recover(anonymous_account.codes[0], client=client)
    assert done.url == "/ru/account/login/"
    told = phrase("Your new password is set. You can sign in with it now.", "ru")
    assert said(client.get(done.url)) == [f"success: {told}"]
    assert can_sign_in(NEW)
    assert not can_sign_in(PASSWORD)
    again = recover(anonymous_account.codes[0], password=PASSWORD)
    assert errors(again, "code") == phrase(REFUSED, "ru")
    assert can_sign_in(NEW)
    assert recover(anonymous_account.codes[1], password=PASSWORD).status_code == 302


@pytest.mark.parametrize(
    "typed_code",
    [
        lambda code: code.lower(),
        lambda code: f"  {code.replace('-', ' ')} ",
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", "–"),
        lambda code: code.replace("O", "0").replace("I", "1").replace("B", "8"),
        lambda code: code.lower().replace("o", "0"),
        lambda code: code.translate(str.maketrans("ABCEHKMOPTXYI", "АВСЕНКМОРТХҮІ")),
    ],
)
def test_a_code_is_read_however_it_was_copied_from_paper(anonymous_account, typed_code):
    lookalikes = [code for code in anonymous_account.codes if len(set(code) & set("OIB")) > 1]
    assert recover(typed_code((lookalikes or anonymous_account.codes)[0])).status_code == 302


@pytest.mark.parametrize("name", ["DALA JELI", " dala jeli ", "Dala Jeli"])
def test_the_nickname_is_read_in_any_case(anonymous_account, name):
    assert recover(anonymous_account.codes[3], name).status_code == 302


def test_wrong_code_others_code_and_unknown_name_are_refused_in_the_same_words(anonymous_account, owner):
    attempts = [
        recover("AAAA-BBBB-CCCC-DDDD"),
        recover(anonymous_account.codes[0], "owner@example.kz"),
        recover(anonymous_account.codes[0], "nobody"),
        recover(anonymous_account.codes[0], "nobody@example.kz"),
    ]
    assert {errors(answer, "code") for answer in attempts} == {phrase(REFUSED, "ru")}
    assert {len(summary(answer)) for answer in attempts} == {1}
    assert can_sign_in(PASSWORD)
    assert recover(anonymous_account.codes[0]).status_code == 302


def test_a_password_like_a_name_tells_nothing_about_who_has_an_account(anonymous_account):
    """Else a guess at somebody's shown name would be refused for those who exist, and only for them."""
    make_person("gulnara", email="gs@example.kz")
    answers = [recover("AAAA", name, password="gulnara123") for name in ("gs@example.kz", "gt@example.kz")]
    assert {errors(answer, "code") for answer in answers} == {phrase(REFUSED, "ru")}
    assert {len(summary(answer)) for answer in answers} == {1}
    assert errors(recover("AAAA", "whoever", password="whoever-1"), "password")


def test_a_weak_password_uses_no_code_up(anonymous_account):
    answer = recover(anonymous_account.codes[0], password="short")
    assert errors(answer, "password")
    assert typed(answer, "code") == anonymous_account.codes[0]
    assert recover(anonymous_account.codes[0]).status_code == 302


def test_an_account_that_is_closed_cannot_be_recovered(anonymous_account):
    anonymous_account.is_active = False
    anonymous_account.save(update_fields=["is_active"])
    assert errors(recover(anonymous_account.codes[0]), "code") == phrase(REFUSED, "ru")


def test_sessions_from_before_end(anonymous_account, as_person):
    thief = as_person(anonymous_account)
    assert thief.get("/kk/dashboard/").status_code == 200
    recover(anonymous_account.codes[0])
    assert thief.get("/kk/dashboard/").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_of_two_requests_with_one_code_at_once_one_succeeds(anonymous_account):
    code = anonymous_account.codes[0]
    passwords = [f"pass-phrase-number-{n}" for n in range(4)]
    answers = at_once(*(lambda p=p: recover(code, password=p) for p in passwords))
    winners = [p for p, answer in zip(passwords, answers, strict=True) if answer.status_code == 302]
    assert len(winners) == 1
    assert [can_sign_in(p) for p in passwords] == [p in winners for p in passwords]
    assert RecoveryCode.objects.filter(used_at__isnull=True).count() == 9


def test_many_attempts_for_one_name_close_it_here_for_a_minute(anonymous_account, owner):
    with time_machine.travel("2026-03-01 12:00 +0500", tick=False) as clock:
        for name in ("Dala Jeli", "dala jeli", "DALA JELI", "Dala Jeli"):
            assert recover("AAAA", name).status_code == 200
        for code in ("AAAA", anonymous_account.codes[0]):
            closed = recover(code, " dala jeli")
            assert (closed.status_code, title(closed)) == (429, phrase("Signing in is closed for a while", "ru"))
        assert recover("AAAA", "owner@example.kz").status_code == 200
        clock.shift(61)
        assert recover(anonymous_account.codes[0]).status_code == 302


def test_many_attempts_from_one_address_meet_the_page_of_too_many(anonymous_account):
    statuses = [recover("AAAA", f"name-{number}").status_code for number in range(21)]
    assert statuses == [200] * 20 + [429]


def test_new_codes_ask_for_the_password_and_then_replace_the_old_ones(anonymous_account, as_person):
    client = as_person(anonymous_account)
    asked = client.post("/kk/account/recovery-codes/new/")
    assert asked.url.startswith("/kk/account/reauthenticate/")
    assert RecoveryCode.objects.count() == 10
    wrong = client.post(asked.url, {"password": "wrong-pass-phrase"})
    assert errors(wrong, "password")
    codes = codes_on(client.post(asked.url, {"password": PASSWORD, "next": "/kk/account/recovery-codes/new/"}))
    assert len(codes) == 10
    assert RecoveryCode.objects.count() == 10
    assert errors(recover(anonymous_account.codes[0]), "code")
    assert recover(codes[0]).status_code == 302


def test_right_after_the_password_new_codes_come_without_asking_until_five_minutes_are_over(as_person, owner):
    client = as_person(owner)
    with time_machine.travel("2026-03-01 12:00 +0500", tick=False) as clock:
        client.post("/kk/account/reauthenticate/", {"password": PASSWORD})
        clock.shift(299)
        assert len(codes_on(client.post("/kk/account/recovery-codes/new/"))) == 10
        clock.shift(2)
        assert client.post("/kk/account/recovery-codes/new/").status_code == 302


def test_coming_to_the_codes_again_shows_how_many_are_left(as_person, owner):
    client = as_person(owner)
    client.post("/kk/account/reauthenticate/", {"password": PASSWORD})
    client.post("/kk/account/recovery-codes/new/")
    assert client.get("/kk/account/recovery-codes/new/").url == "/kk/account/recovery-codes/"
    assert "10" in text_of(page(client.get("/kk/account/recovery-codes/")).select_one("main .lead"))


def test_an_account_with_an_address_can_have_codes_too():
    person = make_person("asem")
    client = Client()
    client.force_login(person, backend="notifications.backends.AuthenticationBackend")
    client.post("/kk/account/reauthenticate/", {"password": PASSWORD})
    codes = codes_on(client.post("/kk/account/recovery-codes/new/"))
    assert recover(codes[9], "ASEM@example.kz").status_code == 302
    assert can_sign_in(NEW, "asem@example.kz")


def test_codes_are_for_those_who_signed_in(client):
    assert client.get("/kk/account/recovery-codes/").url.startswith("/kk/account/login/")
    assert client.post("/kk/account/recovery-codes/new/").url.startswith("/kk/account/login/")
    assert client.get("/kk/account/recover/").status_code == 200
