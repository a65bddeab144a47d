"""What the first visit of a page costs, in bytes on the wire: a village phone must be able to pay for it."""

import gzip
import re
from html.parser import HTMLParser
from urllib.parse import urljoin

import brotli
import pytest
import time_machine
from django.conf import settings
from django.test import Client

from tests.support.html import page
from tracker.models import MoodEntry

MOST = 100 * 1024
ACCEPTS = {"Accept-Encoding": "br, gzip"}
FONTS_OF_KAZAKH = re.compile(r"golos-text-(cyrillic|cyrillic-ext|latin)-(400|700)-normal")


def fetched(client: Client, address: str) -> tuple[int, str]:
    """Return the bytes on the wire and the text of an address."""
    response = client.get(address, headers=ACCEPTS)
    assert response.status_code == 200, address
    sent = b"".join(response) if response.streaming else response.content
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress}.get(response.headers.get("Content-Encoding"), bytes)
    return len(sent), unpack(sent).decode(errors="replace")


def in_page(text: str) -> set[str]:
    """Return what a browser fetches for a page: style sheets, scripts, pictures."""
    found = set()

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            given = dict(attrs)
            if tag in {"script", "img"} and given.get("src"):
                found.add(given["src"])
            elif tag == "use" or (tag == "link" and {"stylesheet", "icon", "preload"} & set(given["rel"].split())):
                found.add(given["href"].partition("#")[0])

    Reader().feed(text)
    return found


def in_style(text: str) -> set[str]:
    """Return the fonts that Kazakh words need, and every picture of a style sheet."""
    found = set(re.findall(r"url\(\"?([^\")]+)\"?\)", text))
    needed = {name for name in found if FONTS_OF_KAZAKH.search(name) or not name.endswith(".woff2")}
    return {urljoin("/static/css/", name) for name in needed}


def in_script(text: str, modules: set[str]) -> set[str]:
    """Return the modules that a script loads at once and those that the page asks for by data-module."""
    loaded = set(re.findall(r"from \"\./([^\"]+)\"", text))
    asked = {name for name in re.findall(r"import\(\"\./([^\"]+)\"\)", text) if name.partition(".")[0] in modules}
    return {f"/static/js/{name}" for name in loaded | asked}


def first_visit(client: Client, address: str) -> dict[str, int]:
    """Return the size of each thing that a browser without a cache fetches."""
    size, text = fetched(client, address)
    sizes, modules = {address: size}, set(re.findall(r'data-module="([\w-]+)"', text))
    waiting = in_page(text)
    while waiting:
        name = waiting.pop()
        sizes[name], text = fetched(client, name)
        more = in_style(text) if name.endswith(".css") else in_script(text, modules) if name.endswith(".js") else set()
        waiting |= more - sizes.keys()
    return sizes


def check(sizes: dict[str, int]) -> None:
    listing = "\n".join(f"{size:7} {name}" for name, size in sorted(sizes.items(), key=lambda item: -item[1]))
    assert sum(sizes.values()) < MOST, f"{sum(sizes.values())} bytes\n{listing}"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_first_visit_of_home_is_light(db, language):
    sizes = first_visit(Client(), f"/{language}/")
    assert len([name for name in sizes if name.endswith(".woff2")]) == 6
    assert {"main", "quick-exit", "display"} <= {name.rpartition("/")[2].partition(".")[0] for name in sizes}
    check(sizes)


def entries(owner) -> None:
    moments = [f"2026-11-{day}T0{hour}:00:00Z" for day in range(16, 23) for hour in (3, 7)]
    MoodEntry.objects.bulk_create([MoodEntry(owner=owner, level=3, felt_at=moment) for moment in moments])


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@time_machine.travel("2026-11-22T12:00:00Z", tick=False)
def test_the_first_visit_of_a_full_dashboard_is_light(as_person, owner, language):
    entries(owner)
    sizes = first_visit(as_person(owner), f"/{language}/dashboard/")
    assert any("live-week" in name for name in sizes)
    check(sizes)


def test_pages_are_compressed_and_static_files_come_as_brotli():
    for address in (*(name for name in in_page(Client().get("/kk/").content.decode()) if ".css" in name), "/kk/"):
        response = Client().get(address, headers=ACCEPTS)
        assert response.headers["Content-Encoding"] == ("gzip" if address == "/kk/" else "br")
        assert "Accept-Encoding" in response.headers["Vary"]


def test_a_file_with_a_hash_in_its_name_is_kept_for_ever():
    for address in in_page(Client().get("/kk/").content.decode()):
        assert "immutable" in Client().get(address).headers["Cache-Control"], address


def test_static_files_need_neither_database_nor_session():
    """Tests without the `db` fixture have no database: a query is an error."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "a-session-that-nobody-can-look-up"
    for address in in_page(client.get("/kk/urgent-help/", headers={"Cookie": ""}).content.decode()):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/kk/", "/kk/urgent-help/", "/kk/account/login/", "/kk/no-such-page/"])
def test_no_script_holds_a_page_up(db, address):
    scripts = page(Client().get(address)).select("script")
    assert scripts
    assert [s for s in scripts if s.get("type") != "module" and not s.has_attr("defer")] == []
