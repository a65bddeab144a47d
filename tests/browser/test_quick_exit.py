from base64 import b64decode
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser import steps
from tests.support.waiting import until

pytestmark = pytest.mark.browser
WHITE = ((255, 255),) * 3


@pytest.fixture
def inside(page_of, owner):
    """A page in which the owner is signed in, and that was opened after the help page."""
    page = page_of(owner)
    page.goto("/kk/help/")
    page.goto("/kk/mood/record/")
    return steps.ready(page)


def press_shift(page, times, pause=0):
    for _ in range(times):
        page.keyboard.press("Shift")
        page.clock.fast_forward(pause)


def test_the_button_ends_the_session_and_opens_the_neutral_page(inside, neutral_page):
    session = steps.session_of(inside)
    inside.locator("#quick-exit").click()
    inside.wait_for_url(neutral_page)
    until(lambda: steps.is_over(session))
    inside.goto("/kk/dashboard/")
    inside.wait_for_url("**/login/**")


def test_shift_three_times_leaves(inside, neutral_page):
    session = steps.session_of(inside)
    inside.fill("#id_note", "құпия")
    for _ in range(3):
        inside.keyboard.press("Shift")
    inside.wait_for_url(neutral_page)
    until(lambda: steps.is_over(session))


def test_the_page_is_blank_before_anything_else_answers(inside, site, neutral_page):
    tools = inside.context.new_cdp_session(inside)
    waiting = steps.hold(inside, f"{neutral_page}**")
    steps.hold(inside, f"{site}/exit/")
    with inside.expect_request(f"{neutral_page}**"):
        inside.mouse.click(*steps.middle(inside.locator("#quick-exit")))
    picture = tools.send("Page.captureScreenshot")["data"]
    assert Image.open(BytesIO(b64decode(picture))).convert("RGB").getextrema() == WHITE
    waiting[0].continue_()
    inside.wait_for_url(neutral_page)


def test_a_question_over_the_page_goes_with_it(page_of, admin, neutral_page):
    page = page_of(admin)
    page.goto("/kk/staff/components/")
    steps.ready(page).locator("[data-opens]").click()
    expect(page.locator("#gallery-dialog")).to_be_visible()
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(neutral_page)


def test_the_news_that_the_sign_in_has_ended_leads_nowhere_else(page_of, owner, neutral_page):
    page = page_of(owner)
    with page.expect_websocket() as opened:
        page.goto("/kk/dashboard/")
    expect(steps.ready(page).locator("[data-live]")).to_be_visible()
    waiting = steps.hold(page, f"{neutral_page}**")
    with opened.value.expect_event("framereceived", lambda frame: "sign_in.ended" in str(frame)):
        page.mouse.click(*steps.middle(page.locator("#quick-exit")))
    page.context.cookies()  # once the browser has answered, the request to the neutral page has been held
    waiting[0].continue_()
    page.wait_for_url(neutral_page)


def test_the_back_button_shows_the_page_before_and_never_the_one_that_was_left(inside, neutral_page):
    session = steps.session_of(inside)
    inside.locator("#quick-exit").click()
    inside.wait_for_url(neutral_page)
    until(lambda: steps.is_over(session))
    inside.go_back()
    assert inside.url.endswith("/kk/help/")
    expect(inside.locator(".menu")).to_have_count(0)


def test_private_pages_before_it_ask_to_sign_in_when_one_goes_back(page_of, owner, neutral_page):
    page = page_of(owner)
    session_pages = ("/kk/profile/", "/kk/mood/record/", "/kk/dashboard/")
    for path in session_pages:
        page.goto(path)
    session = steps.session_of(page)
    steps.ready(page).locator("#quick-exit").click()
    page.wait_for_url(neutral_page)
    until(lambda: steps.is_over(session))
    for _ in range(2):
        page.go_back()
        page.wait_for_url("**/login/**")
        expect(page.locator("#id_password")).to_be_visible()


def test_a_private_page_that_the_browser_kept_is_blank_until_the_server_was_asked(page_of, owner):
    page = page_of(owner)
    page.goto("/kk/mood/record/")
    steps.ready(page).evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    expect(page.locator("main")).to_be_hidden()
    with page.expect_navigation():
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(page.locator("main")).to_be_visible()


@pytest.mark.parametrize(
    "keys",
    [
        ("Shift", "Shift", "a", "Shift"),
        ("Shift", "Shift", "Tab", "Shift"),
        ("Shift+A", "Shift+B", "Shift+C"),
        ("Shift+Tab", "Shift+Tab", "Shift+Tab"),
        ("Alt+Shift", "Alt+Shift", "Alt+Shift"),
        ("Control+Shift", "Control+Shift", "Control+Shift"),
    ],
)
def test_shift_for_something_else_does_not_leave(inside, keys):
    inside.locator("#id_note").focus()
    for key in keys:
        inside.keyboard.press(key)
    expect(inside.locator("html")).not_to_have_class("is-leaving")
    expect(inside.locator("#id_note")).to_be_visible()


def test_languages_of_the_keyboard_can_be_changed_while_alt_is_held(inside):
    inside.keyboard.down("Alt")
    for _ in range(4):
        inside.keyboard.press("Shift")
    inside.keyboard.up("Alt")
    expect(inside.locator("html")).not_to_have_class("is-leaving")


def test_choosing_text_with_shift_and_the_mouse_does_not_leave(inside):
    for _ in range(3):
        inside.locator("h1").click(modifiers=["Shift"])
    expect(inside.locator("html")).not_to_have_class("is-leaving")


def test_three_presses_count_only_within_five_seconds(inside, neutral_page):
    inside.clock.install()
    inside.reload()
    steps.ready(inside)
    press_shift(inside, 4, pause=2600)
    expect(inside.locator("html")).not_to_have_class("is-leaving")
    inside.clock.fast_forward(5000)
    press_shift(inside, 3, pause=2400)
    inside.wait_for_url(neutral_page)


def test_leaving_works_where_nobody_is_signed_in_and_without_the_database(page, neutral_page):
    for path in ("urgent-help/", "no-such-page/", "account/login/"):
        page.goto(f"/kk/{path}")
        steps.ready(page).locator("#quick-exit").click()
        page.wait_for_url(neutral_page)


def test_leaving_does_not_wait_for_a_server_that_does_not_answer(inside, site, neutral_page):
    steps.hold(inside, f"{site}/exit/")
    inside.locator("#quick-exit").click()
    inside.wait_for_url(neutral_page)
