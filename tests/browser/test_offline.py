"""The network breaks: what was recorded waits in the browser, is said to wait, and is sent once, in order."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.support.waiting import until
from tracker.models import MoodEntry

pytestmark = [pytest.mark.browser, pytest.mark.service_worker]
RECORD = "**/mood/record/"


def recorded(person) -> list[int]:
    return list(MoodEntry.objects.of(person).order_by("pk").values_list("level", flat=True))


def press(page: Page, level: int) -> None:
    """Press a face without waiting for the server."""
    page.locator(f".press__button--{level}").click()
    expect(page.locator(".press:not([data-busy])")).to_be_visible()


def waits(page: Page, count: int) -> None:
    expect(page.locator("#outbox")).to_have_attribute("data-count", str(count))


def opened(page: Page, path: str = "/kk/mood/") -> Page:
    page.goto(path)
    return steps.ready(page)


def online(page: Page) -> None:
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")


def test_three_records_without_a_network_are_sent_in_order_when_it_is_back(page_of, owner):
    page = opened(page_of(owner))
    page.context.set_offline(True)
    for i, level in enumerate((4, 1, 5), start=1):
        press(page, level)
        waits(page, i)
    assert recorded(owner) == []
    expect(page.locator("#outbox li")).to_have_count(3)
    online(page)
    waits(page, 0)
    assert recorded(owner) == [4, 1, 5]
    expect(page.locator("#latest .entry")).to_have_count(3)


def test_what_waits_is_said_aloud_and_so_is_that_it_is_saved(page_of, owner):
    page = opened(page_of(owner), "/en/dashboard/")
    page.context.set_offline(True)
    press(page, 4)
    state = page.locator("#outbox [role=status]")
    expect(state).to_contain_text("Waiting for the network: 1")
    online(page)
    expect(state).to_have_text("Saved")


def test_the_moment_is_that_of_the_press_and_not_of_the_sending(page_of, owner):
    page = page_of(owner)
    page.clock.install()
    opened(page)
    page.context.set_offline(True)
    press(page, 2)
    page.clock.fast_forward(3 * 3600 * 1000)
    online(page)
    entry = until(lambda: MoodEntry.objects.of(owner).first())
    assert (entry.created_at - entry.felt_at).total_seconds() == pytest.approx(3 * 3600, abs=60)


def test_what_waits_outlives_a_closed_page_and_goes_by_itself_with_the_next(page_of, owner):
    page = opened(page_of(owner))
    context = page.context
    context.set_offline(True)
    press(page, 3)
    waits(page, 1)
    page.close()
    context.set_offline(False)
    opened(context.new_page(), "/kk/dashboard/")
    until(lambda: recorded(owner) == [3])


def test_two_tabs_send_each_record_once(page_of, owner):
    first = opened(page_of(owner))
    second = opened(first.context.new_page())
    first.context.set_offline(True)
    press(first, 1)
    press(second, 2)
    press(first, 3)
    waits(first, 3)
    first.context.set_offline(False)
    for page in (first, second):
        page.evaluate("dispatchEvent(new Event('online'))")
    waits(first, 0)
    until(lambda: len(recorded(owner)) == 3)
    assert recorded(owner) == [1, 2, 3]


def test_an_answer_that_was_lost_on_the_way_doubles_nothing(page_of, owner):
    page = opened(page_of(owner))
    page.clock.install()
    lost = []

    def lose_the_answer(route):
        lost.append(route.fetch().status)
        route.abort("internetdisconnected")

    page.route(RECORD, lose_the_answer, times=1)
    press(page, 5)
    assert lost == [200]
    waits(page, 1)
    page.clock.run_for(6000)
    waits(page, 0)
    assert recorded(owner) == [5]


def test_a_note_written_without_a_network_is_kept_with_feelings_and_causes(page_of, owner):
    page = opened(page_of(owner), "/kk/mood/record/")
    page.context.set_offline(True)
    steps.choose(page, "level", 2)
    page.fill("#id_note", "Жолда желі жоқ.")
    page.locator("[name=feelings][value=anxiety]").check()
    page.locator("[name=causes][value=pain]").check()
    page.fill("#id_own_causes", "өзен")
    steps.main_button(page).click()
    waits(page, 1)
    expect(page.locator("#id_note")).to_have_value("")
    online(page)
    waits(page, 0)
    entry = MoodEntry.objects.of(owner).get()
    assert (entry.note, entry.feelings, entry.causes[0], len(entry.causes)) == (
        "Жолда желі жоқ.",
        ["anxiety"],
        "pain",
        2,
    )


def test_what_waits_of_one_person_is_never_sent_as_anothers(page_of, owner, other_user):
    page = opened(page_of(owner))
    page.context.set_offline(True)
    press(page, 4)
    waits(page, 1)
    context = page.context
    page.close()
    context.clear_cookies()
    context.add_cookies(page_of(other_user).context.cookies())
    context.set_offline(False)
    waits(opened(context.new_page(), "/kk/dashboard/"), 0)
    assert recorded(owner) == recorded(other_user) == []


def test_an_ended_session_keeps_what_was_pressed_and_says_to_sign_in(page_of, owner):
    page = opened(page_of(owner), "/en/mood/")
    expect(page.locator("#week")).to_have_attribute("data-live", "yes")
    Session.objects.filter(session_key=steps.session_of(page)).delete()
    press(page, 2)
    expect(page.locator("#outbox [role=status]")).to_contain_text("Sign in again")
    assert recorded(owner) == []


def test_without_a_network_the_address_opens_a_page_that_records(page_of, owner):
    page = opened(page_of(owner), "/kk/dashboard/")
    page.evaluate("navigator.serviceWorker.ready")
    page.context.set_offline(True)
    page.goto("/kk/mood/")
    assert page.locator("h1").inner_text() == "Қазір желі жоқ"
    press(steps.ready(page), 1)
    waits(page, 1)
    online(page)
    waits(page, 0)
    assert recorded(owner) == [1]


def test_the_page_without_a_network_loses_no_press_however_often_it_is_opened(page_of, owner):
    page = opened(page_of(owner), "/kk/dashboard/")
    page.evaluate("navigator.serviceWorker.ready")
    page.context.set_offline(True)
    for i, level in enumerate((4, 1), start=1):
        page.goto("/kk/mood/")
        press(steps.ready(page), level)
        waits(page, i)
    online(page)
    waits(page, 0)
    press(page, 5)
    expect(steps.notice(page, "success")).to_be_visible()
    assert recorded(owner) == [4, 1, 5]


def test_what_was_refused_can_be_corrected(page_of, owner):
    page = opened(page_of(owner), "/en/mood/record/")
    page.context.set_offline(True)
    steps.choose(page, "level", 2)
    page.fill("#id_note", "ұзақ ой")
    page.fill("#id_own_causes", "а,б,в,г,д,е")
    steps.main_button(page).click()
    waits(page, 1)
    online(page)
    page.get_by_role("button", name="Correct it").click()
    expect(page.locator("#id_note")).to_have_value("ұзақ ой")
    expect(page.locator("#id_own_causes_error")).to_be_visible()
    page.fill("#id_own_causes", "а")
    steps.main_button(page).click()
    page.wait_for_url("**/en/mood/")
    assert recorded(owner) == [2]


def test_without_a_network_urgent_help_still_opens(page_of, owner):
    page = opened(page_of(owner), "/kk/dashboard/")
    page.evaluate("navigator.serviceWorker.ready")
    page.context.set_offline(True)
    page.goto("/kk/urgent-help/")
    expect(page.locator("a[href='tel:112']").first).to_be_visible()


def test_after_signing_out_the_page_without_a_network_records_for_nobody(page_of, owner):
    page = opened(page_of(owner), "/kk/account/logout/")
    page.locator("main form button").click()
    page.wait_for_url("**/kk/")
    page.goto("/kk/mood/offline/")
    expect(steps.ready(page).locator(".press")).to_be_hidden()


@pytest.mark.parametrize("tabs", [1, 2])
def test_an_entry_that_somebody_else_was_quicker_to_send_is_said_to_be_saved(page_of, owner, tabs):
    page = opened(page_of(owner), "/kk/mood/record/")
    quicker = [page, opened(page.context.new_page())][tabs - 1]
    page.evaluate(
        "() => void navigator.locks.request('emocare-outbox', () => new Promise((go) => { window.go = go; }))"
    )
    quicker.evaluate("dispatchEvent(new Event('online'))")
    quicker.wait_for_function("async () => (await navigator.locks.query()).pending.length === 1")
    steps.choose(page, "level", 2)
    steps.main_button(page).click()
    page.wait_for_function("async () => (await navigator.locks.query()).pending.length === 2")
    page.evaluate("window.go()")
    page.wait_for_url("**/kk/mood/")
    assert recorded(owner) == [2]
