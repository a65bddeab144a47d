"""Somebody lost every factor: an administrator lets them begin anew, says why, and it is known."""

import pytest
from django.test import Client
from django_otp.plugins.otp_email.models import EmailDevice
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.choices import EventKind
from accounts.models import User
from tests.accounts.factors.support import FACTORS, authenticator, sign_in
from tests.accounts.support import phrase, subject
from tests.emocare.test_languages import foreign
from tests.support.html import errors, page
from tests.support.journal import actions

pytestmark = pytest.mark.django_db
REASON = "Бейнебайланыста таныдым"


@pytest.fixture
def psychologist(unrelated_psychologist) -> User:
    """Somebody with a factor of each kind that needs no browser."""
    EmailDevice.objects.create(user=unrelated_psychologist)
    StaticDevice.objects.create(user=unrelated_psychologist).token_set.create(token="abcd1234")
    authenticator(unrelated_psychologist)
    return unrelated_psychologist


def place(person: User) -> str:
    return f"/admin/accounts/user/{person.pk}/reset-factors/"


def reset(client: Client, person: User, reason: str = REASON):
    return client.post(place(person), {"reason": reason})


def test_all_factors_and_sessions_go_and_the_person_adds_one_anew(as_person, admin, psychologist, letters):
    theirs, client = as_person(psychologist), as_person(admin)
    assert reset(client, psychologist).url == f"/admin/accounts/user/{psychologist.pk}/change/"
    (letter,) = letters
    assert (letter["X-To"], subject(letter)) == (psychologist.email, phrase("Your second factors were removed"))
    assert REASON not in letter.get_content()
    assert theirs.get("/kk/dashboard/").url.startswith("/kk/account/login/")
    anew, target = sign_in(psychologist)
    assert anew.get(target).url == FACTORS
    (event,) = actions(psychologist)
    assert (event.kind, event.actor, event.reason.text) == (EventKind.FACTORS_RESET, admin.journal_key, REASON)
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("reason", ["", "   ", "a\0b", "x" * 501])
def test_without_a_good_reason_nothing_happens(as_person, admin, psychologist, reason):
    refused = reset(as_person(admin), psychologist, reason)
    assert errors(refused, "reason")
    assert TOTPDevice.objects.filter(user=psychologist).exists()


def test_the_persons_page_leads_there_and_ones_own_does_not(as_person, admin, psychologist):
    client = as_person(admin)
    links = page(client.get(f"/admin/accounts/user/{psychologist.pk}/change/")).select(".object-tools a")
    assert place(psychologist) in [link["href"] for link in links]
    own = page(client.get(f"/admin/accounts/user/{admin.pk}/change/")).select(".object-tools a")
    assert place(admin) not in [link["href"] for link in own]
    assert reset(client, admin).status_code == 403


@pytest.mark.parametrize("name", ["owner", "unrelated_volunteer", "curator"])
def test_nobody_else_can_do_it(as_person, request, psychologist, name):
    client = as_person(request.getfixturevalue(name))
    assert reset(client, psychologist).status_code == 302
    assert TOTPDevice.objects.filter(user=psychologist).exists()


def test_an_administrator_who_did_not_show_a_factor_cannot_do_it(as_person, admin, psychologist):
    assert reset(as_person(admin, verified=False), psychologist).status_code == 302
    assert TOTPDevice.objects.filter(user=psychologist).exists()


@pytest.mark.parametrize("person", ["0", "x", "99999999999999999999"])
def test_a_person_who_does_not_exist_has_no_such_page(as_person, admin, person):
    assert as_person(admin).get(f"/admin/accounts/user/{person}/reset-factors/").status_code == 404


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_form_is_in_the_language_of_the_administrator(as_person, admin, psychologist, language):
    User.objects.update(language=language, shown_name="7")
    TOTPDevice.objects.update(name="7")
    shown = as_person(admin).get(place(psychologist))
    assert shown.status_code == 200
    assert foreign(page(shown), language) == set()
