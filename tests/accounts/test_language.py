"""Which language: the address says it; without one the account, then the cookie, then the browser, then Kazakh."""

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from tests.support.cast import PASSWORD, make_person
from tests.support.html import page

pytestmark = pytest.mark.django_db
COOKIE = settings.LANGUAGE_COOKIE_NAME


def switch(client: Client, language: str, back: str = "/kk/rules/"):
    return client.post("/kk/language/", {"language": language, "next": back})


def sign_in(client: Client, language: str = "kk", **more: str):
    answers = {"login": "owner@example.kz", "password": PASSWORD}
    return client.post(f"/{language}/account/login/", answers | more)


@pytest.mark.parametrize(("language", "target"), [("ru", "/ru/rules/"), ("en", "/en/rules/"), ("kk", "/kk/rules/")])
def test_switching_shows_the_same_page_in_the_other_language_and_is_remembered(client, language, target):
    answer = switch(client, language)
    assert answer.url == target
    assert page(client.get(target)).html["lang"] == language
    kept = client.cookies[COOKIE]
    assert (kept.value, kept["httponly"], kept["samesite"], kept["max-age"]) == (language, True, "Lax", 31_536_000)
    assert client.get("/").url == f"/{language}/"


def test_switching_is_kept_in_the_account_as_well(owner, as_person):
    switch(as_person(owner), "ru")
    assert User.objects.get().language == "ru"
    assert as_person(owner).get("/").url == "/ru/"


@pytest.mark.parametrize("language", ["", "uz", "x" * 600, "../etc", "kk\0"])
def test_an_unknown_language_changes_nothing(owner, as_person, language):
    client = as_person(owner)
    assert switch(client, language).status_code == 302
    assert User.objects.get().language == "kk"
    assert client.get("/").url == "/kk/"


@pytest.mark.parametrize(
    "target", ["https://evil.example/kk/", "//evil.example/kk/", "/\\evil.example", "javascript:x"]
)
def test_the_way_back_never_leads_to_another_site(client, target):
    assert switch(client, "ru", target).url == "/"
    referred = client.post("/kk/language/", {"language": "ru", "next": target}, headers={"referer": target})
    assert referred.url == "/"


def test_switching_is_done_by_a_form_only(client):
    assert client.get("/kk/language/?language=ru&next=/kk/").status_code == 405
    assert COOKIE not in client.cookies
    assert Client(enforce_csrf_checks=True).post("/kk/language/", {"language": "ru"}).status_code == 403


def test_without_anything_the_first_page_is_kazakh(client):
    assert client.get("/").url == "/kk/"


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        ("ru", "ru"),
        ("ru-KZ,ru;q=0.9", "ru"),
        ("en-GB", "en"),
        ("de,en;q=0.5", "en"),
        ("kk-KZ", "kk"),
        ("de", "kk"),
        ("uz,tr", "kk"),
        ("*", "kk"),
        ("", "kk"),
        (";;;q=x,,", "kk"),
    ],
)
def test_the_browser_decides_when_nobody_else_did(client, wanted, language):
    assert client.get("/", headers={"accept-language": wanted}).url == f"/{language}/"


def test_the_cookie_wins_over_the_browser(client):
    client.cookies[COOKIE] = "en"
    assert client.get("/", headers={"accept-language": "ru"}).url == "/en/"


def test_the_account_wins_over_the_cookie(as_person):
    client = as_person(make_person("owner", language="ru"))
    client.cookies[COOKIE] = "en"
    assert client.get("/", headers={"accept-language": "kk"}).url == "/ru/"
    assert client.get("/dashboard/").url == "/ru/dashboard/"


def test_the_address_wins_over_all(as_person):
    client = as_person(make_person("owner", language="ru"))
    client.cookies[COOKIE] = "en"
    assert page(client.get("/kk/dashboard/")).html["lang"] == "kk"
    assert User.objects.get().language == "ru"


def test_signing_in_brings_the_language_of_the_account_to_the_browser():
    make_person("owner", language="ru")
    client = Client()
    answer = sign_in(client, "en")
    assert answer.url == "/ru/dashboard/"
    assert client.cookies[COOKIE].value == "ru"
    client.post("/ru/account/logout/")
    assert client.get("/").url == "/ru/"


def test_signing_up_keeps_the_language_of_the_page_in_this_browser(client):
    answers = {"nickname": "Dala", "password": PASSWORD, "age": "adult", "consent": "on"}
    client.post("/ru/account/sign-up/anonymous/", answers, headers={"accept-language": "en"})
    client.post("/ru/account/logout/")
    assert client.get("/", headers={"accept-language": "en"}).url == "/ru/"


@pytest.mark.parametrize("address", ["rules", "account/login", "urgent-help"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_each_page_says_its_language(client, language, address):
    answer = client.get(f"/{language}/{address}/")
    assert page(answer).html["lang"] == language
    assert answer["Content-Language"] == language


@pytest.mark.parametrize("address", ["/de/", "/uz/rules/", "/KK/", "/kk-kz/"])
def test_a_language_we_do_not_speak_is_no_page(client, address):
    assert client.get(address).status_code == 404
