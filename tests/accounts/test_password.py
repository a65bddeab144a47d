"""A new password by letter, and changing the password."""

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from tests.accounts.support import link_in, phrase, subject, title, without_tokens
from tests.support.cast import PASSWORD, make_person
from tests.support.html import errors, typed

pytestmark = pytest.mark.django_db
NEW = "another-long-pass-phrase"


def ask_for_letter(email: str, language: str = "kk", client: Client | None = None):
    return (client or Client()).post(f"/{language}/account/password/reset/", {"email": email})


def choose(link: str, password: str = NEW, client: Client | None = None):
    client = client or Client()
    form = client.get(link).url
    return client.post(form, {"password1": password, "password2": password})


def can_sign_in(password: str) -> bool:
    answers = {"login": "owner@example.kz", "password": password}
    return Client().post("/kk/account/login/", answers).status_code == 302


def change(client: Client, old: str = PASSWORD, new: str = NEW, again: str = NEW):
    answers = {"oldpassword": old, "password1": new, "password2": again}
    return client.post("/kk/account/password/change/", answers)


def test_the_link_of_the_letter_sets_a_new_password(owner, letters):
    ask_for_letter("OWNER@example.kz")
    (letter,) = letters
    assert (letter["X-To"], subject(letter)) == ("owner@example.kz", phrase("A new password"))
    client = Client()
    done = choose(link_in(letter), client=client)
    assert title(client.get(done.url)) == phrase("The new password is set")
    assert can_sign_in(NEW)
    assert not can_sign_in(PASSWORD)
    assert subject(letters[1]) == phrase("Your password was changed")


def test_a_known_and_an_unknown_address_look_the_same(owner, letters):
    shown = [ask_for_letter(email) for email in ("owner@example.kz", "nobody@example.kz")]
    assert len({(answer.status_code, answer.url) for answer in shown}) == 1
    assert set(shown[0].cookies) == set(shown[1].cookies)
    pages = {without_tokens(Client().get(answer.url)) for answer in shown}
    assert len(pages) == 1
    assert [letter["X-To"] for letter in letters] == ["owner@example.kz", "nobody@example.kz"]
    assert subject(letters[1]) == phrase("There is no account with this address")
    assert "http" not in letters[1].get_content()


def test_the_letter_is_in_the_language_of_the_account_and_so_is_the_page_of_its_link(letters):
    make_person("owner", language="ru")
    ask_for_letter("owner@example.kz", "en")
    assert subject(letters[0]) == phrase("A new password", "ru")
    assert phrase("Follow this link to choose a new password:", "ru") in letters[0].get_content()
    assert link_in(letters[0]).startswith("/ru/")
    choose(link_in(letters[0]))
    assert subject(letters[1]) == phrase("Your password was changed", "ru")


def test_an_account_without_an_address_and_a_closed_one_get_no_letter_with_a_link(anonymous_account, letters):
    make_person("closed", is_active=False)
    ask_for_letter("closed@example.kz")
    assert subject(letters[0]) == phrase("There is no account with this address")
    assert errors(ask_for_letter("Dala Jeli"), "email")
    assert len(letters) == 1


def test_the_link_works_once(owner, letters):
    ask_for_letter("owner@example.kz")
    choose(link_in(letters[0]))
    again = Client().get(link_in(letters[0]))
    assert title(again) == phrase("This link does not work any more")


@pytest.mark.parametrize("key", ["1-garbage", "zzzzzzzzzzzzzz-abc", "0-0", "1-set-password", "9z-a:b:c"])
def test_a_link_of_garbage_says_that_it_does_not_work(owner, key):
    for answer in (
        Client().get(f"/ru/account/password/reset/key/{key}/"),
        Client().post(f"/ru/account/password/reset/key/{key}/"),
    ):
        assert title(answer) == phrase("This link does not work any more", "ru")
    assert can_sign_in(PASSWORD)


def test_the_link_grows_old_after_three_days(owner, letters):
    with time_machine.travel("2026-03-01 12:00 +0500", tick=False):
        ask_for_letter("owner@example.kz")
    with time_machine.travel("2026-03-04 12:01 +0500", tick=False):
        assert title(Client().get(link_in(letters[0]))) == phrase("This link does not work any more")


def test_the_link_dies_when_the_password_is_changed_otherwise(owner, letters, as_person):
    ask_for_letter("owner@example.kz")
    change(as_person(owner))
    assert title(Client().get(link_in(letters[0]))) == phrase("This link does not work any more")


def test_the_key_of_the_link_is_not_in_the_address_of_the_form(owner, letters):
    ask_for_letter("owner@example.kz")
    form = Client().get(link_in(letters[0])).url
    assert form.endswith("-set-password/")
    assert title(Client().get(form)) == phrase("This link does not work any more")


def test_a_weak_new_password_is_refused_and_the_link_stays_good(owner, letters):
    ask_for_letter("owner@example.kz")
    assert errors(choose(link_in(letters[0]), "owner@example"), "password1")
    assert errors(choose(link_in(letters[0]), "short"), "password1")
    assert choose(link_in(letters[0])).status_code == 302


def test_old_sessions_end_with_a_new_password_by_letter(owner, letters, as_person):
    thief = as_person(owner)
    ask_for_letter("owner@example.kz")
    choose(link_in(letters[0]))
    assert thief.get("/kk/dashboard/").status_code == 302


def test_many_letters_for_one_address_meet_the_page_of_too_many_attempts(owner, letters):
    statuses = [ask_for_letter("owner@example.kz").status_code for _ in range(6)]
    assert statuses == [302] * 5 + [429]
    assert ask_for_letter("other@example.kz").status_code == 302


def test_a_changed_password_ends_sessions_elsewhere_but_not_here(owner, letters, as_person):
    here, elsewhere = as_person(owner), as_person(owner)
    assert change(here).status_code == 302
    assert here.get("/kk/dashboard/").status_code == 200
    assert elsewhere.get("/kk/dashboard/").status_code == 302
    assert can_sign_in(NEW)
    assert ("owner@example.kz", phrase("Your password was changed")) in [(m["X-To"], subject(m)) for m in letters]


def test_the_letter_of_notice_is_in_the_language_of_the_account(letters, as_person):
    change(as_person(make_person("owner", language="ru")))
    assert subject(letters[0]) == phrase("Your password was changed", "ru")
    assert phrase("Hello!", "ru") in letters[0].get_content()


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"old": "wrong-pass-phrase"}, "oldpassword"),
        ({"new": "short", "again": "short"}, "password1"),
        ({"new": "owner@example.kz", "again": "owner@example.kz"}, "password1"),
        ({"again": "something-else-here"}, "password2"),
    ],
)
def test_a_change_with_a_mistake_changes_nothing_and_says_where(owner, letters, as_person, answers, field):
    answer = change(as_person(owner), **answers)
    assert errors(answer, field)
    assert {typed(answer, name) for name in ("oldpassword", "password1", "password2")} == {""}
    assert can_sign_in(PASSWORD)
    assert phrase("Your password was changed") not in map(subject, letters)


def test_an_account_without_an_address_changes_its_password_too(anonymous_account, letters, as_person):
    client = as_person(anonymous_account)
    assert change(client).status_code == 302
    assert client.get("/kk/dashboard/").status_code == 200
    assert User.objects.get().check_password(NEW)
    assert not letters


def test_a_change_that_waited_keeps_what_was_saved_meanwhile(owner, letters, as_person):
    """The password alone is written: another page of the same person may save at the same time."""
    client = as_person(owner)
    client.post("/ru/language/", {"language": "ru", "next": "/kk/profile/"})
    change(client)
    assert User.objects.get().language == "ru"


def test_passwords_are_for_those_who_signed_in(client):
    assert client.get("/kk/account/password/change/").url.startswith("/kk/account/login/")
    assert client.get("/kk/account/password/set/").url.startswith("/kk/account/login/")
