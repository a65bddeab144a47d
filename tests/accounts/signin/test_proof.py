"""Proof-of-work: wanted after failures and for accounts without a name; without it, fewer attempts."""

import base64
import json

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from accounts.signin import proof
from tests.accounts.signin.proofs import solved
from tests.support.cast import PASSWORD
from tests.support.html import page, summary, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("easy_proofs")]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-03-01 12:00 +0500", tick=False) as clock:
        yield clock


def sign_in(name: str, password: str = PASSWORD, solution: str = "", **headers: str):
    return Client().post("/kk/account/login/", {"login": name, "password": password, "altcha": solution}, **headers)


def sign_up(number: int, solution: str = "", **headers: str):
    answers = {"nickname": f"n-{number}", "password": PASSWORD, "age": "adult", "consent": "on", "altcha": solution}
    return Client().post("/kk/account/sign-up/anonymous/", answers, **headers)


def opened(solution: str) -> dict:
    return json.loads(base64.b64decode(solution))


def closed(answer: dict) -> str:
    return base64.b64encode(json.dumps(answer).encode()).decode()


def forged(**changes: object) -> str:
    answer = opened(solved())
    answer["challenge"]["parameters"] |= changes
    return closed(answer)


def test_a_solution_counts_once():
    solution = solved()
    assert proof.is_solved(solution)
    assert not proof.is_solved(solution)


def test_a_solution_of_a_challenge_that_grew_old_does_not_count(clock):
    solution = solved()
    clock.shift(proof.LIFETIME + 1)
    assert not proof.is_solved(solution)


@pytest.mark.parametrize(
    "changes", [{"expiresAt": 9_999_999_999}, {"expiresAt": None}, {"keyPrefix": "00"}, {"cost": -1}, {"nonce": "00"}]
)
def test_a_changed_challenge_does_not_count(changes):
    assert not proof.is_solved(forged(**changes))


@pytest.mark.parametrize(
    "nonsense", ["", "x", "e30=", "bnVsbA==", "W10=", "\0", "ә", "A" * 100_000, closed({"challenge": 1, "solution": 2})]
)
def test_nonsense_does_not_count_and_breaks_nothing(nonsense):
    assert not proof.is_solved(nonsense)
    assert sign_up(1, nonsense).status_code == 200


def test_a_challenge_signed_with_another_key_does_not_count_and_with_the_old_one_does(settings):
    mine, theirs = solved(), solved()
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another-key-that-nobody-guesses"
    assert not proof.is_solved(theirs)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert proof.is_solved(mine)


def test_the_page_for_signing_in_asks_after_three_failures_from_the_address(owner):
    def asks(address: str) -> bool:
        return bool(page(Client().get("/kk/account/login/", REMOTE_ADDR=address)).select("[data-module=proof]"))

    for n in range(3):
        assert not asks("192.0.2.1")
        sign_in(f"name-{n}", "wrong-pass-phrase", REMOTE_ADDR="192.0.2.1")
    assert asks("192.0.2.1")
    assert not asks("192.0.2.2")


def test_it_asks_after_three_failures_of_the_account_wherever_they_came_from(owner):
    for n in range(3):
        sign_in("owner@example.kz", "wrong-pass-phrase", REMOTE_ADDR=f"192.0.2.{n}")
    answer = sign_in("owner@example.kz", "wrong-pass-phrase", REMOTE_ADDR="192.0.2.9")
    assert page(answer).select("[data-module=proof]")


def test_without_a_solution_one_attempt_in_half_a_minute_goes_through(owner, clock):
    for _ in range(4):
        sign_in("owner@example.kz", "wrong-pass-phrase")
    slow = sign_in("owner@example.kz")
    assert slow.status_code == 200
    assert summary(slow)
    assert typed(slow, "login") == "owner@example.kz"
    assert sign_in("owner@example.kz", solution=solved()).status_code == 302
    clock.shift(31)
    assert sign_in("owner@example.kz").status_code == 302


def test_without_a_solution_three_accounts_an_hour_are_made_at_an_address(clock):
    assert [sign_up(n).status_code for n in range(4)] == [200] * 4
    assert User.objects.count() == 3
    assert summary(sign_up(4))
    sign_up(5, solved())
    sign_up(6, REMOTE_ADDR="192.0.2.9")
    assert User.objects.count() == 5
    clock.shift(3601)
    sign_up(7)
    assert User.objects.count() == 6


def test_nobody_can_be_told_from_somebody_by_what_is_asked(owner):
    def told(name: str) -> list[tuple]:
        answers = [sign_in(name, "wrong-pass-phrase", REMOTE_ADDR=f"192.0.2.{len(name)}") for _ in range(5)]
        return [(a.status_code, bool(page(a).select("[data-module=proof]")), len(summary(a))) for a in answers]

    assert told("owner@example.kz") == told("nobody12@example.kz")
