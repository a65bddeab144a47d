"""Changing the address, and giving one to an account that has none."""

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client

from accounts.models import User
from tests.accounts.support import link_in, phrase, subject, title
from tests.support.cast import PASSWORD, make_person
from tests.support.html import errors, page, said, text_of

pytestmark = pytest.mark.django_db
PAGE = "/kk/account/email/"


@pytest.fixture
def signed_in(as_person):
    """Return a browser in which a person has just typed the password."""

    def make(person: User) -> Client:
        client = as_person(person)
        client.post("/kk/account/reauthenticate/", {"password": PASSWORD})
        return client

    return make


def change(client: Client, email: str, action: str = "action_add"):
    return client.post(PAGE, {"email": email, action: ""})


def can_sign_in(name: str) -> bool:
    return Client().post("/kk/account/login/", {"login": name, "password": PASSWORD}).status_code == 302


def addresses(person: User) -> set[tuple[str, bool]]:
    return set(EmailAddress.objects.filter(user=person).values_list("email", "verified"))


def test_the_new_address_counts_once_it_is_confirmed(owner, letters, signed_in):
    client = signed_in(owner)
    change(client, "New@Example.kz")
    assert letters[0]["X-To"] == "new@example.kz"
    assert can_sign_in("owner@example.kz")
    assert "new@example.kz" in text_of(page(client.get(PAGE)).main)
    client.post(link_in(letters[0]))
    owner.refresh_from_db()
    assert owner.email == "new@example.kz"
    assert addresses(owner) == {("new@example.kz", True)}
    assert can_sign_in("new@example.kz")
    assert not can_sign_in("owner@example.kz")


def test_the_old_address_gets_a_letter_of_notice_in_the_language_of_the_account(letters, signed_in):
    client = signed_in(make_person("owner", language="ru"))
    change(client, "new@example.kz")
    assert subject(letters[0]) == phrase("Confirm your e-mail", "ru")
    assert link_in(letters[0]).startswith("/ru/")
    client.post(link_in(letters[0]))
    assert (letters[1]["X-To"], subject(letters[1])) == ("owner@example.kz", phrase("Your e-mail was changed", "ru"))


def test_the_change_asks_for_the_password_first_and_goes_on_afterwards(owner, letters, as_person):
    client = as_person(owner)
    asked = change(client, "new@example.kz")
    assert asked.url.startswith("/kk/account/reauthenticate/")
    assert not letters
    client.post(asked.url, {"password": PASSWORD, "next": PAGE})
    assert letters[0]["X-To"] == "new@example.kz"


def test_a_taken_address_looks_like_a_free_one_and_stays_with_its_owner(owner, other_user, letters, signed_in):
    client = signed_in(owner)
    assert change(client, "stranger@example.kz").status_code == 302
    client.post(link_in(letters[0]))
    owner.refresh_from_db()
    assert owner.email == "owner@example.kz"
    assert addresses(other_user) == {("stranger@example.kz", True)}
    assert can_sign_in("owner@example.kz")


def sign_up(email: str):
    answers = {"shown_name": "X", "email": email, "password1": PASSWORD, "age": "adult", "consent": "on"}
    return Client().post("/kk/account/signup/", answers)


@pytest.fixture
def minutes_between():
    """Let each letter come four minutes after the one before: allauth sends one in three to an address."""
    with time_machine.travel("2026-03-01 12:00 +0500", tick=False) as clock:
        yield lambda: clock.shift(240)


def test_an_address_that_a_new_account_has_and_did_not_confirm_is_refused(owner, letters, signed_in, minutes_between):
    sign_up("new@example.kz")
    minutes_between()
    client = signed_in(owner)
    change(client, "new@example.kz")
    answer = client.post(link_in(letters[1]), follow=True)
    assert any(line.startswith("error: ") for line in said(answer))
    assert User.objects.get(pk=owner.pk).email == "owner@example.kz"
    Client().post(link_in(letters[0]))
    assert can_sign_in("new@example.kz")
    assert can_sign_in("owner@example.kz")


def test_an_address_that_only_waits_elsewhere_is_free_to_sign_up_with(owner, letters, signed_in, minutes_between):
    client = signed_in(owner)
    change(client, "new@example.kz")
    minutes_between()
    sign_up("new@example.kz")
    assert subject(letters[1]) == phrase("Confirm your e-mail")
    Client().post(link_in(letters[1]))
    assert can_sign_in("new@example.kz")
    client.post(link_in(letters[0]))
    assert User.objects.get(pk=owner.pk).email == "owner@example.kz"


def test_an_address_that_waits_opens_the_account_to_nobody(owner, anonymous_account, letters, signed_in):
    """It may be mistyped: whoever has it gets the letter, and must not get a new password with it."""
    for person in (owner, anonymous_account):
        change(signed_in(person), f"mistyped-{person.pk}@example.kz")
        Client().post("/kk/account/password/reset/", {"email": f"mistyped-{person.pk}@example.kz"})
        assert subject(letters[-1]) == phrase("There is no account with this address")
    Client().post("/kk/account/password/reset/", {"email": "owner@example.kz"})
    assert subject(letters[-1]) == phrase("A new password")


@pytest.mark.parametrize("email", ["", "nobody", "owner@example.kz", "OWNER@example.kz", f"{'a' * 250}@example.kz"])
def test_a_bad_address_is_refused_beside_its_field(owner, letters, signed_in, email):
    answer = change(signed_in(owner), email)
    assert errors(answer, "email")
    assert addresses(owner) == {("owner@example.kz", True)}
    assert not letters


def test_the_letter_can_be_sent_again_after_three_minutes_and_the_old_address_kept(owner, letters, signed_in):
    client = signed_in(owner)
    change(client, "new@example.kz")
    change(client, "new@example.kz", "action_send")
    assert len(letters) == 1
    change(client, "new@example.kz", "action_remove")
    assert addresses(owner) == {("owner@example.kz", True)}
    assert title(Client().get(link_in(letters[0]))) == phrase("This link does not work any more")


def test_the_address_one_signs_in_with_cannot_be_removed(owner, signed_in):
    change(signed_in(owner), "owner@example.kz", "action_remove")
    owner.refresh_from_db()
    assert owner.email == "owner@example.kz"
    assert addresses(owner) == {("owner@example.kz", True)}
    assert can_sign_in("owner@example.kz")


def test_the_address_of_somebody_else_cannot_be_removed(owner, other_user, signed_in):
    change(signed_in(owner), "stranger@example.kz", "action_remove")
    assert addresses(other_user) == {("stranger@example.kz", True)}


def test_an_account_without_an_address_can_get_one_and_then_signs_in_with_both(anonymous_account, letters, signed_in):
    client = signed_in(anonymous_account)
    change(client, "new@example.kz")
    assert can_sign_in("dala jeli")
    client.post(link_in(letters[0]))
    assert User.objects.get().email == "new@example.kz"
    assert can_sign_in("new@example.kz")
    assert can_sign_in("dala jeli")


def test_an_account_without_an_address_can_think_again(anonymous_account, letters, signed_in):
    client = signed_in(anonymous_account)
    change(client, "new@example.kz")
    change(client, "new@example.kz", "action_remove")
    assert User.objects.get().email is None
    assert addresses(anonymous_account) == set()
    assert can_sign_in("dala jeli")


def test_many_letters_a_minute_meet_the_page_of_too_many_attempts(owner, letters, signed_in):
    client = signed_in(owner)
    statuses = [change(client, f"a-{n}@example.kz").status_code for n in range(11)]
    assert statuses[-1] == 429
    assert EmailAddress.objects.filter(user=owner).count() == 2


def test_addresses_are_for_those_who_signed_in(client):
    assert client.get(PAGE).url == f"/kk/account/login/?next={PAGE}"
    assert client.post(PAGE, {"email": "x@example.kz", "action_add": ""}).url.startswith("/kk/account/login/")
