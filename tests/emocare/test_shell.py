"""The frame of every page: urgent help without anything, leaving quickly, and every address under every method."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.support.html import page, unmarked
from tracker.models import MoodEntry

LANGUAGES = ["kk", "ru", "en"]
SAMPLES = {"uuid": str(uuid4()), "int": "1", "str": "x", "path": "1", "slug": "x"}
EXPRESSIONS = {
    "account_confirm_email": "confirm-email/abc/",
    "account_reset_password_from_key": "password/reset/key/1-abc/",
    "app_list": "accounts/",
    None: "nothing/",
}


# Urgent help


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("session", ["", "a" * 32, "garbage", "Ә"])
def test_urgent_help_asks_neither_database_nor_cache(language, session):
    """Without the mark `django_db`: a query would fail the test."""
    client = Client()
    answer = client.get(
        f"/{language}/urgent-help/", headers={"cookie": f"sessionid={session}".encode().decode("latin-1")}
    )
    assert answer.status_code == 200
    assert page(answer).html["lang"] == language
    numbers = [link["href"] for link in page(answer).select("main a[href^='tel:']")]
    assert numbers[:5] == ["tel:112", "tel:103", "tel:102", "tel:111", "tel:150"]
    assert not [cookie for cookie in answer.cookies.values() if cookie.value]


@pytest.mark.django_db
@pytest.mark.parametrize("person", [None, "owner", "unrelated_psychologist", "admin"])
def test_urgent_help_is_the_same_for_everybody_and_takes_no_query(
    request, as_person, person, django_assert_num_queries
):
    client = as_person(request.getfixturevalue(person) if person else None)
    client.get("/kk/account/login/")
    with django_assert_num_queries(0):
        answer = client.get("/kk/urgent-help/")
    assert unmarked(answer) == unmarked(Client().get("/kk/urgent-help/"))


WITHOUT_SERVICES = """
import django, json
django.setup()
from django.conf import settings
from django.test import Client
settings.DATABASES["default"]["OPTIONS"]["pool"]["timeout"] = 0.5
session = {"cookie": "sessionid=" + "a" * 32}
client = Client(raise_request_exception=False, headers={"host": "localhost"})
visit = lambda address, **more: client.get(address, **more).status_code
print(json.dumps({
    "help": [visit(f"/{language}/urgent-help/") for language in ("kk", "ru", "en")],
    "help of somebody": visit("/kk/urgent-help/", headers=session),
    "nothing": visit("/kk/no-such-page/", headers=session),
    "about": visit("/kk/about/"),
    "dashboard": visit("/kk/dashboard/", headers=session),
    "health": visit("/healthz"),
    "exit": client.post("/exit/", headers=session).status_code,
}))
"""


@pytest.fixture(scope="module")
def without_services() -> dict:
    """Return what a site answers whose PostgreSQL and Valkey are down."""
    down = {"DATABASE_URL": "postgresql://x:x@127.0.0.1:1/x?connect_timeout=1", "REDIS_URL": "redis://127.0.0.1:1/0"}
    command = [sys.executable, "-c", WITHOUT_SERVICES]
    done = subprocess.run(command, env=os.environ | down, cwd=settings.BASE_DIR, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_urgent_help_and_error_pages_stand_while_postgresql_and_valkey_are_down(without_services):
    assert without_services["help"] == [200, 200, 200]
    assert without_services["help of somebody"] == 200
    assert without_services["nothing"] == 404
    assert without_services["about"] == 200
    assert without_services["dashboard"] == 500
    assert without_services["health"] == 503


def test_leaving_quickly_works_while_postgresql_is_down(without_services):
    assert without_services["exit"] == 302


def test_urgent_help_needs_no_script():
    soup = page(Client().get("/kk/urgent-help/"))
    assert not [form for form in soup.select("main form") if form.get("method") == "post"]
    assert len(soup.select("main a[href^='tel:']")) >= 5


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["", "about", "account/login", "dashboard", "mood", "profile", "no-such-page"])
def test_every_page_leads_to_urgent_help_and_out(owner, as_person, address):
    soup = page(as_person(owner).get(f"/kk/{address}/".replace("//", "/"), follow=True))
    assert soup.select_one("header a[href='/kk/urgent-help/']")
    assert soup.select_one("header form[action='/exit/'][method=post] button")
    assert soup.select_one("a.skip[href='#main']")


# Leaving quickly


@pytest.mark.django_db
def test_leaving_quickly_ends_the_session_and_leads_to_the_neutral_page(owner, as_person):
    client = as_person(owner)
    answer = client.post("/exit/")
    assert (answer.status_code, answer.url) == (302, settings.QUICK_EXIT_URL)
    assert answer["Clear-Site-Data"] == '"cache"'
    assert "no-store" in answer["Cache-Control"]
    assert client.get("/kk/dashboard/").status_code == 302


@pytest.mark.django_db
def test_the_session_is_gone_from_the_server_too(owner, as_person):
    client = as_person(owner)
    kept = client.cookies["sessionid"].value
    client.post("/exit/")
    again = Client()
    again.cookies["sessionid"] = kept
    assert again.get("/kk/dashboard/").status_code == 302


@pytest.mark.django_db
def test_leaving_quickly_needs_no_token_of_a_form(owner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner, backend="notifications.backends.AuthenticationBackend")
    assert client.post("/exit/").status_code == 302
    assert client.get("/kk/dashboard/").status_code == 302


def test_leaving_quickly_works_signed_out_and_takes_no_query():
    client = Client()
    assert client.post("/exit/").url == settings.QUICK_EXIT_URL
    assert client.post("/exit/", b"\xff\xfe", content_type="text/plain").url == settings.QUICK_EXIT_URL


@pytest.mark.django_db
def test_leaving_quickly_with_a_session_that_is_over_works_too():
    client = Client()
    client.cookies["sessionid"] = "a" * 32
    assert client.post("/exit/").url == settings.QUICK_EXIT_URL


def test_only_a_press_leaves_a_link_or_a_picture_does_not():
    for method in ("get", "head", "put", "delete"):
        assert getattr(Client(), method)("/exit/").status_code == 405


@pytest.mark.django_db
def test_the_neutral_page_is_the_operators(owner, as_person, settings):
    settings.QUICK_EXIT_URL = "https://weather.example.kz/"
    client = as_person(owner)
    assert page(client.get("/kk/mood/")).select_one("form[action='/exit/']")["data-target"] == settings.QUICK_EXIT_URL
    assert client.post("/exit/").url == settings.QUICK_EXIT_URL


# Every address


def addresses(patterns: list, before: str = "/") -> Iterator[str]:
    """Yield an example of every address of the site."""
    for pattern in patterns:
        route = str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, before + route)
        elif isinstance(pattern, URLPattern) and (route.startswith("^") or "(?P" in route):
            yield before + EXPRESSIONS[pattern.name]
        else:
            yield before + re.sub(r"<(\w+):\w+>", lambda match: SAMPLES[match[1]], route)


@pytest.mark.django_db
@pytest.mark.parametrize("person", [None, "owner"])
@pytest.mark.parametrize("method", ["get", "head", "options", "put", "patch", "delete", "post", "trace"])
def test_no_address_breaks_under_any_method(request, as_person, method, person):
    user = request.getfixturevalue(person) if person else None
    examples = list(addresses(get_resolver().url_patterns))
    assert len(examples) > 50
    answers, client = {}, as_person(user)
    for address in examples:
        answers[address] = getattr(client, method)(address).status_code
        if address.endswith(("exit/", "logout/")):
            client = as_person(user)
    assert {address: status for address, status in answers.items() if status >= 500} == {}
    if method in {"put", "patch", "delete"}:
        ours = {address for address, status in answers.items() if status == 200 and "/account/" not in address}
        assert ours == set()


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
def test_other_methods_change_nothing(owner, as_person, method):
    entry = MoodEntry.objects.create(owner=owner, level=3, note="x")
    client = as_person(owner)
    for address in (
        f"/kk/mood/{entry.public_id}/",
        f"/kk/mood/{entry.public_id}/delete/",
        "/kk/profile/",
        "/kk/mood/record/",
    ):
        getattr(client, method)(address, b"level=1&shown_name=X", content_type="application/x-www-form-urlencoded")
    entry.refresh_from_db()
    owner.refresh_from_db()
    assert (entry.level, entry.note, owner.shown_name) == (3, "x", "Owner")
