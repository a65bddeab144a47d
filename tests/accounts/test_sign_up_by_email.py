"""Signing up with an e-mail address."""

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client

from accounts.choices import Purpose
from accounts.consents import VERSIONS
from accounts.models import Consent, User
from tests.accounts.support import at_once, link_in, phrase, subject, title, without_tokens
from tests.support.cast import PASSWORD, make_person
from tests.support.html import errors, typed

ANSWERS = {"shown_name": "Әсем", "email": "Asem@Example.kz", "password1": PASSWORD, "age": "adult", "consent": "on"}
pytestmark = pytest.mark.django_db


def sign_up(client: Client, language: str = "kk", **changes: str):
    return client.post(f"/{language}/account/signup/", ANSWERS | changes)


def sign_in(client: Client, name: str = "asem@example.kz"):
    return client.post("/kk/account/login/", {"login": name, "password": PASSWORD})


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_letter_is_in_the_language_of_the_page_and_its_link_confirms(client, letters, language):
    sign_up(client, language)
    (letter,) = letters
    assert letter["X-To"] == "asem@example.kz"
    assert subject(letter) == phrase("Confirm your e-mail", language)
    assert phrase("Follow this link to confirm your e-mail:", language) in letter.get_content()
    asked = Client().get(link_in(letter))
    assert title(asked) == phrase("Confirm your e-mail", language)
    assert Client().post(link_in(letter)).status_code == 302
    assert EmailAddress.objects.get().verified


def test_looking_at_the_link_confirms_nothing(client, letters):
    sign_up(client)
    assert Client().get(link_in(letters[0])).status_code == 200
    assert Client().head(link_in(letters[0])).status_code == 200
    assert not EmailAddress.objects.get().verified


def test_signing_in_works_only_after_the_address_is_confirmed(client, letters):
    sign_up(client)
    assert "_auth_user_id" not in client.session
    refused = Client()
    assert sign_in(refused).url == "/kk/account/confirm-email/"
    assert refused.get("/kk/dashboard/").status_code == 302
    Client().post(link_in(letters[0]))
    allowed = Client()
    assert sign_in(allowed).url == "/kk/dashboard/"
    assert allowed.get("/kk/dashboard/").status_code == 200


def test_the_link_works_once_and_a_broken_one_says_so(client, letters):
    sign_up(client)
    link = link_in(letters[0])
    Client().post(link)
    for address in (link, link[:-4] + "aaa/", "/kk/account/confirm-email/nonsense/"):
        answer = Client().get(address)
        assert title(answer) == phrase("This link does not work any more")
    assert Client().post(link).status_code == 404


def test_the_link_grows_old_after_three_days(client, letters):
    with time_machine.travel("2026-03-01 12:00 +0500", tick=False):
        sign_up(client)
    with time_machine.travel("2026-03-04 12:01 +0500", tick=False):
        assert title(client.get(link_in(letters[0]))) == phrase("This link does not work any more")


def test_a_taken_address_gets_the_page_of_a_free_one_and_another_letter(letters):
    make_person("owner")
    free, taken = Client(), Client()
    for_free, for_taken = sign_up(free), sign_up(taken, email="OWNER@example.kz")
    assert (for_free.status_code, for_free.url) == (for_taken.status_code, for_taken.url)
    assert set(for_free.cookies) == set(for_taken.cookies)
    shown = [without_tokens(client.get(for_free.url)) for client in (free, taken)]
    assert shown[0].replace("asem@", "owner@") == shown[1]
    assert letters[1]["X-To"] == "owner@example.kz"
    assert subject(letters[1]) == phrase("You have an account already")
    assert link_in(letters[1]) == "/kk/account/password/reset/"
    assert User.objects.filter(email="owner@example.kz").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_sign_ups_with_one_address_at_once_make_one_account(letters):
    answers = at_once(lambda: sign_up(Client()), lambda: sign_up(Client()))
    assert [answer.status_code for answer in answers] == [302, 302]
    assert User.objects.filter(email="asem@example.kz").count() == 1
    assert EmailAddress.objects.count() == 1


def test_without_consent_nothing_is_stored_and_what_was_typed_stays(client, letters):
    answer = client.post("/ru/account/signup/", {**ANSWERS, "consent": ""})
    assert errors(answer, "consent") == phrase("To use Emocare, please agree to how your data are kept.", "ru")
    assert typed(answer, "shown_name") == "Әсем"
    assert typed(answer, "email") == "Asem@Example.kz"
    assert typed(answer, "password1") == ""
    assert not User.objects.exists()
    assert not letters


def test_consent_is_kept_with_its_version_and_language(client, letters):
    sign_up(client, "ru")
    consent = Consent.objects.get()
    assert consent.user.email == "asem@example.kz"
    assert (consent.purpose, consent.version, consent.language) == (Purpose.SERVICE, VERSIONS[Purpose.SERVICE], "ru")
    assert consent.withdrawn_at is None


def test_language_and_display_of_the_browser_go_into_the_account(client, letters):
    client.post("/ru/display/", {"theme": "dark", "text": "150"})
    sign_up(client, "ru")
    person = User.objects.get()
    assert person.language == "ru"
    assert person.display == {"theme": "dark", "text": "150"}
    assert person.shown_name == "Әсем"
    assert person.username is None


@pytest.mark.parametrize("password", ["short", "1234567890123", "password123", "asem@example.kz"])
def test_a_weak_password_is_refused_beside_its_field(client, letters, password):
    answer = sign_up(client, password1=password)
    assert errors(answer, "password1")
    assert not User.objects.exists()


def test_a_password_like_the_shown_name_is_refused(client, letters):
    answer = sign_up(client, shown_name="Gulnara Serikova", password1="gulnara serikova")
    assert errors(answer, "password1")
    assert not User.objects.exists()


@pytest.mark.parametrize("email", ["", "nobody", "a@b", "a b@example.kz", "a\0@example.kz", f"{'a' * 250}@example.kz"])
def test_a_bad_address_is_refused_beside_its_field(client, letters, email):
    answer = sign_up(client, email=email)
    assert errors(answer, "email")
    assert not User.objects.exists()
    assert not letters


@pytest.mark.parametrize("name", ["", "   ", "a\x07b", "a\0b", "ә" * 50, "👩‍🦽" * 20])
def test_a_bad_name_is_refused_beside_its_field(client, letters, name):
    answer = sign_up(client, shown_name=name)
    assert errors(answer, "shown_name")
    assert not User.objects.exists()


def test_a_name_that_is_not_utf8_is_refused_beside_its_field(client):
    body = b"shown_name=%FF%FE&email=asem@example.kz&password1=a-long-enough-pass-phrase&age=adult&consent=on"
    answer = client.post("/kk/account/signup/", body, content_type="application/x-www-form-urlencoded")
    assert errors(answer, "shown_name") == phrase("Some characters could not be read. Please type them again.")
    assert not User.objects.exists()


def test_a_body_in_another_charset_is_refused_as_a_whole(client):
    kind = "application/x-www-form-urlencoded; charset=windows-1251"
    answer = client.post("/ru/account/signup/", "shown_name=\u0416", content_type=kind)
    assert answer.status_code == 400
    assert title(answer) == phrase("We could not read this request", "ru")
    assert not User.objects.exists()


def test_a_name_in_every_script_is_kept_as_it_was_typed(client, letters):
    sign_up(client, shown_name="Әсем 👩‍🦽 «Ғ»")
    assert User.objects.get().shown_name == "Әсем 👩‍🦽 «Ғ»"


def test_many_sign_ups_from_one_address_meet_the_page_of_too_many_attempts(client, letters):
    answers = [sign_up(client, consent="") for _ in range(21)]
    assert [answer.status_code for answer in answers] == [200] * 20 + [429]
    assert title(answers[-1]) == phrase("Too many attempts")


def test_whoever_is_signed_in_is_sent_on(as_person, owner):
    assert as_person(owner).get("/kk/account/signup/").url == "/kk/dashboard/"
    assert title(as_person(None).get("/kk/account/signup/")) == phrase("Sign up with an e-mail")
