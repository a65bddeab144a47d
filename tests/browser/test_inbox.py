import pytest
from playwright.sync_api import expect

from notifications.models import Notification
from notifications.services import notify
from tests.browser import steps
from tests.browser.keyboard import tab_to

pytestmark = pytest.mark.browser


def told(person) -> Notification:
    """Let a person have news."""
    return notify(person, "helping", {"what": "accepted"})


def open_page(page, path):
    """Open a page, and wait until its socket is open."""
    with page.expect_websocket(lambda socket: "/ws/news/" in socket.url):
        page.goto(path)
    return steps.ready(page)


def test_the_bell_counts_on_every_open_page_of_its_person_and_leads_to_the_inbox_by_keyboard(
    page_of, new_context, owner, other_user
):
    news = told(owner)
    mine, theirs = page_of(owner), page_of(other_user)
    phone = mine.context.new_page()
    mine.clock.install()
    for page, path in ((mine, "/en/dashboard/"), (theirs, "/en/dashboard/"), (phone, "/ru/mood/")):
        open_page(page, path)
    bell, number = mine.locator(".bell"), ".bell__number"
    expect(bell).to_have_accessible_name("Notifications, 1 not read")
    mine.locator("#quick-exit").focus()

    told(owner)
    expect(bell).to_have_accessible_name("Notifications, 2 not read")
    expect(mine.locator(number)).to_have_text("2")
    expect(phone.locator(number)).to_have_text("2")
    expect(theirs.locator(number)).to_be_hidden()
    expect(mine.locator("#quick-exit")).to_be_focused()
    aloud = mine.locator(".bell + [role=status]")
    expect(aloud).to_be_empty()  # many at once are one sentence
    mine.clock.fast_forward(5000)
    expect(aloud).to_have_text("Notifications, 2 not read")

    tab_to(mine, ".bell")
    mine.keyboard.press("Enter")
    mine.wait_for_url("**/en/notifications/")
    steps.ready(mine)
    tab_to(mine, f".entry a[href*='{news.public_id}']")
    mine.keyboard.press("Enter")
    mine.wait_for_url(lambda url: not url.endswith("/en/notifications/"))
    expect(phone.locator(number)).to_have_text("1")
    mine.goto("/en/notifications/")
    tab_to(steps.ready(mine), "main form button")
    mine.keyboard.press("Enter")
    expect(steps.notice(mine, "success")).to_be_visible()
    expect(phone.locator(number)).to_be_hidden()
