"""Whole tests, as people take them: by keyboard alone, without scripts, on two devices, while the network is away."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.keyboard import tab, tab_to
from tests_app.access import answers_in
from tests_app.models import Result, Run

pytestmark = pytest.mark.browser
PROGRESS = "#progress"
ON = "main .actions .button"


def press(page, key):
    """Press a key that leads to the next page, and wait for that page."""
    with page.expect_navigation():
        page.keyboard.press(key)
    steps.ready(page)


def test_a_whole_phq9_in_kazakh_by_keyboard_alone(page_of, owner):
    page = page_of(owner, viewport={"width": 360, "height": 640})
    page.goto("/kk/dashboard/")
    tab_to(steps.ready(page), ".menu a[href$='/kk/tests/']")
    press(page, "Enter")
    tab_to(page, "main h3 a[href='/kk/tests/phq9/']")
    press(page, "Enter")
    tab_to(page, "main form .button")
    press(page, "Enter")
    expect(page.locator(PROGRESS)).to_contain_text("10")
    tab_to(page, "main fieldset input")
    for number in range(1, 11):
        assert str(number) in re.findall(r"\d+", page.locator(PROGRESS).inner_text())
        assert page.evaluate("document.activeElement.name") == f"q_{number}" or number == 10
        page.keyboard.press("1" if number % 2 else "ArrowDown")
        expect(page.locator("main input:checked")).to_have_value("1")
        press(page, "Enter")
    expect(page.locator("main ol > li")).to_have_count(10)
    tab_to(page, "main .form .button")
    press(page, "Enter")
    page.wait_for_url("**/kk/tests/result/**/safety/")
    result = Result.objects.get(owner=owner)
    assert (result.score, result.language, result.safety_passed_at) == (9, "kk", None)


def test_a_digit_counts_only_inside_its_question(page_of, owner):
    page = page_of(owner)
    page.goto("/en/tests/gad7/try/")
    steps.ready(page)
    page.keyboard.press("2")
    expect(page.locator("main input:checked")).to_have_count(0)
    first = page.locator("#id_q_1_group")
    expect(first.locator("kbd").first).to_be_visible()
    first.locator("input").first.focus()
    page.keyboard.press("9")
    expect(page.locator("main input:checked")).to_have_count(0)
    page.keyboard.press("2")
    expect(first.locator("input:checked")).to_have_value("2")
    page.keyboard.press("Enter")
    expect(page.locator("#id_q_2_group input:focus")).to_have_count(1)
    page.keyboard.press("Control+1")
    expect(page.locator("main input:checked")).to_have_count(1)


def test_without_scripts_with_a_pause_and_on_another_device(page_of, owner):
    page = page_of(owner, java_script_enabled=False)
    page.goto("/kk/tests/who5/")
    page.locator("main form .button").first.click()
    for _question in range(2):
        expect(page.locator("main kbd").first).to_be_hidden()
        page.locator("main .reply").nth(1).click()
        page.locator(ON).first.click()
    page.locator("main .reply--skip").click()
    page.locator("main button[value=later]").click()
    page.wait_for_url("**/kk/tests/")
    phone = page_of(owner, java_script_enabled=False, viewport={"width": 320, "height": 640})
    phone.goto("/kk/tests/")
    phone.locator("main section.panel--main .button").click()
    phone.locator("main button[value=back]").click()
    expect(phone.locator("main input:checked")).to_have_value("skip")
    phone.locator("main .reply").first.click()
    for _question in range(2):
        phone.locator(ON).first.click()
        phone.locator("main .reply").first.click()
    phone.locator(ON).first.click()
    expect(phone.locator("main ol > li")).to_have_count(5)
    phone.locator(ON).first.click()
    phone.wait_for_url("**/kk/tests/result/*/")
    assert answers_in(Result.objects.get(owner=owner)) == {"1": 4, "2": 4, "3": 5, "4": 5, "5": 5}
    page.goto(f"/kk/tests/run/{Result.objects.get().public_id}/")
    expect(page).to_have_url(re.compile("/kk/tests/result/"))


def test_on_one_page_each_answer_is_saved_also_after_the_network_was_away(page_of, owner):
    page = page_of(owner)
    page.goto("/en/tests/gad7/")
    steps.choose(page, "layout", "all")
    page.locator("main form .button").first.click()
    steps.ready(page)
    with page.expect_response("**/tests/run/**"):
        page.locator("#id_q_1_group .reply").nth(2).click()
    expect(page.locator("#id_q_1_group .question__state")).to_have_text("Saved")
    assert answers_in(Run.objects.get()) == {"1": 2}
    page.context.set_offline(True)
    page.locator("#id_q_2_group .reply").nth(3).click()
    expect(page.locator("#id_q_2_group .question__state")).to_contain_text("Not saved yet")
    page.context.set_offline(False)
    expect(page.locator("#id_q_2_group .question__state")).to_have_text("Saved")
    page.reload()
    assert answers_in(Run.objects.get()) == {"1": 2, "2": 3}
    expect(page.locator("#id_q_2_group input:checked")).to_have_value("3")


def test_on_one_page_a_question_shows_when_it_is_asked(page_of, owner):
    page = page_of(owner)
    page.goto("/en/tests/pcptsd5/try/")
    steps.ready(page)
    expect(page.locator("#id_q_1_group")).to_be_hidden()
    page.locator("#id_q_gate_group .reply:has([value='1'])").click()
    expect(page.locator("#id_q_1_group")).to_be_visible()
    page.locator("#id_q_gate_group .reply:has([value='0'])").click()
    expect(page.locator("#id_q_1_group")).to_be_hidden()
    page.locator(ON).first.click()
    expect(page.locator("#outcome-title")).to_be_visible()


def test_a_screen_reader_hears_question_and_progress_on_arrival(page_of, owner):
    page = page_of(owner)
    page.goto("/en/tests/gad7/")
    page.locator("main form .button").first.click()
    page.locator("main .reply").first.click()
    page.locator(ON).first.click()
    page.wait_for_url("**question=2")
    group = page.locator("fieldset:has(:focus)")
    expect(group).to_have_accessible_name(re.compile(r"\w+ \w+"))
    expect(group).to_have_accessible_description("Question 2 of 7")
    tab(page)
    expect(page.locator(f"{ON}:focus")).to_have_count(1)
