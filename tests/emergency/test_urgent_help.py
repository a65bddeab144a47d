"""The help page: the numbers to call, in their order, for everybody, whatever else is broken."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.files.storage import storages
from django.test import Client

from emergency import helplines
from tests.support.html import loose_ends, page, text_of

LANGUAGES = ["kk", "ru", "en"]
SHARED = settings.BASE_DIR.parent / "shared" / "data" / "helplines.json"
COMPILED = datetime(2026, 11, 22, 7, tzinfo=UTC)
ALWAYS = ["112", "103", "102", "111"]
DIFFER = {"kk": "уақыты туралы деректер әртүрлі", "ru": "часах работы пишут разное", "en": "Hours differ"}

pytestmark = pytest.mark.usefixtures("_when_it_was_compiled")


@pytest.fixture
def _when_it_was_compiled():
    with time_machine.travel(COMPILED, tick=False):
        yield


def urgent_help(language: str, client: Client | None = None):
    response = (client or Client()).get(f"/{language}/urgent-help/")
    assert response.status_code == 200
    return page(response).main


def numbers(main) -> list[str]:
    """Return what the buttons dial, from top to bottom."""
    return [link["href"].removeprefix("tel:") for link in main.select("a[href^='tel:']")]


def line(main, number: str):
    return main.select_one(f"a[href='tel:{number}']").find_parent(class_="line")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_national_lines_stand_first_and_in_their_order(language):
    assert numbers(urgent_help(language))[:5] == [*ALWAYS, "150"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_line_says_what_it_is_for_and_its_number_digit_by_digit(language):
    main = urgent_help(language)
    for number in [*ALWAYS, "150"]:
        assert " ".join(number) in text_of(line(main, number).select_one(".sr"))
        assert number in text_of(line(main, number).select_one("span[aria-hidden]"))
    purposes = [text_of(line(main, number).strong) for number in [*ALWAYS, "150"]]
    assert len(set(purposes)) == 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_150_says_that_its_hours_differ_and_whom_to_call_instead(language):
    words = text_of(line(urgent_help(language), "150"))
    assert DIFFER[language] in words
    assert "18:00" in words
    assert "111" in words.replace("150", "")


def test_three_languages_have_three_texts():
    assert len({text_of(urgent_help(language)) for language in LANGUAGES}) == 3


@pytest.mark.parametrize("name", [None, "owner", "unrelated_volunteer", "unrelated_psychologist", "curator"])
def test_everybody_sees_the_same(as_person, request, db, name):
    client = as_person(request.getfixturevalue(name) if name else None)
    assert text_of(urgent_help("kk", client)) == text_of(urgent_help("kk"))


def test_it_stands_without_the_database_for_whoever_is_signed_in_too():
    """Tests without the `db` fixture have no database: a query is an error."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "a-session-that-nobody-can-look-up"
    assert numbers(urgent_help("kk", client))[:5] == [*ALWAYS, "150"]


def test_without_a_cookie_it_sets_none():
    assert not Client().get("/kk/urgent-help/").cookies


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_links_lead_somewhere(language):
    assert loose_ends(Client().get(f"/{language}/urgent-help/")) == []


def test_it_is_read_only():
    assert Client().post("/kk/urgent-help/").status_code == 405


# Lines that nobody checked for half a year


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_half_a_year_only_the_lines_that_never_go_stale_stay(language):
    with time_machine.travel(COMPILED + timedelta(days=185), tick=False):
        assert numbers(urgent_help(language)) == ALWAYS


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_half_a_year_nothing_speaks_of_the_line_that_vanished(language):
    with time_machine.travel(COMPILED + timedelta(days=185), tick=False):
        main = urgent_help(language)
    assert "150" not in text_of(main)
    assert main.select("a[href*='wa.me']") == []


def test_until_then_every_line_stays():
    with time_machine.travel(COMPILED + timedelta(days=183), tick=False):
        assert numbers(urgent_help("en"))[4:] == ["150", "1303", "+77172547603"]


# The data


def test_the_data_are_those_that_were_compiled():
    if not SHARED.exists():
        pytest.skip("only where the project's shared data lie beside the checkout")
    assert json.loads(helplines.DATA.read_text()) == json.loads(SHARED.read_text())


def test_every_line_that_is_shown_has_a_number_a_note_and_three_names():
    data = {entry["key"]: entry for entry in json.loads(helplines.DATA.read_text())["helplines"]}
    for key in [*helplines.FIRST, *helplines.CITIES]:
        assert data[key]["tel"].removeprefix("tel:") == data[key]["number"].replace(" ", "")
        assert set(data[key]["name"]) == set(LANGUAGES)
        assert len(helplines.NOTES[key]) == 2


def test_the_icon_of_a_telephone_is_among_the_static_files():
    assert storages["staticfiles"].exists("vendor/lucide/icons.svg")
