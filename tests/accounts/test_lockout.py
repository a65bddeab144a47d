"""Too many wrong passwords close signing in for a while: one account from one address of the net."""

import pytest
import time_machine
from axes.models import AccessAttempt
from django.conf import settings
from django.test import Client

from tests.accounts.support import link_in, phrase, title
from tests.support.cast import PASSWORD
from tests.support.html import page, summary

pytestmark = pytest.mark.django_db
NEW = "another-long-pass-phrase"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-03-01 12:00 +0500", tick=False) as clock:
        yield clock


LIMIT = settings.AXES_FAILURE_LIMIT
FEW = 4


@pytest.fixture(autouse=True)
def _only_the_lock_of_the_account(settings):
    """Close it after few failures, which is quicker; thirty sign-ins a minute by address are tested on their own."""
    settings.AXES_FAILURE_LIMIT = FEW
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": False}


def sign_in(name: str, password: str = PASSWORD, language: str = "kk", **headers: str):
    answers = {"login": name, "password": password}
    return Client().post(f"/{language}/account/login/", answers, **headers)


def fail(name: str = "owner@example.kz", times: int = FEW, **headers: str) -> list[int]:
    return [sign_in(name, "wrong-pass-phrase", **headers).status_code for _ in range(times)]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_tenth_wrong_password_closes_signing_in_even_for_the_right_one(owner, language, settings):
    settings.AXES_FAILURE_LIMIT = LIMIT
    assert fail(times=LIMIT) == [200] * 9 + [429]
    closed = sign_in("owner@example.kz", language=language)
    assert closed.status_code == 429
    assert title(closed) == phrase("Signing in is closed for a while", language)
    assert page(closed).html["lang"] == language
    assert {"112", "111"} <= {link["href"].removeprefix("tel:") for link in page(closed).select(".lines a")}


def test_it_opens_after_fifteen_minutes_and_trying_meanwhile_does_not_prolong_it(owner, clock):
    fail()
    clock.shift(14 * 60)
    assert sign_in("owner@example.kz").status_code == 429
    assert sign_in("owner@example.kz", "wrong-pass-phrase").status_code == 429
    clock.shift(61)
    assert sign_in("owner@example.kz").status_code == 302


def test_writing_the_account_in_another_way_does_not_help(owner):
    for name in ("owner@example.kz", "OWNER@example.kz", " Owner@Example.kz "):
        fail(name, 1)
    assert fail(times=1) == [429]
    assert sign_in("OWNER@EXAMPLE.KZ").status_code == 429


def test_another_account_from_the_same_address_is_not_closed(owner, other_user, anonymous_account):
    fail()
    assert sign_in("owner@example.kz").status_code == 429
    assert sign_in("stranger@example.kz").status_code == 302
    assert sign_in("Dala Jeli").status_code == 302


def test_the_owner_can_sign_in_from_another_address(owner):
    fail(REMOTE_ADDR="10.0.0.1")
    assert sign_in("owner@example.kz", REMOTE_ADDR="10.0.0.1").status_code == 429
    assert sign_in("owner@example.kz", REMOTE_ADDR="10.0.0.2").status_code == 302


def test_nobody_can_be_told_from_somebody_by_being_closed_out(owner):
    assert fail("nobody@example.kz") == fail("owner@example.kz")
    assert title(sign_in("nobody@example.kz")) == title(sign_in("owner@example.kz"))


def test_a_success_forgets_the_failures_before(owner):
    fail(times=FEW - 1)
    assert sign_in("owner@example.kz").status_code == 302
    assert fail(times=FEW - 1) == [200] * (FEW - 1)
    assert sign_in("owner@example.kz").status_code == 302


def test_a_nickname_is_closed_out_as_an_address_is(anonymous_account):
    assert fail("Dala Jeli") == [200] * (FEW - 1) + [429]
    assert sign_in("dala jeli").status_code == 429


def test_forged_addresses_are_ignored_where_no_proxy_is_trusted(owner):
    statuses = [fail(times=1, HTTP_X_FORWARDED_FOR=f"203.0.113.{n}")[0] for n in range(FEW)]
    assert statuses[-1] == 429
    assert sign_in("owner@example.kz", HTTP_X_FORWARDED_FOR="198.51.100.7").status_code == 429


def test_behind_one_proxy_the_rightmost_address_counts(owner, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    statuses = [fail(times=1, HTTP_X_FORWARDED_FOR=f"203.0.113.{n}, 198.51.100.7")[0] for n in range(FEW)]
    assert statuses[-1] == 429
    assert sign_in("owner@example.kz", HTTP_X_FORWARDED_FOR="1.2.3.4, 198.51.100.7").status_code == 429
    assert sign_in("owner@example.kz", HTTP_X_FORWARDED_FOR="198.51.100.7, 203.0.113.1").status_code == 302


@pytest.mark.parametrize("forwarded", ["", "garbage", "1.2.3.4, <script>", ",", "unknown", "::1%eth0"])
def test_a_broken_address_from_the_proxy_breaks_nothing(owner, settings, forwarded):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert sign_in("owner@example.kz", HTTP_X_FORWARDED_FOR=forwarded).status_code in {302, 403}
    assert summary(sign_in("owner@example.kz", "wrong-pass-phrase", HTTP_X_FORWARDED_FOR="1.2.3.4"))


def test_a_new_password_by_letter_opens_signing_in_at_once(owner, letters):
    fail()
    client = Client()
    client.post("/kk/account/password/reset/", {"email": "owner@example.kz"})
    form = client.get(link_in(letters[0])).url
    client.post(form, {"password1": NEW, "password2": NEW})
    assert sign_in("owner@example.kz").status_code == 200
    assert sign_in("owner@example.kz", NEW).status_code == 302


def test_a_new_password_by_recovery_code_opens_signing_in_at_once(anonymous_account):
    fail("dala jeli")
    answers = {"login": "dala jeli", "code": anonymous_account.codes[0], "password": NEW}
    assert Client().post("/kk/account/recover/", answers).status_code == 302
    assert sign_in("dala jeli", NEW).status_code == 302


def test_asking_for_the_password_again_counts_as_well(owner, as_person):
    client = as_person(owner)
    tries = [client.post("/kk/account/reauthenticate/", {"password": f"wrong-{n}"}) for n in range(FEW)]
    assert [answer.status_code for answer in tries] == [200] * (FEW - 1) + [429]
    assert title(client.post("/kk/account/reauthenticate/", {"password": PASSWORD})) in {
        phrase("Signing in is closed for a while"),
        phrase("Too many attempts"),
    }


def test_the_record_of_failures_holds_no_password(owner):
    sign_in("owner@example.kz", "my-secret-of-long-ago")
    (attempt,) = AccessAttempt.objects.all()
    assert "my-secret" not in str(vars(attempt))
    assert attempt.username == "owner@example.kz"


def test_thirty_sign_ins_a_minute_from_one_address_are_enough(owner, settings, clock):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": False}
    statuses = [sign_in(f"name-{n}", "wrong-pass-phrase").status_code for n in range(31)]
    assert statuses == [200] * 30 + [429]
    clock.shift(61)
    assert sign_in("owner@example.kz").status_code == 302
