"""What the service worker keeps: all that its pages load, nothing of anybody, under a new name when it changes."""

import json
import re

import pytest
from django.conf import settings
from django.test import Client

from emergency import helplines
from emocare import offline
from tests.support.html import page

LANGUAGES = ["kk", "ru", "en"]
PLACES = ["urgent-help", "grounding", "mood/offline"]


def worker(client: Client | None = None) -> str:
    return (client or Client()).get("/sw.js").content.decode()


def kept() -> dict:
    return json.loads(re.search(r"^const KEPT = (.*);$", worker(), re.MULTILINE)[1])


def version() -> str:
    return re.search(r'^const VERSION = "(\w+)";$', worker(), re.MULTILINE)[1]


def loaded_by(address: str) -> set[str]:
    """Return the files that a page needs: style sheets, pictures, its scripts and all that they import."""
    soup = page(Client().get(address))
    files = {link["href"] for link in soup.select("link[rel=stylesheet], link[rel=icon]")}
    files |= {use["href"].partition("#")[0] for use in soup.select("use")} | {img["src"] for img in soup.select("img")}
    asked = {element["data-module"] for element in soup.select("[data-module]")}
    scripts = {script["src"] for script in soup.select("script")}
    while scripts:
        name = scripts.pop()
        files.add(name)
        text = b"".join(Client().get(name)).decode()
        lazy = {found for found in re.findall(r'import\("\./([^"]+)"\)', text) if found.partition(".")[0] in asked}
        found = {f"/static/js/{module}" for module in {*re.findall(r'from "\./([^"]+)"', text), *lazy}}
        scripts |= found - files
    return files


@pytest.mark.parametrize("address", [f"/{code}/{place}/" for code in LANGUAGES for place in PLACES])
def test_what_is_kept_is_all_that_a_page_loads(address):
    assert address in kept()["pages"]
    assert loaded_by(address) <= set(kept()["files"])


def test_everything_that_is_kept_is_there():
    assert {name: Client().get(name).status_code for name in kept()["files"]} == dict.fromkeys(kept()["files"], 200)


@pytest.mark.django_db
def test_the_pages_and_the_worker_ask_nobody_who_they_are(as_person, owner, django_assert_num_queries):
    browser = as_person(owner)
    with django_assert_num_queries(0):
        assert worker(browser) == worker()
        answers = [browser.get(address) for address in kept()["pages"]]
    assert {answer.status_code for answer in answers} == {200}
    assert not [answer for answer in answers if str(owner.public_id) in answer.content.decode()]


def test_the_version_stays_while_nothing_changes():
    before = version()
    offline.script.cache_clear()
    assert version() == before


def test_another_number_to_call_is_another_version(monkeypatch):
    before = version()
    offline.script.cache_clear()
    monkeypatch.setattr(helplines, "first", lambda: [])
    try:
        assert version() != before
    finally:
        offline.script.cache_clear()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("session", ["", "garbage"])
def test_grounding_asks_neither_database_nor_cache(language, session):
    """Without the mark `django_db`: a query would fail the test."""
    answer = Client().get(f"/{language}/grounding/", headers={"cookie": f"{settings.SESSION_COOKIE_NAME}={session}"})
    assert answer.status_code == 200
    assert page(answer).html["lang"] == language
    assert not [cookie for cookie in answer.cookies.values() if cookie.value]


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["urgent-help/", "mood/offline/", "dashboard/"])
def test_the_way_to_the_exercises_is_where_people_look_for_help(as_person, owner, place):
    assert page(as_person(owner).get(f"/kk/{place}")).select_one("main a[href='/kk/grounding/']")
