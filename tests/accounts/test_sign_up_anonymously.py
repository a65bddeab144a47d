"""Signing up with a nickname alone."""

import re

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from psycopg.sql import SQL, Identifier

from accounts.choices import Purpose
from accounts.models import Consent, RecoveryCode, User
from tests.accounts.signin.proofs import solved
from tests.accounts.support import at_once, phrase, title
from tests.support.cast import PASSWORD
from tests.support.html import errors, page, text_of, typed

pytestmark = pytest.mark.django_db
ANSWERS = {"nickname": "Дала Желі", "password": PASSWORD, "age": "adult", "consent": "on"}
TAKEN = "This nickname is taken. Please choose another."


def sign_up(client: Client, language: str = "kk", **changes: str):
    return client.post(f"/{language}/account/sign-up/anonymous/", ANSWERS | changes)


def sign_in(name: str):
    return Client().post("/kk/account/login/", {"login": name, "password": PASSWORD})


def codes_on(response) -> list[str]:
    return [text_of(code) for code in page(response).select(".codes code")]


def whole_database() -> str:
    """Return every column of every table, binary ones too, as one text."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        rows = []
        for name in names:
            cursor.execute(SQL("SELECT to_jsonb(t)::text FROM {} t").format(Identifier(name)))
            rows += [row for (row,) in cursor.fetchall()]
    return "\n".join(rows)


def test_ten_codes_are_shown_once_and_the_person_is_signed_in(client):
    shown = sign_up(client)
    codes = codes_on(shown)
    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"([A-Z2-7]{4}-){3}[A-Z2-7]{4}", code) for code in codes)
    assert "no-store" in shown["Cache-Control"]
    assert client.get("/kk/dashboard/").status_code == 200
    assert codes_on(client.get("/kk/account/recovery-codes/")) == []
    assert User.objects.get().shown_name == "Дала Желі"


def test_neither_codes_nor_password_stand_anywhere_in_the_database(client):
    codes = codes_on(sign_up(client))
    stored = whole_database().upper() + str(dict(client.session)).upper()
    assert RecoveryCode.objects.count() == 10
    assert "ДАЛА ЖЕЛІ" in stored
    for secret in (*codes, *(code.replace("-", "") for code in codes), PASSWORD.upper()):
        assert secret not in stored
        assert secret.encode().hex().upper() not in stored


def test_consent_language_and_display_are_kept_and_no_address_is(client):
    client.post("/ru/display/", {"theme": "white-on-black"})
    sign_up(client, "ru")
    person = User.objects.get()
    assert (person.language, person.display, person.email) == ("ru", {"theme": "white-on-black"}, None)
    consent = Consent.objects.get()
    assert (consent.user, consent.purpose, consent.language) == (person, Purpose.SERVICE, "ru")


@pytest.mark.parametrize("nickname", ["Дала Желі", "дала желі", "ДАЛА ЖЕЛІ", "  дала желі "])
def test_a_taken_nickname_is_refused_in_any_case(nickname):
    sign_up(Client())
    client = Client()
    answer = sign_up(client, nickname=nickname)
    assert errors(answer, "nickname") == phrase(TAKEN)
    assert typed(answer, "nickname") == nickname
    assert typed(answer, "password") == ""
    assert User.objects.count() == 1
    assert client.get("/kk/dashboard/").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_one_nickname_at_once_one_gets_it():
    answers = at_once(lambda: sign_up(Client()), lambda: sign_up(Client(), nickname="дала желі"))
    winners = [answer for answer in answers if codes_on(answer)]
    (loser,) = [answer for answer in answers if answer not in winners]
    assert len(winners) == 1
    assert errors(loser, "nickname") == phrase(TAKEN)
    assert User.objects.count() == 1
    assert RecoveryCode.objects.count() == 10


@pytest.mark.parametrize(
    "nickname", ["", "ж", "me@example.kz", "a/b", "a<b>", "a\nb", "a\0b", "a\x07b", "ә" * 41, "İ" * 40, "a  b", "👩‍🦽"]
)
def test_a_bad_nickname_is_refused_beside_its_field(client, nickname):
    answer = sign_up(client, nickname=nickname)
    assert errors(answer, "nickname")
    assert not User.objects.exists()


@pytest.mark.parametrize("nickname", ["Әйгерім Қ.", "dala_jeli-7", "Ұлы Дала", "ә" * 40])
def test_letters_digits_spaces_dots_and_dashes_make_a_nickname(client, nickname):
    assert len(codes_on(sign_up(client, nickname=nickname))) == 10
    for typed_name in (nickname, nickname.upper(), f" {nickname.lower()} "):
        assert sign_in(typed_name).url == "/kk/dashboard/"


def test_a_nickname_is_the_same_however_the_keyboard_makes_its_letters(client):
    sign_up(client, nickname="Ма\u0438\u0306а")
    assert User.objects.get().username == "ма\u0439а"
    assert sign_in("Ма\u0439а").url == "/kk/dashboard/"
    assert sign_in("Ма\u0438\u0306а").url == "/kk/dashboard/"


@pytest.mark.parametrize("password", ["", "short", "2846591037462", "password123", "дала желі", "a\0" * 10])
def test_a_bad_password_is_refused_beside_its_field(client, password):
    answer = sign_up(client, password=password)
    assert errors(answer, "password")
    assert typed(answer, "nickname") == "Дала Желі"
    assert not User.objects.exists()


def test_without_consent_nothing_is_stored_and_the_nickname_stays(client):
    answer = sign_up(client, "en", consent="")
    assert errors(answer, "consent") == "To use Emocare, please agree to how your data are kept."
    assert typed(answer, "nickname") == "Дала Желі"
    assert not any(model.objects.exists() for model in apps.get_app_config("accounts").get_models())


def test_the_form_sent_again_leads_to_the_dashboard_and_makes_nobody(client):
    sign_up(client)
    again = sign_up(client)
    assert (again.status_code, again.url) == (302, "/kk/dashboard/")
    assert User.objects.count() == 1
    assert RecoveryCode.objects.count() == 10


@pytest.mark.usefixtures("easy_proofs")
def test_many_sign_ups_from_one_address_meet_the_page_of_too_many_attempts():
    statuses = [sign_up(Client(), nickname=f"n-{number}", altcha=solved()).status_code for number in range(21)]
    assert statuses == [200] * 20 + [429]
    assert User.objects.count() == 20


def test_a_form_with_mistakes_does_not_count_as_an_attempt(client):
    for _ in range(25):
        assert errors(sign_up(client, nickname="a/b"), "nickname")
    assert title(sign_up(client)) == phrase("Your ten recovery codes")
