import pytest
from playwright.sync_api import expect

from tests.browser import measures, places, steps
from tests.browser.keyboard import tab, tab_to, walk
from tests.support.cast import PASSWORD
from tracker.models import MoodEntry

pytestmark = pytest.mark.browser


def visit_by_keyboard(page, selector):
    """Go to a link or button by Tab and press it."""
    tab_to(page, selector)
    page.keyboard.press("Enter")


def test_the_first_stop_skips_to_the_content(page):
    page.goto("/kk/help/")
    tab(page)
    expect(page.locator(".skip[href='#main']")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    tab(page)
    expect(page.locator("main a:focus")).to_have_count(1)


def test_the_second_stop_leads_to_the_quick_exit(page, neutral_page):
    page.goto("/kk/help/")
    tab(page)
    tab(page)
    page.keyboard.press("Enter")
    expect(page.locator("#quick-exit")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(neutral_page)


@pytest.mark.parametrize("path", ["", "account/login/", "account/sign-up/anonymous/", "urgent-help/", "privacy/"])
def test_tab_reaches_everything_in_order_before_sign_in(page, path):
    page.goto(f"/kk/{path}")
    passed, total = walk(steps.ready(page))
    assert passed == list(range(total))


@pytest.mark.parametrize("path", ["dashboard/", "mood/", "mood/record/", "profile/", "account/logout/"])
def test_tab_reaches_everything_in_order_after_sign_in(page_of, owner, path):
    places.week_of(owner)
    page = page_of(owner, viewport={"width": 360, "height": 640})
    page.goto(f"/ru/{path}")
    passed, total = walk(steps.ready(page))
    assert passed == list(range(total))


def test_tab_goes_through_the_open_panel_and_back(page):
    page.goto("/kk/about/")
    visit_by_keyboard(page, ".display-panel summary")
    passed, total = walk(page)
    assert passed == list(range(total))
    page.locator(".display-panel summary").focus()
    tab(page)
    expect(page.locator(".display-panel input[name=text]:focus")).to_have_count(1)
    tab(page, "Shift+Tab")
    expect(page.locator(".display-panel summary")).to_be_focused()


def test_the_whole_way_from_sign_in_to_sign_out(page, owner):
    page.goto("/kk/account/login/")
    tab_to(page, "#id_login")
    page.keyboard.type(owner.email)
    tab_to(page, "#id_password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/dashboard/")

    visit_by_keyboard(page, ".press__button--4")
    expect(page.locator(".chart__mark--4")).to_have_count(1)
    expect(steps.notice(page, "success")).to_be_visible()
    visit_by_keyboard(page, ".more > summary")
    expect(page.locator("#week table")).to_be_visible()
    tab(page)
    expect(page.locator("#week .scroll")).to_be_focused()

    page.reload()
    visit_by_keyboard(page, ".menu a[href$='/mood/']")
    page.wait_for_url("**/mood/")
    visit_by_keyboard(page, ".entry__actions a")
    page.wait_for_url("**/mood/*-*/")
    tab_to(page, "input[name=level]")
    page.keyboard.press("ArrowRight")
    tab_to(page, "#id_note")
    page.keyboard.type("Пернетақтамен жаздым")
    visit_by_keyboard(page, "main .form .actions button")
    expect(steps.notice(page, "success")).to_be_visible()
    entry = MoodEntry.objects.of(owner).get()
    assert (entry.level, entry.note) == (5, "Пернетақтамен жаздым")

    visit_by_keyboard(page, ".menu a[href$='/logout/']")
    page.wait_for_url("**/logout/")
    visit_by_keyboard(page, "main form button")
    page.wait_for_url("**/kk/")
    expect(page.locator("main a[href$='/login/']")).to_be_visible()


def test_the_error_summary_takes_the_focus_and_leads_to_the_fields(page_of, owner):
    page = page_of(owner)
    page.goto("/kk/mood/record/")
    tab_to(page, "#id_note")
    page.keyboard.type("Ертең")
    page.locator("#id_day").fill("2999-01-01")
    visit_by_keyboard(page, "main .form .actions button")
    expect(page.locator(".error-summary")).to_be_focused()
    assert not measures.settled_focus(page)["trouble"]
    visit_by_keyboard(page, ".error-summary a")
    expect(page.locator("fieldset#id_level_group")).to_be_focused()
    tab(page)
    page.keyboard.press("Space")
    with page.expect_navigation():
        visit_by_keyboard(page, "main .form .actions button")
    visit_by_keyboard(page, ".error-summary a")
    expect(page.locator("#id_day")).to_be_focused()
    expect(page.locator("#id_note")).to_have_value("Ертең")


def test_a_question_over_the_page_keeps_the_focus_until_it_is_closed(page_of, admin):
    page = page_of(admin)
    page.goto("/kk/staff/components/")
    steps.ready(page)
    opener = page.locator("[data-opens]")
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#gallery-dialog")).to_be_visible()
    for _ in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate("!document.activeElement.closest('body > header, main > .page > :not(div)')")
    page.keyboard.press("Escape")
    expect(page.locator("#gallery-dialog")).to_be_hidden()
    expect(opener).to_be_focused()
