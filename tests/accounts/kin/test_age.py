"""Age at sign-up: what is asked, what is kept, who is led where, and how time goes on."""

import pytest
from django.test import Client

from accounts.choices import Purpose
from accounts.models import User
from tests.accounts.kin.support import agree, at, child_of, first_of, guardian_link, sign_up
from tests.accounts.support import phrase, title
from tests.support.cast import PASSWORD, make_person
from tests.support.html import errors, typed

pytestmark = pytest.mark.django_db
WAITING, OWN = "/kk/account/guardian/", "/kk/account/own-consent/"


def kept() -> User:
    return User.objects.get()


@at()
def test_of_a_child_only_the_month_after_the_sixteenth_birthday_is_kept(client):
    assert child_of(client).sixteen_from == first_of("2028-06")
    assert list(kept().consents.values_list("purpose", flat=True)) == [Purpose.CHILD]


@at()
def test_a_birthday_in_december_counts_from_january(client):
    assert child_of(client, birth_month="12").sixteen_from == first_of("2029-01")


@at()
def test_of_an_adult_nothing_is_kept_whatever_stands_in_the_other_fields(client):
    assert child_of(client, age="adult").sixteen_from is None
    assert client.get("/kk/dashboard/").status_code == 200


@at()
def test_from_sixteen_to_eighteen_ones_own_consent_is_enough(client):
    person = child_of(client, age="youth", birth_year="2009")
    assert list(person.consents.values_list("purpose", flat=True)) == [Purpose.SERVICE]
    assert client.get("/kk/dashboard/").status_code == 200


@at()
@pytest.mark.parametrize("answers", [{}, {"age": "elder"}])
def test_without_an_age_the_form_says_so_and_keeps_what_was_typed(answers):
    answers = {"nickname": "Балапан", "password": PASSWORD, "consent": "on"} | answers
    answer = Client().post("/kk/account/sign-up/anonymous/", answers)
    assert errors(answer, "age") == phrase("Choose your age.")
    assert typed(answer, "nickname") == "Балапан"
    assert not User.objects.exists()


@at()
@pytest.mark.parametrize(
    ("field", "answers"),
    [
        ("birth_month", {"birth_month": ""}),
        ("birth_year", {"birth_year": ""}),
        ("birth_month", {"birth_month": "13"}),
        ("birth_month", {"birth_month": "\0"}),
        ("birth_year", {"birth_year": "1980"}),
        ("birth_year", {"birth_year": "2026"}),
        ("birth_year", {"birth_year": "9" * 5000}),
        ("birth_year", {"age": "youth"}),
        ("birth_year", {"birth_year": "2009"}),
        ("birth_year", {"birth_year": "2008"}),
    ],
)
def test_a_month_that_is_missing_forged_or_contradicts_the_age_is_refused_beside_its_field(client, field, answers):
    assert errors(sign_up(client, **answers), field)
    assert not User.objects.exists()


@at()
@pytest.mark.parametrize("age", ["child", "youth"])
def test_in_the_month_of_the_sixteenth_birthday_both_answers_are_true_and_the_child_still_waits(client, age):
    child_of(client, age=age, birth_month="11", birth_year="2010")
    assert client.get("/kk/dashboard/").url == WAITING


def test_sign_up_by_email_asks_the_same(client, letters):
    answers = {"shown_name": "Ә", "email": "a@example.kz", "password1": PASSWORD, "consent": "on", "age": "child"}
    with at():
        assert errors(client.post("/kk/account/signup/", answers), "birth_month")
        client.post("/kk/account/signup/", answers | {"birth_month": "5", "birth_year": "2012"})
    assert kept().sixteen_from == first_of("2028-06")


def test_other_ages_of_an_operator_count_at_once(client, settings):
    with at():
        child_of(client)
        assert client.get("/kk/dashboard/").url == WAITING
        settings.CONSENT_AGE = 14
        assert client.get("/kk/dashboard/").url == OWN
        settings.CONSENT_AGE = 15
        assert client.get("/kk/dashboard/").url == WAITING
        assert "15–17" in Client().get("/kk/account/sign-up/anonymous/").content.decode()


def test_when_the_ages_are_raised_a_youth_waits_and_an_adult_does_not(settings):
    with at():
        youth, adult = Client(), Client()
        child_of(youth, age="youth", birth_year="2009")
        child_of(adult, nickname="Аға", age="adult")
        settings.CONSENT_AGE = 18
        assert youth.get("/kk/dashboard/").url == WAITING
        assert adult.get("/kk/dashboard/").status_code == 200


def test_the_month_turns_and_the_persons_own_consent_is_asked_once(client):
    with at():
        child_of(client)
        agree(guardian_link(client))
        assert client.get("/kk/dashboard/").status_code == 200
    person = kept()
    for moment, status in (("2028-05-31 23:59 +0500", 200), ("2028-06-01 00:00 +0500", 302)):
        with at(moment):
            client.force_login(person, backend="notifications.backends.AuthenticationBackend")
            assert client.get("/kk/dashboard/").status_code == status
    with at("2028-06-01 00:01 +0500"):
        assert client.get("/kk/mood/").url == OWN
        assert errors(client.post(OWN), "consent")
        assert client.post(OWN, {"consent": "on"}).url == "/kk/dashboard/"
        assert client.get("/kk/mood/").status_code == 200
        assert client.get(OWN).url == "/kk/dashboard/"
    in_force = person.consents.filter(withdrawn_at__isnull=True)
    assert list(in_force.values_list("purpose", flat=True)) == [Purpose.SERVICE]


def test_an_adult_is_forgotten_to_have_been_a_minor(client):
    with at():
        person = child_of(client, age="youth", birth_year="2009")
    with at("2027-06-01 10:00 +0500"):
        client.force_login(person, backend="notifications.backends.AuthenticationBackend")
        assert client.get("/kk/dashboard/").status_code == 200
    assert kept().sixteen_from is None


def test_accounts_from_before_are_those_of_adults(as_person):
    assert as_person(make_person("aida")).get("/kk/dashboard/").status_code == 200


@at()
def test_the_page_says_plainly_what_is_going_on(client):
    child_of(client)
    shown = client.get("/kk/dashboard/", follow=True)
    assert title(shown) == phrase("Somebody has to agree")
    assert "111" in shown.content.decode()
    assert "2028" in shown.content.decode()
