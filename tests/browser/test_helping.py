"""Finding a helper by keyboard, the answer in another browser, and the end that closes a page at once."""

import pytest
from playwright.sync_api import expect

from accounts.choices import Role
from accounts.models import Assignment
from tests.browser import keyboard, steps
from tests.support import helping
from tests.support.cast import make_person

pytestmark = pytest.mark.browser


@pytest.fixture
def volunteer(db):
    return helping.offer(make_person("saule", role=Role.VOLUNTEER)).user


def press(page, selector: str) -> None:
    keyboard.tab_to(page, selector)
    page.keyboard.press("Enter")


def test_a_person_finds_a_helper_by_keyboard_and_is_helped_until_they_end_it(page_of, owner, volunteer):
    mine, theirs = page_of(owner), page_of(volunteer)
    steps.ready(mine).goto("/kk/dashboard/")
    press(mine, "main a[href$='/helpers/mine/']")
    mine.wait_for_url("**/helpers/mine/")
    press(mine, "main a[href$='/helpers/match/']")
    mine.wait_for_url("**/helpers/match/")
    keyboard.tab_to(mine, "[name=ways][value=text]")
    mine.keyboard.press("Space")
    press(mine, "main .form .actions button")
    expect(mine.locator(".entries h3")).to_have_text("Saule")
    press(mine, ".entries form button")
    mine.wait_for_url("**/helpers/mine/")
    expect(steps.notice(mine, "success")).to_be_visible()

    theirs.goto("/ru/people/")
    expect(theirs.locator(".entries h3")).to_have_text("Owner")
    press(theirs, ".entries form button")
    expect(steps.notice(theirs, "success")).to_be_visible()
    theirs.locator(".entries h3 a").click()
    expect(theirs.locator("h1")).to_have_text("Owner")

    mine.reload()
    press(mine, ".entries a[href$='/end/']")
    mine.wait_for_url("**/end/")
    press(mine, "main form .button--danger")
    mine.wait_for_url("**/helpers/mine/")
    expect(steps.notice(mine, "success")).to_be_visible()

    with theirs.expect_response("**/people/**") as reloaded:
        theirs.reload()
    assert reloaded.value.status == 404
    assert Assignment.objects.get().end_reason == "user"


def test_the_list_is_narrowed_and_a_helper_asked_without_javascript(page_of, owner, volunteer):
    page = page_of(owner, java_script_enabled=False)
    page.goto("/kk/helpers/")
    page.select_option("#id_role", "psychologist")
    page.locator("main form .actions button").click()
    expect(page.locator(".entries h3")).to_have_count(0)
    page.select_option("#id_role", "volunteer")
    page.locator("main form .actions button").click()
    page.locator(".entries a").click()
    steps.main_button(page).click()
    expect(page.locator("h1")).to_be_visible()
    assert Assignment.objects.get().helper == volunteer


def test_a_helper_sets_hours_and_takes_a_break_by_keyboard(page_of, owner):
    helper = make_person("timur", role=Role.VOLUNTEER)
    page = page_of(helper)
    page.goto("/kk/people/hours/")
    for name in ("0", "2"):
        keyboard.tab_to(page, f"[name=weekdays][value='{name}']")
        page.keyboard.press("Space")
    page.fill("#id_start", "18:00")
    page.fill("#id_end", "21:00")
    page.press("#id_end", "Enter")
    expect(page.locator(".entries li")).to_have_count(2)
    page.goto("/kk/people/profile/")
    page.locator("[name=on_break]").focus()
    page.keyboard.press("Space")
    steps.main_button(page).click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator("[name=on_break]")).to_be_checked()
