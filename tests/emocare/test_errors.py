"""Error pages: the right status and language, the numbers to call, and no query."""

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.utils import translation

from emocare import urls
from emocare.urls import handler400, handler403, handler404, handler429, handler500  # noqa: F401
from tests.support.html import loose_ends, page, text_of

ACCIDENTS = {
    "bad-request": (BadRequest, 400, "We could not read this request"),
    "suspicious": (SuspiciousOperation, 400, "We could not read this request"),
    "forbidden": (PermissionDenied, 403, "This page is not open to you"),
    "lost": (Http404, 404, "There is no such page"),
    "broken": (RuntimeError, 500, "Something broke on our side"),
    "no-database": (DatabaseError, 500, "Something broke on our side"),
}
LANGUAGES = ["kk", "ru", "en"]


@login_not_required
def accident(request: HttpRequest, name: str) -> HttpResponse:
    raise ACCIDENTS[name][0]("a detail that only the log should hold")


urlpatterns = [
    path("accident/<str:name>/", accident),
    *i18n_patterns(path("accident/<str:name>/", accident)),
    *urls.urlpatterns,
]
pytestmark = pytest.mark.urls("tests.emocare.test_errors")


@pytest.fixture
def client() -> Client:
    """A browser that gets the page of an error, as people do."""
    return Client(raise_request_exception=False)


def phrase(words: str, language: str) -> str:
    with translation.override(language):
        return translation.gettext(words)


def check(answer: HttpResponse, status: int, title: str, language: str) -> None:
    """Check what every error page must be."""
    soup = page(answer)
    assert answer.status_code == status
    assert soup.html["lang"] == language
    assert text_of(soup.h1) == phrase(title, language)
    assert {"tel:112", "tel:111"} <= {link["href"] for link in soup.select("main a")}
    assert str(status) in text_of(soup.select_one("main .quiet"))
    assert "a detail" not in answer.content.decode()
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert loose_ends(answer) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ACCIDENTS)
def test_each_has_its_page_in_the_language_of_the_address(client, name, language):
    """Without the mark `django_db`: a query would fail the test, also of the middleware, also with a session."""
    client.cookies["sessionid"] = "a" * 32
    _error, status, title = ACCIDENTS[name]
    check(client.get(f"/{language}/accident/{name}/"), status, title, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_language_in_the_address_the_cookie_decides_then_the_browser_then_kazakh(client, language):
    address = "/accident/broken/"
    check(client.get(address, headers={"accept-language": language}), 500, "Something broke on our side", language)
    check(client.get(address), 500, "Something broke on our side", "kk")
    client.cookies["emocare_language"] = language
    other = "en" if language == "ru" else "ru"
    check(client.get(address, headers={"accept-language": other}), 500, "Something broke on our side", language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "address", ["no/such/page/", "mood/no-uuid/", "%00", "%FF%FE", "a" * 3000, "<script>alert(1)</script>"]
)
def test_an_address_of_nothing_is_not_found(client, language, address):
    answer = client.get(f"/{language}/{address}")
    check(answer, 404, "There is no such page", language)
    assert b"<script>alert" not in answer.content
    assert client.post(f"/{language}/{address}").status_code in {403, 404}


@pytest.mark.django_db
def test_not_found_takes_no_query_for_whoever_is_signed_in(owner, as_person, django_assert_num_queries):
    client = as_person(owner)
    with django_assert_num_queries(0):
        check(client.get("/ru/no-such-page/"), 404, "There is no such page", "ru")


def test_a_not_found_page_leads_to_the_same_address_in_the_other_languages(client):
    links = [link["href"] for link in page(client.get("/kk/no such/ә/")).select(".languages a")]
    assert links == [f"/{code}/no%20such/%D3%99/" for code in LANGUAGES]
    links = [link["href"] for link in page(client.get("/admin-of-nothing/")).select(".languages a")]
    assert links == ["/kk/", "/ru/", "/en/"]
    current = page(client.get("/ru/no-such-page/")).select(".languages a[aria-current]")
    assert [text_of(link) for link in current] == ["Русский"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_without_its_token_says_that_it_has_grown_old(language):
    client = Client(enforce_csrf_checks=True)
    answer = client.post(f"/{language}/account/login/", {"login": "x", "password": "y"})
    check(answer, 403, "The form has grown old", language)


@pytest.mark.django_db
def test_a_form_without_its_token_takes_no_query_and_stores_nothing(owner, django_assert_num_queries):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner, backend="notifications.backends.AuthenticationBackend")
    with django_assert_num_queries(0):
        check(client.post("/ru/profile/", {"shown_name": "X"}), 403, "The form has grown old", "ru")
    owner.refresh_from_db()
    assert owner.shown_name == "Owner"


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_too_many_attempts_have_their_page(client, language, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    settings.ROOT_URLCONF = "emocare.urls"
    client.post("/kk/account/login/", {})
    check(client.post(f"/{language}/account/login/", {}), 429, "Too many attempts", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_request_to_another_host_cannot_be_read(client, language):
    answer = client.get(f"/{language}/about/", headers={"host": "evil.example"})
    check(answer, 400, "We could not read this request", language)
    assert b"evil.example" not in answer.content


def test_a_body_that_is_too_large_cannot_be_read(client):
    body = b"login=" + b"x" * 1_100_000
    kind = "application/x-www-form-urlencoded"
    check(client.post("/ru/account/login/", body, content_type=kind), 400, "We could not read this request", "ru")


def test_too_many_fields_cannot_be_read(client):
    fields = {f"f{number}": "x" for number in range(301)}
    check(client.post("/ru/account/login/", fields), 400, "We could not read this request", "ru")


@pytest.mark.parametrize("body", [b"", b"--x", b'--x\r\nContent-Disposition: form-data; name="a', b"\xff" * 100])
def test_a_broken_form_with_files_breaks_nothing(body):
    answer = Client().post("/ru/account/recover/", body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code in {200, 400}


def test_a_form_with_files_that_does_not_say_where_its_parts_end_cannot_be_read(client):
    answer = client.post("/ru/account/recover/", b"--x", content_type="multipart/form-data")
    check(answer, 400, "We could not read this request", "ru")


def test_the_look_of_the_person_holds_on_error_pages_too(client):
    client.cookies["emocare_display"] = "theme=white-on-black&text=200"
    for address in ("/kk/accident/broken/", "/kk/accident/lost/"):
        html = page(client.get(address)).html
        assert (html["data-theme"], html["data-text"]) == ("white-on-black", "200")


def test_error_pages_offer_urgent_help_the_way_home_and_the_quick_exit(client):
    soup = page(client.get("/ru/accident/broken/"))
    assert soup.select_one("header a[href='/ru/urgent-help/']")
    assert soup.select_one("main a[href='/ru/']")
    assert soup.select_one("form[action='/exit/'] button")
    assert not soup.select("[name=csrfmiddlewaretoken]")
