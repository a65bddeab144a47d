"""The web app manifest: complete in three languages, the same for everybody, with pictures that are what they say."""

import re
from io import BytesIO

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from emocare import manifest
from tests.support.html import page

LANGUAGES = ["kk", "ru", "en"]
TOKENS = (settings.BASE_DIR / "static/css/tokens.css").read_text()


def manifest_of(language: str) -> dict:
    """Follow the link of a page."""
    link = page(Client().get(f"/{language}/urgent-help/")).select_one("link[rel=manifest]")
    return Client().get(link["href"]).json()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_opens_the_dashboard_and_three_shortcuts_in_its_own_language(language):
    said = manifest_of(language)
    assert (said["lang"], said["dir"], said["display"], said["scope"]) == (language, "ltr", "standalone", "/")
    assert said["start_url"] == f"/{language}/dashboard/"
    places = [f"/{language}/{place}/" for place in ("mood/record", "urgent-help", "grounding")]
    assert [shortcut["url"] for shortcut in said["shortcuts"]] == places


def test_it_is_one_app_with_the_words_of_each_language():
    said = [manifest_of(language) for language in LANGUAGES]
    assert len({one["id"] for one in said}) == 1
    assert len({one["description"] for one in said}) == len({str(one["shortcuts"]) for one in said}) == 3


def test_its_pictures_have_the_sizes_that_it_names_and_are_small():
    for icon in manifest_of("kk")["icons"]:
        content = b"".join(Client().get(icon["src"]))
        picture = Image.open(BytesIO(content))
        assert (f"{picture.width}x{picture.height}", picture.format) == (icon["sizes"], "PNG")
        assert len(content) < 8 * 1024
    assert {icon["purpose"] for icon in manifest_of("kk")["icons"]} == {"any", "maskable"}


def test_its_colours_are_those_of_the_pages():
    light, dark = re.findall(r"--bg: (\S+);\s+--surface: (\S+);", TOKENS)[:2]
    assert light == (manifest.BACKGROUND, manifest.THEME)
    colours = page(Client().get("/kk/urgent-help/")).select("meta[name=theme-color]")
    assert [colour["content"] for colour in colours] == [light[1], dark[1]]


@pytest.mark.django_db
def test_it_is_the_same_for_everybody_and_asks_nobody_who_they_are(as_person, owner, django_assert_num_queries):
    browser = as_person(owner)
    with django_assert_num_queries(0):
        answer = browser.get("/manifest/kk.webmanifest")
    assert answer.content == Client().get("/manifest/kk.webmanifest").content
    assert answer["Cache-Control"].startswith("public")
    assert "Cookie" not in answer.get("Vary", "")
    assert not answer.cookies


@pytest.mark.parametrize("language", ["xx", "KK", "kk-KZ", "..", "%00"])
def test_a_language_that_is_not_there_has_none(language):
    assert Client().get(f"/manifest/{language}.webmanifest").status_code == 404
