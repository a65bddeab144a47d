"""What browsers are told with every answer that the site can give, and what every page asks a browser to load."""

import re

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.utils import translation

from chat.attachments.handing import WITH_MICROPHONE
from emocare.middleware import HEADERS
from tests.accounts.pictures import drawn, upload
from tests.support.html import page
from tests.support.sweeping import NAMES, undone

pytestmark = pytest.mark.django_db
NONCE = re.compile(r"^'nonce-([A-Za-z0-9+/=]{22,})'$")
NEVER = re.compile(r"unsafe|\*|https?:(?!//www\.kazhydromet\.kz)|data:|blob:|'strict-dynamic'")


def policy(answer: HttpResponse) -> dict[str, list[str]]:
    directives = (part.split() for part in answer["Content-Security-Policy"].split(";") if part.strip())
    return {name: values for name, *values in directives}


def wrong(answer: HttpResponse, *, ours: bool = True, voice: bool = False) -> list[str]:
    """Return what is wrong with the headers of an answer, and with what its page loads.

    `voice` says that it is a page on which one records and hears sound.
    """
    wanted = HEADERS | ({"Permissions-Policy": WITH_MICROPHONE} if voice else {})
    found = [f"{name}: {answer.get(name)}" for name, value in wanted.items() if answer.get(name) != value]
    if "Content-Security-Policy" not in answer:
        return [*found, "no policy"]
    rules = policy(answer)
    said = answer["Content-Security-Policy"].replace("media-src 'self' blob:" if voice else "\0", "")
    if rules["default-src"] != ["'none'"] or NEVER.search(said):
        found.append(answer["Content-Security-Policy"])
    found += [
        f"cookie {c.key}" for c in answer.cookies.values() if c.value and (not c["httponly"] or not c["samesite"])
    ]
    if not answer.get("Cache-Control"):
        found.append("no word about keeping")
    if "sandbox" in rules:  # a file that somebody sent: whatever it is, nothing in it runs
        return found + [name for name in rules if name not in {"default-src", "sandbox"}]
    if ours:
        found += _wrong_marks(answer, rules)
    return found


def _wrong_marks(answer: HttpResponse, rules: dict[str, list[str]]) -> list[str]:
    found = [] if rules["script-src"] == rules["style-src"] else ["scripts and styles differ"]
    body = answer.body if hasattr(answer, "body") else answer.content
    if not body or not answer.headers.get("Content-Type", "").startswith("text/html"):
        return found + ([] if rules["script-src"] == [] else ["a mark without a page"])
    soup = BeautifulSoup(body, "html.parser")
    named = soup.find_all(["script", "link", "style"])
    loads = [e for e in named if e.name != "link" or "stylesheet" in e.get("rel", [])]
    if not loads:  # a part of a page
        return found
    mark = NONCE.match(" ".join(rules["script-src"]))
    if not mark:
        return [*found, f"script-src {rules['script-src']}"]
    found += [str(e) for e in loads if e.get("nonce") != mark[1] or not e.get("src", e.get("href"))]
    found += [str(e)[:80] for e in soup.find_all(True) if [a for a in e.attrs if a == "style" or a.startswith("on")]]
    return found


@pytest.mark.parametrize(("person", "language"), [("nobody", "en"), ("owner", "kk"), ("verified_admin", "ru")])
def test_every_answer_of_every_address_has_them(cast, address, person, language):
    problems = {}
    for name in NAMES:
        with translation.override(language):
            place = address(name)
        for method in ("get", "post"):
            answer = undone(cast[person](), method, place)
            voice = b'data-module="chat"' in (answer.body if hasattr(answer, "body") else answer.content)
            if found := wrong(answer, ours=not name.startswith("admin:"), voice=voice):
                problems[method, name, answer.status_code] = found
    assert problems == {}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_error_pages_have_them(language):
    client = Client()
    for given in ({}, {"headers": {"host": "evil.example"}}):
        assert wrong(client.get(f"/{language}/no-such-page/", **given)) == []
    strict = Client(enforce_csrf_checks=True)
    assert wrong(strict.post(f"/{language}/account/login/")) == []


def test_even_the_refusals_of_the_outermost_have_them(settings):
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get("/kk/", headers={"host": "evil.example"}).status_code == 400
    assert wrong(Client().get("/kk/", headers={"host": "evil.example"})) == []
    assert wrong(Client().get("/kk/about/")) == []


def test_files_pictures_and_styles_have_them(as_person, owner):
    browser = as_person(owner)
    sent = {"shown_name": "Әсел", "language": "kk", "time_zone": "UTC", "avatar": "sun", "region": "abai"}
    browser.post("/kk/profile/", sent | {"upload": upload(drawn("PNG"))})
    kinds = {
        "/kk/mood/files/emocare-mood.csv": "text/csv",
        "/kk/mood/report/emocare-mood.pdf": "application/pdf",
        "/kk/mood/sync/": "application/json",
        "/kk/profile/picture/": "image/webp",
        "/sw.js": "text/javascript",
        page(browser.get("/kk/about/")).select_one("script")["src"]: "text/javascript",
        page(browser.get("/kk/about/")).select_one("link[rel=icon]")["href"]: "image/svg+xml",
    }
    for place, kind in kinds.items():
        answer = undone(browser, "get", place)
        assert (place, answer.status_code, answer["Content-Type"].split(";")[0]) == (place, 200, kind)
        assert wrong(answer) == []
        assert "Access-Control-Allow-Origin" not in answer


def test_each_answer_has_a_mark_of_its_own_even_where_parts_of_the_page_are_kept(as_person, owner):
    browser = as_person(owner)
    marks = [policy(browser.get("/kk/dashboard/"))["script-src"][0] for _ in range(5)]
    assert len(set(marks)) == 5


def test_the_administrators_site_may_load_its_own_files_and_nothing_inline(cast, address):
    rules = policy(cast["verified_admin"]().get(address("admin:index")))
    assert rules["script-src"] == rules["style-src"] == ["'self'"]
    assert "unsafe" not in str(rules)


def test_the_cookie_of_a_session_is_not_read_under_another_name(owner, as_person):
    assert settings.SESSION_COOKIE_NAME in as_person(owner).cookies
    assert Client(headers={"cookie": "__Host-sessionid=x"}).get("/kk/dashboard/").status_code == 302
