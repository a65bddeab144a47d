"""After a critical answer: the step is announced, a psychologist is asked by keyboard and answers elsewhere."""

import pytest
from playwright.sync_api import expect

from accounts.choices import Role
from emergency.models import FollowUp
from tests.browser import keyboard, steps
from tests.browser.places import LANGUAGES
from tests.support.browser import violations
from tests.support.cast import make_person
from tests.support.results import phq9, take

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 320, "height": 640}}


@pytest.fixture
def critical(owner):
    return take(owner, phq9(4, **{"9": 1}), passed=False)


@pytest.fixture
def psychologist(db):
    return make_person("saule", role=Role.PSYCHOLOGIST)


def press(page, selector: str) -> None:
    keyboard.tab_to(page, selector)
    page.keyboard.press("Enter")


def test_somebody_asks_by_keyboard_and_a_psychologist_answers(page_of, owner, critical, psychologist):
    mine, theirs = page_of(owner), page_of(psychologist)
    mine.goto(f"/kk/tests/result/{critical.public_id}/")
    expect(mine.locator("h1")).to_be_focused()  # which a screen reader then says
    steps.ready(mine)
    press(mine, "main [value=ask]")
    expect(steps.notice(mine, "success")).to_be_visible()

    theirs.goto("/ru/dashboard/")
    theirs.locator("main a[href$='/urgent/']").click()
    theirs.locator("main form[action$='/take/'] button").click()
    steps.ready(theirs).fill("textarea", "Сәлеметсіз бе! Мен осындамын.")
    steps.main_button(theirs).click()
    expect(theirs.locator("main .entries")).to_contain_text("Мен осындамын")

    mine.goto("/kk/dashboard/")
    expect(mine.locator("main")).to_contain_text("Saule")
    press(mine, "main a[href*='/follow-ups/']")
    expect(mine.locator("main .entries")).to_contain_text("Мен осындамын")

    theirs.locator("main a[href$='/close/']").click()
    steps.ready(theirs).fill("textarea", "Сөйлестік")
    steps.main_button(theirs).click()
    expect(steps.notice(theirs, "success")).to_be_visible()
    assert FollowUp.objects.get().note == "Сөйлестік"

    steps.ready(mine).goto(f"/kk/tests/result/{critical.public_id}/safety/")
    press(mine, "main [value=go-on]")
    mine.wait_for_url(f"**/tests/result/{critical.public_id}/")


def test_of_two_psychologists_who_press_one_takes_it(page_of, owner, critical, psychologist):
    follow_up = FollowUp.objects.get()
    page = page_of(owner, java_script_enabled=False)
    page.goto(f"/ru/tests/result/{critical.public_id}/safety/")
    page.locator("main [value=ask]").click()
    first, second = page_of(psychologist), page_of(make_person("dana", role=Role.PSYCHOLOGIST))
    for each in (first, second):
        steps.ready(each).goto(f"/ru/follow-ups/{follow_up.public_id}/")
    for each in (first, second):
        each.locator("main form[action$='/take/'] button").click()
    expect(steps.notice(first, "success")).to_be_visible()
    expect(steps.notice(second, "info")).to_be_visible()
    assert FollowUp.objects.get().taken_by == psychologist


def test_who_says_right_now_is_led_to_the_numbers_without_javascript(page_of, owner, critical):
    page = page_of(owner, java_script_enabled=False, **PHONE)
    page.goto(f"/kk/tests/result/{critical.public_id}/safety/")
    page.locator("label:has([name=q5][value='1'])").click()
    page.locator("main [value=look]").click()
    expect(page.locator("#now")).to_be_focused()
    expect(page.locator("section:has(#now) a[href='tel:112']")).to_be_visible()
    page.locator("main [value=go-on]").click()
    page.wait_for_url(f"**/tests/result/{critical.public_id}/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_psychologists_and_of_danger_follow_all_rules(page_of, owner, critical, psychologist, language):
    mine, theirs = page_of(owner, **PHONE), page_of(psychologist, **PHONE)
    mine.goto(f"/{language}/tests/result/{critical.public_id}/safety/")
    mine.locator("label:has([name=q5][value='1'])").click()
    steps.ready(mine).locator("main [value=look]").click()
    expect(mine.locator("#now")).to_be_focused()
    found = violations(mine)
    mine.locator("main [value=ask]").click()
    expect(steps.notice(mine, "success")).to_be_visible()
    address = f"/{language}/follow-ups/"
    one = f"{address}{FollowUp.objects.get().public_id}/"
    for place in (address, one):
        theirs.goto(place)
        found += violations(theirs)
    steps.ready(theirs).locator("main form[action$='/take/'] button").click()
    found += violations(theirs)
    for visitor, place in (
        (theirs, f"{one}close/"),
        (mine, one),
        (mine, f"/{language}/dashboard/"),
        *((mine, f"/{language}/tests/safety-plan/{page}") for page in ("", "signs/", "delete/")),
    ):
        visitor.goto(place)
        found += violations(visitor)
        assert visitor.evaluate("document.documentElement.scrollWidth") <= 320
    assert found == []
