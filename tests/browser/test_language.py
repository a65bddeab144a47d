import pytest
from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.places import LANGUAGES
from tests.support.cast import PASSWORD

pytestmark = pytest.mark.browser
GREETINGS = {"kk": "Кіру", "ru": "Войти", "en": "Sign in"}


def path_of(page):
    return "/" + page.url.split("/", 3)[3]


def test_the_switch_keeps_the_page_for_who_is_not_signed_in(page):
    page.goto("/kk/account/login/")
    for code in ("ru", "en", "kk"):
        steps.switch_language(page, code)
        assert path_of(page) == f"/{code}/account/login/"
        expect(page.locator("h1")).to_have_text(GREETINGS[code])
        expect(page.locator(".languages [aria-current]")).to_have_attribute("lang", code)


def test_the_switch_keeps_the_page_for_who_is_signed_in(page_of, owner):
    page = page_of(owner)
    page.goto("/kk/mood/?page=1")
    steps.switch_language(page, "ru")
    assert path_of(page) == "/ru/mood/?page=1"


@pytest.mark.parametrize("path", ["urgent-help/", "no-such-page/"])
def test_the_switch_works_where_nothing_else_is_needed(page, path):
    page.goto(f"/kk/{path}")
    steps.switch_language(page, "en")
    assert path_of(page) == f"/en/{path}"


def test_the_choice_is_remembered_before_sign_in(page):
    page.goto("/kk/about/")
    steps.switch_language(page, "en")
    page.goto("/")
    assert path_of(page) == "/en/"


@pytest.mark.parametrize(("locale", "code"), [("kk-KZ", "kk"), ("ru-RU", "ru"), ("en-GB", "en"), ("uz-UZ", "kk")])
def test_the_first_visit_is_in_the_language_of_the_browser_else_kazakh(new_context, locale, code):
    page = new_context(locale=locale).new_page()
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", code)


def test_the_choice_follows_the_account_to_another_device(page_of, new_context, owner):
    page = page_of(owner)
    page.goto("/kk/dashboard/")
    steps.switch_language(page, "ru")
    other = new_context(locale="en-GB").new_page()
    other.goto("/en/account/login/")
    other.fill("#id_login", owner.email)
    other.fill("#id_password", PASSWORD)
    other.press("#id_password", "Enter")
    other.wait_for_url("**/ru/dashboard/")
    other.goto("/")
    expect(other.locator("html")).to_have_attribute("lang", "ru")


def test_each_language_is_named_in_itself_and_marked_as_such(page):
    page.goto("/ru/help/")
    named = page.locator(".languages [lang]").evaluate_all("all => all.map((e) => [e.lang, e.textContent.trim()])")
    assert named == [["kk", "Қазақша"], ["ru", "Русский"], ["en", "English"]]
    assert {code for code, _name in named} == set(LANGUAGES)
