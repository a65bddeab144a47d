from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser import places, steps
from tracker.models import MoodEntry

pytestmark = pytest.mark.browser
RECORD = "**/mood/record/"


def recorded(person):
    return list(MoodEntry.objects.of(person).values_list("level", flat=True))


def test_one_press_records_a_mood_and_the_week_shows_it(page, owner, sign_in):
    sign_in(page, owner)
    before = steps.sentence(page)
    assert steps.marks(page) == []
    steps.press_mood(page, 4)
    expect(page.locator(".chart__mark--4")).to_have_count(1)
    assert steps.sentence(page) != before
    page.locator(".more > summary").click()
    today = timezone.localdate(timezone=ZoneInfo(owner.time_zone)).weekday()
    word = page.locator(".press__button--4").inner_text().strip().lower()
    expect(page.locator("#week tbody tr").nth(today)).to_contain_text(word)


def test_further_moods_of_the_day_change_its_mark(page_of, owner):
    page = page_of(owner)
    page.goto("/kk/mood/")
    for level in (5, 1, 1):
        steps.press_mood(page, level)
    expect(page.locator(".chart__mark--2")).to_have_count(1)
    expect(page.locator(".chart__dot")).to_have_count(2)
    expect(page.locator(".entry")).to_have_count(3)


def test_a_note_for_yesterday_is_kept_with_its_day(page_of, owner):
    page = page_of(owner)
    page.goto("/kk/mood/record/")
    yesterday = timezone.localdate(timezone=ZoneInfo(owner.time_zone)) - timedelta(days=1)
    steps.choose(page, "level", 2)
    page.fill("#id_note", places.NOTE)
    page.fill("#id_day", yesterday.isoformat())
    page.fill("#id_time", "21:30")
    steps.main_button(page).click()
    page.wait_for_url("**/kk/mood/")
    entry = MoodEntry.objects.of(owner).get()
    assert (entry.level, entry.note) == (2, places.NOTE)
    assert entry.felt_at.astimezone(ZoneInfo(owner.time_zone)).strftime("%Y-%m-%d %H:%M") == f"{yesterday} 21:30"
    expect(page.locator(".entry__note")).to_have_text(places.NOTE, use_inner_text=True)


def test_an_entry_can_be_changed(page_of, owner):
    entry = places.week_of(owner)[0]
    page = page_of(owner)
    page.goto("/kk/mood/")
    page.locator(f"#entry-{entry.public_id} .entry__actions a").first.click()
    expect(page.locator("#id_note")).to_have_value(places.NOTE)
    steps.choose(page, "level", 1)
    page.fill("#id_note", "Кешке қиын болды.")
    steps.main_button(page).click()
    expect(steps.notice(page, "success")).to_be_visible()
    expect(page.locator(f"#entry-{entry.public_id} .entry__note")).to_have_text("Кешке қиын болды.")
    assert MoodEntry.objects.get(pk=entry.pk).level == 1


def test_an_entry_is_deleted_after_one_question(page_of, owner):
    entry, *others = places.week_of(owner)
    page = page_of(owner)
    page.goto("/kk/mood/journal/")
    page.locator(f"#entry-{entry.public_id} .entry__actions a").last.click()
    page.wait_for_url("**/delete/")
    page.locator("main .button--quiet").click()
    page.goto("/kk/mood/journal/")
    assert page.locator(".entry").count() == len(others) + 1
    page.goto(f"/kk/mood/{entry.public_id}/delete/")
    page.locator("main .button--danger").click()
    expect(steps.notice(page, "success")).to_be_visible()
    expect(page.locator(f"#entry-{entry.public_id}")).to_have_count(0)
    assert MoodEntry.objects.of(owner).count() == len(others)


def test_two_quick_presses_are_one_record(page_of, owner):
    page = page_of(owner)
    page.goto("/kk/dashboard/")
    page.locator(".press__button--3").dblclick()
    expect(steps.notice(page, "success")).to_be_visible()
    assert recorded(owner) == [3]


def test_on_a_slow_network_a_second_press_sends_nothing(page_of, owner):
    page = page_of(owner)
    page.goto("/kk/dashboard/")
    steps.ready(page)
    held = steps.hold(page, RECORD)
    first, second = (steps.middle(page.locator(f".press__button--{level}")) for level in (2, 5))
    with page.expect_request(RECORD):
        page.mouse.click(*first)
    page.mouse.click(*second)
    held[0].continue_()
    expect(steps.notice(page, "success")).to_be_visible()
    assert len(held) == 1
    assert recorded(owner) == [2]


def test_a_form_that_is_sent_again_adds_nothing_and_says_so(page_of, owner):
    page = page_of(owner)
    page.goto("/kk/dashboard/")
    key = page.locator(".press [name=form_key]").input_value()
    steps.press_mood(page, 4)
    page.locator(".press [name=form_key]").evaluate("(field, key) => { field.value = key; }", key)
    page.locator(".press__button--4").click()
    expect(steps.notice(page, "info")).to_be_visible()
    assert recorded(owner) == [4]


def test_a_record_leaves_the_page_where_it_is(page_of, owner):
    page = page_of(owner)
    page.goto("/kk/dashboard/")
    steps.ready(page).evaluate("window.same = true")
    steps.press_mood(page, 4)
    steps.press_mood(page, 1)
    assert recorded(owner) == [1, 4]
    assert page.evaluate("window.same")
