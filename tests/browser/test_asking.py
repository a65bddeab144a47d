"""Asking for help in a real browser: by keyboard, on a phone, seen live, with an account and without one."""

import uuid

import pytest
from playwright.sync_api import expect

from emergency import thread
from emergency.choices import Outcome, State
from emergency.models import HelpRequest
from tests.browser import keyboard, measures, steps
from tests.support.browser import violations
from tests.support.urgent import take_by
from tests.support.waiting import until

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 320, "height": 640}}
YES, STATUS, NEW_WORDS = "main .alone button", "#request-now + [role=status]", "#request + [role=status]"


def press(page, selector):
    keyboard.tab_to(page, selector)
    page.keyboard.press("Enter")


def answer(request, helper, text):
    thread.say(thread=request, author=helper, by_person=False, text=text, key=uuid.uuid4())


def test_by_keyboard_it_is_asked_taken_back_asked_again_taken_and_answered_without_a_reload(
    page_of, owner, unrelated_psychologist
):
    page = page_of(owner, **PHONE)
    page.goto("/kk/dashboard/")
    press(steps.ready(page), ".top__urgent a")
    page.wait_for_url("**/urgent-help/")
    press(steps.ready(page), "main a[href$='/ask/']")
    page.wait_for_url("**/ask/")
    button = steps.ready(page).locator(YES).bounding_box()
    assert button["height"] >= 64
    press(page, YES)
    page.wait_for_url("**/request/**")
    press(steps.ready(page), "#undo button")
    expect(steps.notice(page, "success")).to_be_visible()
    press(steps.ready(page), "#ask-again a")
    page.wait_for_url("**/ask/")
    press(steps.ready(page), YES)
    page.wait_for_url("**/request/**")
    assert [row.outcome for row in HelpRequest.objects.order_by("pk")] == [Outcome.UNDONE, ""]
    request = HelpRequest.objects.get(state=State.OPEN)
    expect(steps.ready(page).locator("#request")).to_have_attribute("data-live", "yes")
    press(page, "#add summary")
    keyboard.tab_to(page, "#id_add-words")
    page.keyboard.type("Мен үйдемін")
    page.evaluate("window.same = true")
    take_by(request, unrelated_psychologist)
    expect(page.locator("#standing-words")).to_contain_text("Unrelated-Psychologist")
    expect(page.locator(STATUS)).to_contain_text("Unrelated-Psychologist")
    expect(page.locator("#id_add-words")).to_be_focused()
    expect(page.locator("#id_add-words")).to_have_value("Мен үйдемін")
    assert violations(steps.ready(page)) + measures.too_wide(page) + measures.small_targets(page) == []
    page.locator("#id_words").focus()
    page.keyboard.type("Маған")
    answer(request, unrelated_psychologist, "Мен осындамын")
    expect(page.locator("#thread-words li")).to_have_count(1)
    expect(page.locator(NEW_WORDS)).to_contain_text("Мен осындамын")
    expect(page.locator("#id_words")).to_be_focused()
    page.keyboard.type(" ауыр")
    assert page.evaluate("window.same")
    press(page, "#write button")
    expect(page.locator("#thread-words li")).to_have_count(2)
    assert [message.text for message in thread.messages_of(request)] == ["Мен осындамын", "Маған ауыр"]


def test_without_an_account_it_is_live_too_and_leaving_quickly_ends_it_here(page, unrelated_psychologist):
    page.goto("/ru/urgent-help/ask/")
    steps.ready(page).locator(YES).click()
    page.wait_for_url("**/request/**")
    place = page.url
    request = HelpRequest.objects.get()
    expect(page.locator("#code code")).to_be_visible()
    expect(page.locator("#request")).to_have_attribute("data-live", "yes")
    expect(page.locator("[data-without-script]")).to_be_hidden()
    take_by(request, unrelated_psychologist)
    expect(page.locator("#write")).to_be_visible()
    expect(page.locator("#code code")).to_be_visible()
    steps.ready(page).locator("#quick-exit").click()
    until(lambda: not page.url.startswith(place))
    assert page.request.get(place).status == 404


def test_without_scripts_a_link_shows_what_is_new_and_typed_words_are_sent(new_context, unrelated_psychologist):
    page = new_context(java_script_enabled=False, **PHONE).new_page()
    page.goto("/kk/urgent-help/ask/")
    page.locator(YES).click()
    take_by(HelpRequest.objects.get(), unrelated_psychologist)
    page.locator("[data-without-script] a").click()
    page.fill("#id_words", "Сәлем")
    page.locator("#write button").click()
    expect(page.locator("#thread-words li")).to_have_count(1)
