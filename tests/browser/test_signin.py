import json
import re

import pytest
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import expect

from accounts.models import KnownDevice, LockOut, SignIn
from accounts.signin.services import end_sessions
from tests.browser import steps
from tests.support.browser import violations
from tests.support.cast import PASSWORD
from tests.support.waiting import until

pytestmark = pytest.mark.browser
USER_MINUTES = 12 * 60


def type_password(page, name, password):
    page.goto("/kk/account/login/")
    steps.ready(page)
    page.fill("#id_login", name)
    page.fill("#id_password", password)
    with page.expect_navigation():
        steps.main_button(page).click()


def idle_for(page, seconds):
    """Let the server believe that nothing has happened for so long."""
    session = SessionStore(steps.session_of(page))
    session["seen"] -= seconds
    session.save()


@pytest.fixture
def waiting(page_of, owner):
    """A page of the owner two minutes before the end, with a clock that is ours."""
    page = page_of(owner)
    page.clock.install()
    page.goto("/kk/mood/record/")
    steps.ready(page)
    idle_for(page, (USER_MINUTES - 2) * 60)
    page.clock.fast_forward((USER_MINUTES - 2) * 60_000)
    expect(page.locator("#time-out")).to_be_visible()
    return page


# The time-out


def test_two_minutes_before_the_end_one_press_is_enough_to_stay(waiting):
    dialog = waiting.locator("#time-out")
    expect(dialog.locator("button")).to_be_focused()
    expect(dialog.locator("[role=status]")).not_to_be_empty()
    assert not violations(waiting)
    with waiting.expect_response("**/account/presence/") as answer:
        waiting.keyboard.press("Enter")
    assert answer.value.json()["left"] > (USER_MINUTES - 1) * 60
    expect(dialog).to_be_hidden()
    waiting.reload()
    expect(waiting.locator("#id_note")).to_be_visible()


def test_escape_means_that_one_is_here(waiting):
    waiting.keyboard.press("Escape")
    expect(waiting.locator("#time-out")).to_be_hidden()
    until(lambda: SessionStore(steps.session_of(waiting))["seen"] > SignIn.objects.get().at.timestamp() - 60)


def test_another_tab_that_stays_closes_the_question_here(waiting):
    other = waiting.context.new_page()
    other.goto("/kk/help/")
    waiting.clock.fast_forward(60_000)
    expect(waiting.locator("#time-out")).to_be_hidden()


def test_after_the_end_the_page_shows_nothing_and_leads_to_the_sign_in_and_back(waiting, owner):
    waiting.fill("#id_note", "құпия", force=True)
    idle_for(waiting, 200)
    waiting.clock.fast_forward(130_000)
    waiting.wait_for_url("**/account/login/?next=*&ended=idle")
    expect(waiting.locator("main .notice").first).to_be_visible()
    assert "құпия" not in waiting.content()
    waiting.fill("#id_login", owner.email)
    waiting.fill("#id_password", PASSWORD)
    steps.main_button(waiting).click()
    waiting.wait_for_url("**/kk/mood/record/")


def test_whoever_types_is_not_asked(page_of, owner):
    page = page_of(owner)
    page.clock.install()
    page.goto("/kk/profile/")
    steps.ready(page)
    idle_for(page, (USER_MINUTES - 2) * 60)
    page.clock.fast_forward((USER_MINUTES - 3) * 60_000)
    page.press("#id_shown_name", "a")
    with page.expect_response("**/account/presence/") as answer:
        page.clock.fast_forward(60_000)
    assert answer.value.json()["left"] > (USER_MINUTES - 3) * 60
    expect(page.locator("#time-out")).to_be_hidden()


def test_the_news_of_the_end_does_not_break_off_a_way_that_was_begun(page_of, owner):
    page, heard = page_of(owner), []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda news: heard.append(news)))
    page.goto("/kk/dashboard/")
    expect(page.locator("#week[data-live=yes]")).to_be_visible()
    held = steps.hold(page, "**/kk/profile/")
    page.mouse.click(*steps.middle(page.locator("a[href$='/profile/']").first))
    until(lambda: page.context.cookies() and held)
    end_sessions(owner, SignIn.objects.filter(user=owner))
    until(lambda: page.context.cookies() and any("sign_in.ended" in news for news in heard))
    held[0].continue_()
    page.wait_for_url("**/account/login/?next=/kk/profile/")


# Proof of work


def test_the_browser_counts_by_itself_while_one_signs_up(page, transactional_db):
    page.goto("/kk/account/sign-up/anonymous/")
    expect(page.locator("[name=altcha]")).to_have_value(re.compile(".{100}"))
    steps.fill_anonymous_sign_up(page, "Сұңқар")
    expect(page.locator(".codes li")).to_have_count(10)


def test_a_form_that_is_sent_too_early_says_so_and_sends_itself(page, transactional_db):
    held = steps.hold(page, "**/account/proof/")
    page.goto("/kk/account/sign-up/anonymous/")
    steps.ready(page)
    page.fill("#id_nickname", "Тұлпар")
    page.fill("#id_password", PASSWORD)
    steps.choose(page, "age", "adult")
    page.check("#id_consent")
    steps.main_button(page).click()
    expect(page.locator("[data-module=proof] [role=status]")).not_to_be_empty()
    with page.expect_request("**/sign-up/anonymous/") as sent:
        held[0].continue_()
    assert "altcha=ey" in sent.value.post_data
    expect(page.locator(".codes li")).to_have_count(10)


def test_a_browser_that_cannot_count_is_not_shut_out(page, transactional_db):
    page.add_init_script("delete window.Worker")
    steps.fill_anonymous_sign_up(page, "Бүркіт")
    expect(page.locator(".codes li")).to_have_count(10)


# Too many wrong passwords


def test_the_page_of_the_lock_leads_out_and_in_again(page, owner):
    for _ in range(5):
        type_password(page, owner.email, "wrong-pass-phrase")
    expect(page.locator("main ul.links a")).to_have_count(3)
    assert not violations(page)
    LockOut.objects.all().delete()
    type_password(page, owner.email, PASSWORD)
    page.wait_for_url("**/dashboard/")


# Other devices, and those of others


def test_signing_out_everywhere_else_closes_the_other_device_at_once(page_of, owner):
    here, there = page_of(owner), page_of(owner)
    there.goto("/kk/dashboard/")
    expect(there.locator("#week[data-live=yes]")).to_be_visible()
    here.goto("/kk/account/sign-ins/")
    steps.ready(here)
    here.locator("form[action$='/end-others/'] button").click()
    expect(steps.notice(here, "success")).to_be_visible()
    there.wait_for_url("**/account/login/**")
    expect(there.locator("#id_password")).to_be_visible()


def test_a_shared_computer_keeps_nothing(page, owner, transactional_db):
    page.goto("/kk/account/login/")
    page.check("#id_shared")
    page.fill("#id_login", owner.email)
    page.fill("#id_password", PASSWORD)
    steps.main_button(page).click()
    page.wait_for_url("**/dashboard/")
    steps.ready(page)
    assert not KnownDevice.objects.exists()
    kept = page.evaluate("[JSON.stringify(localStorage), navigator.serviceWorker.getRegistrations()].at(0)")
    assert json.loads(kept) == {}
    page.locator(".press__button--4").click()
    expect(steps.notice(page, "success")).to_be_visible()
    assert page.evaluate("indexedDB.databases()") == []
