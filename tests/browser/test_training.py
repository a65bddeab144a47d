from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from accounts.models import Certificate, TestAttempt
from accounts.training import course as courses
from tests.browser import steps
from tests.support.training import right_answers, taking_the_test

pytestmark = pytest.mark.browser


def read_everything(page):
    """Open each lesson from the one before, and look at an answer on the way."""
    page.goto("/kk/training/")
    page.locator(".panel--main a.button").click()
    for lesson in courses.load().lessons:
        expect(page.locator("h1")).to_have_text(lesson.title["kk"])
        page.locator("main details.more summary").first.click()
        expect(page.locator("main details.more p").first).to_be_visible()
        page.locator("main form button").click()
    page.wait_for_url("**/training/")


def choose_right(page, leave=()):
    attempt = TestAttempt.objects.get()
    right = right_answers(attempt)
    for number, (key, order) in enumerate(attempt.questions, 1):
        if number not in leave:
            steps.choose(page, f"q{number}", order.index(right[key]))


@pytest.mark.parametrize("scripts", [True, False])
def test_from_the_first_lesson_to_the_certificate(page_of, page, other_user, scripts):
    inside = page_of(other_user, java_script_enabled=scripts)
    read_everything(inside)
    inside.locator(".panel--main a.button").click()
    inside.locator("main form button").click()
    choose_right(inside)
    steps.main_button(inside).click()
    inside.locator("main a.button").click()
    inside.fill("#id_name", "Қарлығаш Әділқызы")
    inside.check("#id_promise")
    steps.main_button(inside).click()
    expect(steps.notice(inside, "success")).to_be_visible()

    with inside.expect_download() as download:
        inside.locator("#certificate ~ .actions a").click()
    sheet = PdfReader(BytesIO(download.value.path().read_bytes())).pages[0].extract_text()
    code = str(Certificate.objects.get())
    assert "Қарлығаш Әділқызы" in sheet
    assert code in sheet

    page.goto("/kk/certificates/")
    page.fill("#id_code", code.lower())
    page.press("#id_code", "Enter")
    expect(page.locator("main .notice--success")).to_be_visible()
    assert "Қарлығаш" not in page.content()


def test_what_was_chosen_is_there_after_a_mistake_and_after_a_break(page_of, other_user):
    page = page_of(other_user)
    attempt = taking_the_test(other_user)
    page.goto(f"/kk/training/test/{attempt.public_id}/")
    choose_right(page, leave=(3,))
    steps.main_button(steps.ready(page)).click()
    expect(page.locator(".error-summary")).to_be_focused()
    page.locator(".error-summary a").click()
    expect(page.locator("#id_q3_group")).to_be_focused()
    page.goto("/kk/training/")
    page.locator(".panel--main a.button").click()
    expect(page.locator("main input:checked")).to_have_count(14)


def test_the_whole_test_can_be_taken_with_the_keyboard(page_of, other_user):
    page = page_of(other_user)
    attempt = taking_the_test(other_user)
    page.goto(f"/kk/training/test/{attempt.public_id}/")
    page.locator("main input[type=radio]").first.focus()
    for _question in attempt.questions:
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main .lead")).to_be_visible()
    assert TestAttempt.objects.get().finished_at
