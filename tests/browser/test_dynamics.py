"""Charts by keyboard and by ear, and writing in the journal with a draft that is kept meanwhile."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.keyboard import tab_to
from tracker.models import Draft, MoodEntry

pytestmark = pytest.mark.browser
MONTH = "/en/mood/dynamics/?span=fortnight"


@pytest.fixture
def fortnight(owner):
    """The owner with a mood on each of the last fourteen days, pain on the bad ones."""
    now = timezone.now()
    for i in range(14):
        level, causes = (2, ["pain"]) if i % 2 else (5, [])
        MoodEntry.objects.create(owner=owner, level=level, felt_at=now - timedelta(days=i), causes=causes)
    return owner


@pytest.fixture
def chart(page_of, fortnight):
    page = page_of(fortnight)
    page.goto(MONTH)
    return steps.ready(page).locator(".chart").first


def focused(page) -> str:
    return page.evaluate("document.activeElement.getAttribute('aria-label')")


def test_arrow_keys_go_from_mark_to_mark_and_stop_at_the_ends(chart):
    page, marks = chart.page, chart.locator(".chart__mark")
    first, last = marks.first.get_attribute("data-said"), marks.last.get_attribute("data-said")
    tab_to(page, ".chart__mark")
    assert focused(page) == first
    page.keyboard.press("ArrowLeft")
    assert focused(page) == first
    page.keyboard.press("ArrowRight")
    assert focused(page) == marks.nth(1).get_attribute("data-said")
    page.keyboard.press("End")
    assert focused(page) == last
    page.keyboard.press("Home")
    assert focused(page) == first


def test_a_chart_is_one_stop_on_the_way_of_tab_and_the_mark_in_focus_is_shown_in_words(chart):
    page = chart.page
    tab_to(page, ".chart__mark")
    page.keyboard.press("ArrowRight")
    expect(chart.locator(".chart__said")).to_have_text(focused(page))
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.closest('.chart')?.querySelector('.chart__mark:focus')")


def test_a_screen_reader_hears_the_name_of_the_chart_and_each_mark(chart):
    page = chart.page
    drawing = page.get_by_role("application", name="Mood over the period").first
    assert "very good" in drawing.evaluate("drawing => drawing.querySelector('desc').textContent")
    expect(drawing.get_by_role("img")).to_have_count(14)
    assert "bad, 2.0 (1 entry)" in drawing.get_by_role("img").first.get_attribute("aria-label")


def test_without_javascript_the_chart_is_a_picture_with_words_and_a_table(page_of, fortnight):
    page = page_of(fortnight, java_script_enabled=False)
    page.goto(MONTH)
    expect(page.get_by_role("img", name="Mood over the period").first).to_be_visible()
    page.locator(".more > summary").first.click()
    assert page.locator("#course-title ~ .more tbody tr").count() == 14


def test_a_comparison_is_read_as_a_sentence(chart):
    expect(chart.page.locator("#causes-title ~ ul li")).to_have_text("On days with “Pain” your mood is 3.0 lower.")


def test_a_draft_is_kept_while_one_writes_and_there_after_another_question(page_of, owner):
    page = page_of(owner)
    page.clock.install()
    page.goto("/en/mood/journal/write/")
    steps.ready(page).fill("#id_note", "жартысы")
    with page.expect_response("**/journal/write/"):
        page.clock.run_for(2000)
    expect(page.locator("[data-draft-state]")).to_have_text("The draft is saved.")
    page.fill("#id_note", "жартысы, тағы бір сөз")
    page.locator("[data-prompt=worry]").click()
    page.wait_for_url("**prompt=worry")
    expect(page.locator("#id_note")).to_have_value("жартысы, тағы бір сөз")
    assert Draft.objects.get().prompt == "worry"


def test_what_is_written_is_saved_and_its_draft_is_gone(page_of, owner):
    page = page_of(owner)
    page.goto("/en/mood/journal/write/")
    steps.ready(page).fill("#id_note", "бәрі")
    steps.main_button(page).click()
    page.wait_for_url("**/mood/journal/")
    expect(steps.notice(page, "success")).to_be_visible()
    assert MoodEntry.objects.get().note == "бәрі"
    assert not Draft.objects.exists()


def test_a_session_that_ended_loses_no_written_word(page_of, owner):
    page = page_of(owner)
    page.clock.install()
    page.goto("/en/mood/journal/write/")
    steps.ready(page).fill("#id_note", "ұзақ ой")
    page.context.clear_cookies()
    page.clock.run_for(2000)
    expect(page.locator("[data-draft-state]")).to_contain_text("You are signed out")
    expect(page.locator("#id_note")).to_have_value("ұзақ ой")


def test_words_without_a_network_wait_and_are_sent(page_of, owner):
    page = page_of(owner)
    page.goto("/en/mood/journal/write/")
    steps.ready(page).fill("#id_note", "желісіз ой")
    page.context.set_offline(True)
    steps.main_button(page).click()
    expect(page.locator("#outbox")).to_have_attribute("data-count", "1")
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#outbox")).to_have_attribute("data-count", "0")
    assert MoodEntry.objects.get().note == "желісіз ой"
