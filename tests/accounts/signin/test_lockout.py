"""Too many wrong passwords close signing in for a while: one account at one address or device of the net."""

import pytest
import time_machine
from axes.models import AccessAttempt
from django.conf import settings
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts.models import LockOut
from accounts.signin import lockout
from tests.accounts.signin.proofs import solved
from tests.accounts.support import link_in, phrase, title
from tests.support.cast import PASSWORD
from tests.support.html import page, summary, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("easy_proofs")]
NEW = "another-long-pass-phrase"
FEW = settings.AXES_FAILURE_LIMIT
CLOSED = "Signing in is closed for a while"
HERS, ELSEWHERE = "198.51.100.7", "203.0.113.9"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-03-01 12:00 +0500", tick=False) as clock:
        yield clock


@pytest.fixture(autouse=True)
def _only_the_lock_of_the_account(settings):
    """Thirty sign-ins a minute by address are tested on their own."""
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": False}


def sign_in(name: str, password: str = PASSWORD, language: str = "kk", client: Client | None = None, **headers: str):
    answers = {"login": name, "password": password, "altcha": solved()}
    return (client or Client()).post(f"/{language}/account/login/", answers, **headers)


def fail(name: str = "owner@example.kz", times: int = FEW, **headers: str) -> list[int]:
    return [sign_in(name, "wrong-pass-phrase", **headers).status_code for _ in range(times)]


def fail_often(account: str, times: int, address: str, device: str = "") -> None:
    """Fail without waiting for a thousand hashes of passwords: each time that the door is open, and also when not."""
    request = RequestFactory(REMOTE_ADDR=address).post("/")
    if device:
        request.COOKIES["emocare_device"] = device
    for _ in range(times):
        if not lockout.closed_until(request, account):
            lockout.fail(request, account)


def minutes_closed(account: str = "owner@example.kz") -> int:
    rows = LockOut.objects.filter(account=account, until__isnull=False).exclude(place=lockout.EVERYWHERE)
    return round((rows.latest("until").until - timezone.now()).total_seconds() / 60)


# One account at one address


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_fifth_wrong_password_closes_signing_in_even_for_the_right_one(owner, language):
    assert fail() == [200] * 4 + [429]
    closed = sign_in("owner@example.kz", language=language)
    assert closed.status_code == 429
    assert title(closed) == phrase(CLOSED, language)
    assert page(closed).html["lang"] == language
    assert {"112", "111"} <= {link["href"].removeprefix("tel:") for link in page(closed).select(".lines a")}
    ways = {link["href"] for link in page(closed).select("main ul.links a")}
    assert ways == {f"/{language}/account/{end}/" for end in ("login", "recover", "password/reset")}


def test_it_closes_for_longer_each_time_up_to_a_day(owner, clock):
    lengths = []
    for _ in range(8):
        fail_often("owner@example.kz", FEW, HERS)
        lengths.append(minutes_closed())
        clock.shift(60 * lengths[-1] + 1)
    assert lengths == [1, 5, 15, 60, 240, 1440, 1440, 1440]


def test_the_page_says_for_how_long(owner, clock):
    fail()
    assert "Wait 1 minute" in text_of(page(sign_in("owner@example.kz", language="en")).main)
    clock.shift(61)
    fail()
    assert "Wait 5 minutes" in text_of(page(sign_in("owner@example.kz", language="en")).main)
    LockOut.objects.update(until=timezone.now() + timezone.timedelta(hours=4))
    assert "Wait 4 hours" in text_of(page(sign_in("owner@example.kz", language="en")).main)


def test_it_opens_after_its_time_and_trying_meanwhile_does_not_prolong_it(owner, clock):
    fail()
    clock.shift(30)
    assert sign_in("owner@example.kz", "wrong-pass-phrase").status_code == 429
    clock.shift(31)
    assert sign_in("owner@example.kz").status_code == 302


def test_a_quiet_day_forgets_how_often_it_was_closed(owner, clock):
    fail_often("owner@example.kz", FEW, HERS)
    clock.shift(60 + 24 * 3600 + 1)
    fail_often("owner@example.kz", FEW, HERS)
    assert minutes_closed() == 1


def test_a_success_forgets_the_failures_before(owner):
    fail(times=FEW - 1)
    assert sign_in("owner@example.kz").status_code == 302
    assert fail(times=FEW - 1) == [200] * (FEW - 1)
    assert sign_in("owner@example.kz").status_code == 302


def test_writing_the_account_in_another_way_does_not_help(owner):
    for name in ("owner@example.kz", "OWNER@example.kz", " Owner@Example.kz ", "owner@example.kz"):
        fail(name, 1)
    assert fail(times=1) == [429]
    assert sign_in("OWNER@EXAMPLE.KZ").status_code == 429


def test_a_nickname_is_closed_out_as_an_address_is(anonymous_account):
    assert fail("Dala Jeli") == [200] * (FEW - 1) + [429]
    assert sign_in("dala jeli").status_code == 429


def test_nobody_can_be_told_from_somebody_by_being_closed_out(owner):
    assert fail("nobody@example.kz") == fail("owner@example.kz")
    told = [text_of(page(sign_in(f"{name}@example.kz")).main) for name in ("nobody", "owner")]
    assert told[0] == told[1]


# Nobody else is closed out


def test_a_thousand_tries_on_one_account_close_out_nobody_else_behind_the_address(owner, other_user):
    fail_often("owner@example.kz", 1000, HERS)  # all but the first five meet a closed door
    assert sign_in("owner@example.kz", REMOTE_ADDR=HERS).status_code == 429
    assert sign_in("stranger@example.kz", REMOTE_ADDR=HERS).status_code == 302


def test_whoever_guesses_elsewhere_closes_out_neither_her_address_nor_her_device(owner, clock):
    device = Client()
    sign_in("owner@example.kz", client=device, REMOTE_ADDR=HERS)
    for n in range(40):
        fail_often("owner@example.kz", FEW, f"203.0.113.{n}")
        clock.shift(1)
    assert sign_in("owner@example.kz", REMOTE_ADDR="192.0.2.1").status_code == 429
    assert sign_in("owner@example.kz", REMOTE_ADDR=HERS).status_code == 302
    assert sign_in("owner@example.kz", client=device, REMOTE_ADDR="192.0.2.1").status_code == 302


def test_her_device_passes_where_somebody_at_the_same_address_closed_her_out(owner):
    device = Client()
    sign_in("owner@example.kz", client=device, REMOTE_ADDR=HERS)
    device.post("/kk/account/logout/")
    fail(REMOTE_ADDR=HERS)
    assert sign_in("owner@example.kz", REMOTE_ADDR=HERS).status_code == 429
    assert sign_in("owner@example.kz", client=device, REMOTE_ADDR=HERS).status_code == 302


def test_a_device_is_no_way_to_guess_on(owner, other_user):
    device = Client()
    sign_in("stranger@example.kz", client=device)
    token = device.cookies["emocare_device"].value
    fail_often("owner@example.kz", FEW, HERS, token)
    fail_often("stranger@example.kz", FEW, HERS, token)
    assert set(LockOut.objects.filter(until__isnull=False).values_list("account", flat=True)) == {
        "owner@example.kz",
        "stranger@example.kz",
    }
    assert LockOut.objects.get(account="owner@example.kz", until__isnull=False).place == f"address {HERS}/32"


def test_guessing_from_many_addresses_meets_the_slower_limit(owner, clock, settings):
    for n in range(settings.FAILURES_EVERYWHERE):
        fail_often("owner@example.kz", 1, f"203.0.113.{n}")
    assert sign_in("owner@example.kz", REMOTE_ADDR="192.0.2.1").status_code == 429
    clock.shift(15 * 60 + 1)
    assert sign_in("owner@example.kz", REMOTE_ADDR="192.0.2.1").status_code == 302


def test_a_whole_network_of_ipv6_is_one_client(owner):
    for n in range(FEW):
        fail_often("owner@example.kz", 1, f"2001:db8::{n}")
    assert sign_in("owner@example.kz", REMOTE_ADDR="2001:db8::ffff").status_code == 429
    assert sign_in("owner@example.kz", REMOTE_ADDR="2001:db8:0:1::1").status_code == 302


# Addresses behind a proxy


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


# Ways out


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


# Other forms that ask for the password


def test_asking_for_the_password_again_counts_as_well(owner, as_person):
    client = as_person(owner)
    tries = [client.post("/kk/account/reauthenticate/", {"password": f"wrong-{n}"}) for n in range(FEW)]
    assert [answer.status_code for answer in tries] == [200] * (FEW - 1) + [429]
    assert title(client.post("/kk/account/reauthenticate/", {"password": PASSWORD})) == phrase(CLOSED)


def test_an_open_session_is_no_way_to_guess_the_old_password(owner, as_person, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "change_password": False}
    client, answers = as_person(owner), {"password1": NEW, "password2": NEW}
    address = "/kk/account/password/change/"
    tries = [client.post(address, answers | {"oldpassword": f"wrong-{n}"}).status_code for n in range(FEW)]
    assert tries == [200] * (FEW - 1) + [429]
    assert client.post(address, answers | {"oldpassword": PASSWORD}).status_code == 429


# What is kept


def test_the_record_of_failures_holds_no_password(owner):
    sign_in("owner@example.kz", "my-secret-of-long-ago")
    Client().post("/kk/account/recover/", {"login": "owner@example.kz", "code": "MY-SECRET", "password": "my-secret-x"})
    attempts = AccessAttempt.objects.all()
    assert {attempt.username for attempt in attempts} == {"owner@example.kz"}
    assert "my-secret" not in str([vars(attempt) for attempt in attempts]).lower()


def test_failures_of_long_ago_are_forgotten_altogether(owner, clock):
    fail_often("nobody@example.kz", 1, HERS)
    clock.shift(31 * 24 * 3600)
    fail_often("owner@example.kz", 1, HERS)
    assert not LockOut.objects.filter(account="nobody@example.kz").exists()


def test_thirty_sign_ins_a_minute_from_one_address_are_enough(owner, settings, clock):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": False}
    statuses = [sign_in(f"name-{n}", "wrong-pass-phrase").status_code for n in range(31)]
    assert statuses == [200] * 30 + [429]
    clock.shift(61)
    assert sign_in("owner@example.kz").status_code == 302
