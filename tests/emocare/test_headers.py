"""What browsers are told about every page."""

import pytest
from django.conf import settings
from django.test import Client

from tests.support.cast import PASSWORD
from tests.support.html import page

pytestmark = pytest.mark.django_db
PUBLIC = [
    "/kk/",
    "/ru/about/",
    "/en/urgent-help/",
    "/kk/account/login/",
    "/kk/account/signup/",
    "/kk/display/",
    "/healthz",
]
OWN = [
    "/kk/dashboard/",
    "/kk/mood/",
    "/kk/mood/week/",
    "/kk/profile/",
    "/kk/account/email/",
    "/kk/account/recovery-codes/",
]
OTHERS = ["/", "/kk/no-such-page/", "/admin/", "/kk/account/logout/", "/exit/"]


@pytest.fixture(params=["nobody", "owner"])
def client(request, as_person, owner) -> Client:
    return as_person(None if request.param == "nobody" else owner)


def policy(response) -> dict[str, list[str]]:
    directives = (part.split() for part in response["Content-Security-Policy"].split(";") if part.strip())
    return {name: values for name, *values in directives}


@pytest.mark.parametrize("address", PUBLIC + OWN + OTHERS)
def test_every_answer_is_strict(client, address):
    answer = client.get(address)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert {"geolocation=()", "camera=()", "microphone=()"} <= set(answer["Permissions-Policy"].split(", "))
    assert policy(answer)["default-src"] == policy(answer)["frame-ancestors"] == ["'none'"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "private" in answer["Cache-Control"]


def test_only_our_own_scripts_styles_pictures_and_fonts_are_let_in(client):
    answer = client.get("/kk/about/")
    assert answer["X-Frame-Options"] == "DENY"
    rules = policy(answer)
    for kind in ("worker-src", "img-src", "font-src", "connect-src", "manifest-src"):
        assert rules[kind] == ["'self'"]
    assert rules["require-trusted-types-for"] == ["'script'"]
    for kind in ("object-src", "base-uri", "frame-ancestors"):
        assert rules[kind] == ["'none'"]
    assert rules["form-action"] == ["'self'", "https://www.kazhydromet.kz"]
    assert not [value for values in rules.values() for value in values if value in {"*", "https:", "data:"}]


@pytest.mark.parametrize("address", [*OWN, "/kk/about/", "/kk/urgent-help/", "/kk/no-such-page/", "/kk/display/"])
def test_the_pages_of_whoever_is_signed_in_are_kept_nowhere(owner, as_person, address):
    assert "no-store" in as_person(owner).get(address)["Cache-Control"]


@pytest.mark.parametrize("address", ["/kk/about/", "/kk/urgent-help/", "/kk/"])
def test_public_pages_may_be_kept_but_asked_for_again(address):
    assert Client().get(address)["Cache-Control"] == "no-cache, private"


@pytest.mark.parametrize("address", ["/kk/account/login/", "/kk/account/signup/", "/kk/account/recover/"])
def test_forms_with_passwords_are_kept_nowhere(address):
    assert "no-store" in Client().get(address)["Cache-Control"]


def test_the_answer_that_signs_in_is_kept_nowhere(owner):
    answer = Client().post("/kk/account/login/", {"login": owner.email, "password": PASSWORD})
    assert "no-store" in answer["Cache-Control"]


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(owner):
    client = Client()
    client.get("/kk/account/login/")
    client.post("/kk/account/login/", {"login": owner.email, "password": PASSWORD})
    assert set(client.cookies) >= {"sessionid", "csrftoken", "emocare_language"}
    for cookie in client.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


def test_a_visitor_who_only_reads_gets_no_session():
    client = Client()
    for address in PUBLIC:
        client.get(address)
    assert settings.SESSION_COOKIE_NAME not in client.cookies


def test_static_files_may_be_kept_for_ever_and_are_not_sniffed():
    sheet = page(Client().get("/kk/about/")).select_one("link[rel=stylesheet]")["href"]
    answer = Client().get(sheet)
    assert answer.status_code == 200
    assert "immutable" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"].startswith("text/css")


def test_pages_travel_compressed():
    answer = Client().get("/kk/about/", headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) < 20_000
