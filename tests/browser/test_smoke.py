import pytest

from tests.support.browser import violations

pytestmark = pytest.mark.browser


def test_one_press_records_a_mood_and_the_week_shows_it(page, owner, sign_in):
    sign_in(page, owner)
    page.locator(".press__button--4").click()
    page.wait_for_selector("#messages .notice--success")
    assert page.locator(".chart__mark--4").count() == 1
    assert violations(page) == []
