"""The page of one's second factors: adding, spare codes, removing; every change is logged and told by letter."""

import base64
import re

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_email.models import EmailDevice
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.choices import EventKind
from accounts.factors.access import Factor
from accounts.factors.kinds import Kind
from tests.accounts.factors.support import CODE, FACTORS, authenticator, code, code_in, give, sign_in
from tests.accounts.support import at_once, phrase, title
from tests.support.cast import PASSWORD, confirm
from tests.support.html import errors, page, text_of, typed
from tests.support.journal import kinds

pytestmark = pytest.mark.django_db
ADD = f"{FACTORS}authenticator/"
CODES = f"{FACTORS}codes/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-03-01 12:00 +0500", tick=False) as clock:
        yield clock


@pytest.fixture
def client(as_person, owner):
    """A browser in which the owner gave her password just now."""
    client = as_person(owner)
    confirm(client, owner)
    return client


def shown_code(client) -> str:
    """Read the key from the page as an authenticator does; return the code."""
    key = text_of(page(client.get(ADD)).select_one(".key code")).replace(" ", "")
    return f"{TOTP(base64.b32decode(key)).token():06d}"


def subjects(letters) -> list[str]:
    return [letter["Subject"].strip() for letter in letters]


def remove_page(device) -> str:
    return f"{FACTORS}{Factor(Kind.AUTHENTICATOR, device).key}/remove/"


def test_the_key_is_a_picture_a_text_and_a_link(client, owner):
    shown = page(client.get(ADD))
    assert shown.select_one("svg.qr title")
    assert not shown.select("[style]")
    groups = text_of(shown.select_one(".key code"))
    assert re.fullmatch(r"([A-Z2-7]{4} ){7}[A-Z2-7]{4}", groups)
    link = shown.select_one("main a[href^=otpauth]")["href"]
    assert link == f"otpauth://totp/Emocare%3Aowner%40example.kz?secret={groups.replace(' ', '')}&issuer=Emocare"


def test_an_authenticator_is_added_with_its_first_code_and_spare_codes_are_offered(client, owner, letters):
    answer = client.post(ADD, {"code": shown_code(client), "name": "Телефоным"})
    assert answer.url == CODES
    assert "Телефоным" in client.get(FACTORS).content.decode()
    assert client.get("/kk/mood/").status_code == 200
    assert kinds(owner) == [EventKind.FACTOR_ADDED]
    assert subjects(letters) == [phrase("A second factor was added")]


def test_its_first_code_is_used_up(client, owner, as_person):
    digits = shown_code(client)
    client.post(ADD, {"code": digits})
    assert errors(give(as_person(owner, verified=False), digits), "code")


@pytest.mark.parametrize("digits", ["", "000000", "a\0b", "1" * 40])
def test_a_wrong_first_code_keeps_the_key_and_the_name(client, owner, digits):
    right = shown_code(client)
    refused = client.post(ADD, {"code": digits, "name": "Телефоным"})
    assert errors(refused, "code")
    assert typed(refused, "name") == "Телефоным"
    assert not TOTPDevice.objects.exists()
    assert client.post(ADD, {"code": right}).status_code == 302


def test_a_key_does_not_leave_for_somebody_whose_password_was_asked_long_ago(client, owner, clock):
    clock.shift(301)
    sent = client.get(ADD)
    assert sent.url.startswith("/kk/account/reauthenticate/")
    assert client.post(sent.url, {"password": PASSWORD, "next": ADD}).url == ADD
    assert client.get(ADD).status_code == 200


def test_right_after_signing_in_the_password_is_not_asked_a_second_time(owner):
    client, _target = sign_in(owner)
    assert client.get(ADD).status_code == 200


@pytest.mark.parametrize("person", ["unrelated_psychologist", "curator", "admin"])
def test_whoever_must_have_one_gets_nowhere_but_to_adding_one(request, person, letters):
    person = request.getfixturevalue(person)
    client, target = sign_in(person)
    assert client.get(target).url == FACTORS
    for place in ("/kk/profile/", "/kk/mood/sync/", "/kk/account/password/change/", CODES, "/admin/"):
        assert client.get(place).url == FACTORS, place
    assert client.post("/kk/mood/record/", {"level": 3}).url == FACTORS
    assert page(client.get(FACTORS)).select_one(".notice--warning")
    client.post(ADD, {"code": shown_code(client)})
    assert client.get("/kk/dashboard/").status_code == 200


def test_codes_by_letter_are_added_when_the_first_one_comes_back(client, owner, letters):
    place = f"{FACTORS}email/"
    assert errors(client.post(place, {"code": "123456"}), "code")
    client.post(place, {"send": "1"})
    assert client.post(place, {"code": code_in(letters[-1])}).url == CODES
    assert EmailDevice.objects.get().confirmed
    assert client.get(place).url == FACTORS


def test_whoever_has_no_address_is_not_offered_letters(as_person, anonymous_account):
    client = as_person(anonymous_account)
    confirm(client, anonymous_account)
    assert not page(client.get(FACTORS)).select(f"a[href='{FACTORS}email/']")
    assert client.get(f"{FACTORS}email/").url == FACTORS
    assert client.post(ADD, {"code": shown_code(client)}).url == CODES


def test_spare_codes_are_shown_once_and_each_opens_the_account_once(client, owner, as_person, letters):
    client.post(ADD, {"code": shown_code(client)})
    made = client.post(CODES)
    codes = [text_of(line) for line in page(made).select(".codes code")]
    assert len(set(codes)) == 10
    assert not page(client.get(CODES)).select(".codes")
    for spelling in (codes[0].lower(), codes[1].replace("-", " ")):
        assert give(as_person(owner, verified=False), spelling, way="codes").status_code == 302
    assert errors(give(as_person(owner, verified=False), codes[0], way="codes"), "code")
    assert StaticToken.objects.count() == 8


def test_what_is_kept_of_spare_codes_opens_nothing(client, owner, as_person):
    client.post(ADD, {"code": shown_code(client)})
    client.post(CODES)
    kept = StaticToken.objects.first().token
    assert errors(give(as_person(owner, verified=False), kept, way="codes"), "code")


def test_new_spare_codes_replace_the_old_ones(client, owner, as_person):
    client.post(ADD, {"code": shown_code(client)})
    old = text_of(page(client.post(CODES)).select_one(".codes code"))
    client.post(CODES)
    assert errors(give(as_person(owner, verified=False), old, way="codes"), "code")


def test_spare_codes_alone_cannot_be_made(client):
    assert client.post(CODES).url == FACTORS
    assert not StaticDevice.objects.exists()


def test_removing_the_last_one_removes_the_spare_codes_too(client, owner, letters):
    client.post(ADD, {"code": shown_code(client)})
    client.post(CODES)
    place = remove_page(TOTPDevice.objects.get())
    assert title(client.get(place)) == phrase("Remove a second factor")
    assert client.post(place).url == FACTORS
    assert not StaticDevice.objects.exists()
    assert kinds(owner)[-1] == EventKind.FACTOR_REMOVED
    assert subjects(letters)[-1] == phrase("A second factor was removed")
    assert client.get("/kk/mood/").status_code == 200


@pytest.mark.parametrize("way", ["factor", "new", "passkey/options", "codes", "email", "password", "recovery"])
def test_a_session_from_before_the_first_factor_changes_nothing_with_the_password_alone(client, owner, way):
    hers = authenticator(owner)
    place = {
        "factor": remove_page(hers),
        "new": ADD,
        "email": "/kk/account/email/",
        "password": "/kk/account/password/change/",
        "recovery": "/kk/account/recovery-codes/new/",
    }.get(way, f"{FACTORS}{way}/")
    assert client.post(place, {"action_add": "", "email": "thief@example.kz"}).url == CODE
    assert client.get("/kk/mood/").status_code == 200
    assert give(client, code(hers)).status_code == 302
    assert client.post(place).headers.get("Location") != CODE
    assert [device.pk for device in TOTPDevice.objects.all()] == ([] if way == "factor" else [hers.pk])


def test_the_last_one_stays_with_those_who_must_have_one(as_person, unrelated_psychologist):
    client = as_person(unrelated_psychologist)
    device = TOTPDevice.objects.get()
    assert page(client.post(remove_page(device))).select_one("main .notice--warning")
    other = authenticator(unrelated_psychologist)
    assert client.post(remove_page(other)).status_code == 302
    assert TOTPDevice.objects.get() == device


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_factor_of_somebody_else_does_not_exist(client, other_user, method):
    others = authenticator(other_user)
    for place in (remove_page(others), f"{FACTORS}{others.pk}/remove/", f"{FACTORS}x/remove/"):
        assert getattr(client, method)(place).status_code == 404
    assert TOTPDevice.objects.exists()


def test_the_list_takes_as_many_queries_for_six_as_for_two(client, owner, django_assert_max_num_queries):
    client.post(ADD, {"code": shown_code(client)})
    EmailDevice.objects.create(user=owner)
    with django_assert_max_num_queries(20) as few:
        client.get(FACTORS)
    for number in range(4):
        TOTPDevice.objects.create(user=owner, name=str(number))
    with django_assert_max_num_queries(len(few)):
        client.get(FACTORS)


@pytest.mark.django_db(transaction=True)
def test_a_form_that_is_sent_twice_at_once_adds_one_authenticator(client, owner):
    digits = shown_code(client)

    def send():
        twin = Client()
        twin.cookies = client.cookies.copy()
        return twin.post(ADD, {"code": digits}).status_code

    at_once(send, send)
    assert TOTPDevice.objects.count() == 1


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[]", b"\xff", b'"x"', b'{"id": 1, "rawId": [], "response": "x"}', b'{"name": "\\u0000"}']
)
@pytest.mark.parametrize(("begin", "finish"), [("options", "save"), ("question", "answer")])
def test_nonsense_instead_of_a_passkey_is_refused(client, begin, finish, body):
    for question in (False, True):
        if question:
            client.post(f"{FACTORS}passkey/{begin}/")
        answer = client.post(f"{FACTORS}passkey/{finish}/", body, content_type="application/json")
        assert (answer.status_code, answer.json()) == (400, {"error": "not accepted"})


@pytest.mark.parametrize(("begin", "finish"), [("options", "save"), ("question", "answer")])
def test_a_form_instead_of_a_passkey_is_refused(as_person, owner, begin, finish):
    client = Client(enforce_csrf_checks=True)
    client.cookies = as_person(owner).cookies
    confirm(client, owner)
    token = page(client.get("/kk/account/password/change/")).select_one("[name=csrfmiddlewaretoken]")["value"]
    assert client.post(f"{FACTORS}passkey/{begin}/", headers={"x-csrftoken": token}).status_code == 200
    answer = client.post(f"{FACTORS}passkey/{finish}/", {"x": "y"}, headers={"x-csrftoken": token})
    assert (answer.status_code, answer.json()) == (400, {"error": "not accepted"})


def test_an_answer_that_nobody_asked_for_makes_no_session_and_many_are_refused():
    answers = [Client().post(f"{FACTORS}passkey/answer/", "{}", content_type="application/json") for _ in range(61)]
    assert [answer.status_code for answer in answers] == [400] * 60 + [429]
    assert not Session.objects.exists()


def test_a_passkey_asks_for_the_person_and_only_for_their_own_keys(client):
    asked = client.post(f"{FACTORS}passkey/options/").json()
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert asked["authenticatorSelection"]["residentKey"] == "required"
    assert asked["user"]["name"] == "owner@example.kz"
    assert client.post(f"{FACTORS}passkey/question/").json()["userVerification"] == "required"


def test_a_script_that_adds_a_passkey_is_sent_on_when_the_password_is_needed(client, clock):
    clock.shift(301)
    assert client.post(f"{FACTORS}passkey/options/").status_code == 302
