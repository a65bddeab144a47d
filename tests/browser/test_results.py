"""A result and its history by keyboard, by ear, without colours and on paper."""

import pytest
from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.keyboard import tab_to
from tests.support.results import label, phq9, take

pytestmark = pytest.mark.browser
HISTORY = "/en/tests/history/phq9/"


@pytest.fixture
def results(owner):
    return [take(owner, phq9(score), days_ago=90 - 30 * i) for i, score in enumerate((14, 20, 11, 9))]


def test_from_the_history_to_a_result_and_its_answers_by_keyboard(page_of, owner, results):
    page = page_of(owner)
    page.goto("/en/tests/history/")
    steps.ready(page)
    tab_to(page, ".entry__title a")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{HISTORY}")
    steps.ready(page)
    tab_to(page, ".more > summary")
    page.keyboard.press("Enter")
    tab_to(page, "tbody a")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{results[-1].public_id}/")
    steps.ready(page)
    expect(page.locator(".answers")).to_be_hidden()
    tab_to(page, ".more > summary")
    page.keyboard.press("Enter")
    expect(page.locator(".answers")).to_be_visible()


def test_arrow_keys_go_from_score_to_score(page_of, owner, results):
    page = page_of(owner)
    page.goto(HISTORY)
    chart = steps.ready(page).locator(".chart")
    tab_to(page, ".chart__mark")
    page.keyboard.press("End")
    expect(chart.locator(".chart__said")).to_contain_text(f"9 of 27: {label('mild')}")
    page.keyboard.press("ArrowLeft")
    expect(chart.locator(".chart__said")).to_contain_text(f"11 of 27: {label('moderate')}")
    drawing = page.get_by_role("application", name="Scores over time")
    expect(drawing.get_by_role("img")).to_have_count(4)


def test_the_place_on_the_scale_is_a_picture_with_a_name_and_a_description(page_of, owner, results):
    page = page_of(owner)
    page.goto(f"/en/tests/result/{results[1].public_id}/")
    scale = page.get_by_role("img", name="Place on the scale")
    expect(scale).to_have_accessible_description(
        f"The scale goes from 0 to 27. The mark stands at 20, in part 5 of 5: 20 to 27, “{label('severe')}”."
    )


def test_in_forced_colours_the_mark_and_the_scale_stand_out(page_of, owner, results):
    page = page_of(owner, forced_colors="active")
    page.goto(f"/en/tests/result/{results[1].public_id}/")
    styles = "e => { const s = getComputedStyle(e); return [s.fill, s.stroke, s.backgroundColor]; }"
    mark_fill, mark_stroke, _ = page.locator(".scale__mark").evaluate(styles)
    number_fill = page.locator(".scale__score").evaluate(styles)[0]
    assert mark_fill != mark_stroke
    assert number_fill == mark_stroke == page.locator(".scale__track").evaluate(styles)[1]


def test_on_paper_there_is_the_result_and_no_button(page_of, owner, results):
    page = page_of(owner)
    page.goto(f"/en/tests/result/{results[1].public_id}/")
    printing = steps.ready(page).locator("[data-module=print]")
    expect(printing).to_be_visible()
    page.emulate_media(media="print")
    expect(printing).to_be_hidden()
    expect(page.locator(".answers")).to_be_hidden()
    expect(page.locator(".scale svg")).to_be_visible()
    assert page.locator("main .button:visible").count() == 0


def test_without_javascript_a_result_is_deleted_and_the_history_says_so(page_of, owner, results):
    page = page_of(owner, java_script_enabled=False)
    page.goto(f"/en/tests/result/{results[1].public_id}/")
    page.get_by_role("link", name="Delete this result").click()
    page.locator("main .button--danger").click()
    page.wait_for_url("**/tests/history/")
    expect(page.get_by_text("The result is deleted.")).to_be_visible()
    expect(page.locator(".entry")).to_contain_text("Taken 3 times.")
