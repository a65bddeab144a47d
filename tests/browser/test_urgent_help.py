"""Urgent help as three people live through it: one asks by keyboard, two are on duty, one of them answers."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from emergency.alarms import services as alarms
from emergency.models import FollowUp, HelpRequest
from tests.browser import keyboard, steps
from tests.support.duty import on_duty
from tests.support.urgent_help import shipped_steps

pytestmark = pytest.mark.browser
ALARM, BANNER, WORDS = "#urgent-alarm [role=alert]", "#urgent-alarm [role=status]", "#thread-words li"


def listening(page: Page, path: str) -> Page:
    """Open a page and wait until it hears of what happens."""
    with page.expect_websocket(lambda socket: "/ws/news/" in socket.url):
        page.goto(path)
    return steps.ready(page)


def press(page: Page, selector: str) -> None:
    keyboard.tab_to(steps.ready(page), selector)
    page.keyboard.press("Enter")


def write(page: Page, words: str) -> None:
    keyboard.tab_to(steps.ready(page), "#id_words")
    page.keyboard.type(words)
    press(page, "#write button")


def write_without_network(page: Page, other: Page) -> None:
    """Write twice while there is no network: both go in order afterwards, and the page was never left."""
    page.evaluate("window.isSamePage = true")
    page.context.set_offline(True)
    write(page, "Thank you.")
    press(page, "#id_words")
    page.keyboard.type("Really.")
    press(page, "#write button")
    expect(page.locator("#unsent ol li")).to_have_count(2)
    expect(page.locator("#unsent [role=status]")).to_contain_text("Not sent yet")
    page.context.set_offline(False)
    for one in (page, other):
        expect(one.locator(WORDS)).to_contain_text(["I am here with you.", "Thank you.", "Really."])
    expect(page.locator("#unsent ol li")).to_have_count(0)
    assert page.evaluate("window.isSamePage")


def close(page: Page) -> None:
    """Close the request with a note, by keyboard."""
    press(page, "main a[href$='/close/']")
    page.wait_for_url("**/close/")
    keyboard.tab_to(steps.ready(page), "[name=outcome]")
    page.keyboard.press("Space")
    keyboard.tab_to(page, "#id_note")
    page.keyboard.type("We talked")
    press(page, "main .form .actions button")
    expect(steps.notice(page, "success")).to_be_visible()


def test_one_asks_two_are_called_one_answers_and_the_next_day_is_not_forgotten(page_of, owner):
    shipped_steps()
    dana, asel = on_duty("dana", language="en"), on_duty("asel", language="en")
    asker, first, second = page_of(owner), page_of(dana), page_of(asel)
    listening(first, "/en/dashboard/")
    listening(second, "/en/mood/")

    # Pressed by keyboard: both see it at once, on whatever page they are; `make bench ONLY=urgent` says how soon.
    asker.goto("/en/urgent-help/")
    press(asker, "main a[href$='/ask/']")
    asker.wait_for_url("**/ask/")
    press(asker, "main .alone button")
    for page in (first, second):
        expect(page.locator(ALARM)).to_be_visible()
    asker.wait_for_url("**/request/**")
    expect(asker.locator("#request")).to_contain_text("2 psychologists on duty")

    # One takes it: the other is told, and so is the asker.
    press(first, f"{ALARM} a")
    first.wait_for_url("**/urgent/*/")
    press(first, "main form[action$='/take/'] button")
    expect(second.locator(BANNER)).to_have_text("Dana has taken it. Thank you for being there.")
    expect(second.locator(ALARM)).to_have_count(0)
    expect(asker.locator("#request")).to_contain_text("Dana")

    # Both write, and read it without a reload.
    write(first, "I am here with you.")
    expect(asker.locator(WORDS)).to_contain_text("I am here with you.")
    write_without_network(asker, first)

    # It is closed with a note; what is left to do is Dana's.
    close(first)
    expect(asker.locator("#request")).to_contain_text("closed")
    follow_up = FollowUp.objects.get(request=HelpRequest.objects.get())
    assert follow_up.taken_by == dana

    # The next day comes (the site has a clock of its own, so it is the row that goes back): who is on duty is called.
    past = timezone.now() - timedelta(minutes=1)
    FollowUp.objects.filter(pk=follow_up.pk).update(due_at=past, climbs_at=past)
    alarms.climb_due()
    expect(second.locator(ALARM)).to_be_visible()
    press(second, f"{ALARM} a")
    second.wait_for_url("**/follow-ups/**")
    press(second, "main form[action$='/take/'] button")
    expect(steps.notice(second, "success")).to_be_visible()
    follow_up.refresh_from_db()
    assert (follow_up.taken_by, follow_up.is_overdue) == (asel, False)
