"""A psychologist looks at results and answers; the owner reads it, and what she takes back is gone at once."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import measures, steps
from tests.support.browser import violations
from tests.support.results import phq9, take

pytestmark = pytest.mark.browser
NARROW = {"width": 320, "height": 640}


def faults(page: Page) -> list[str]:
    """Return what is wrong with a page for axe, on a narrow screen, and for fingers."""
    steps.open_everything(page)
    return violations(page) + measures.too_wide(page) + measures.cut_off(page) + measures.small_targets(page)


def test_answers_are_shown_looked_at_and_taken_back(page_of, owner, assigned_psychologist):
    for days in (150, 120, 90, 60, 30):
        take(owner, phq9(14), days_ago=days)
    take(owner, key="loneliness", days_ago=200)
    result = take(owner, phq9(9))
    mine, theirs = page_of(owner, viewport=NARROW), page_of(assigned_psychologist, viewport=NARROW)
    mine.goto(f"/kk/tests/result/{result.public_id}/")
    mine.locator("a[href$='/sharing/']").click()
    mine.wait_for_url("**/sharing/")
    wrong = faults(mine)
    mine.locator("main .entry__actions a").click()
    wrong += faults(mine)
    steps.main_button(mine).click()
    expect(steps.notice(mine, "success")).to_be_visible()
    wrong += faults(mine)

    theirs.goto(f"/kk/people/{owner.public_id}/")
    theirs.locator(".card[href*='/tests/person/']").click()
    expect(theirs.locator("main tbody td strong")).to_have_count(7)
    wrong += faults(theirs)
    theirs.locator("main tbody a[href='?test=phq9']").click()
    expect(theirs.locator("figure.chart .chart__mark")).to_have_count(6)
    wrong += faults(theirs)
    theirs.locator("main tbody a[href*='/answers/']").click()
    expect(theirs.locator("main tbody tr")).to_have_count(10)
    wrong += faults(theirs)

    mine.locator("form[action$='/stop/'] button").click()
    expect(steps.notice(mine, "success")).to_be_visible()
    with theirs.expect_response("**/answers/**") as again:
        theirs.reload()
    assert again.value.status == 404
    mine.goto("/en/profile/who-looked/")
    said = " ".join(mine.locator("section[aria-labelledby=looks] li").all_inner_texts())
    assert "your test results" in said
    assert "your single answers to a test" in said
    assert wrong == []


def test_a_test_is_asked_for_and_declined(page_of, owner, assigned_psychologist, instruments):
    mine, theirs = page_of(owner, viewport=NARROW), page_of(assigned_psychologist, viewport=NARROW)
    theirs.goto(f"/kk/tests/person/{owner.public_id}/ask/")
    steps.main_button(theirs).click()
    expect(theirs.locator(".error-summary")).to_be_focused()
    wrong = faults(theirs)
    steps.choose(theirs, "test", "phq9")
    steps.main_button(theirs).click()
    expect(steps.notice(theirs, "success")).to_be_visible()
    wrong += faults(theirs)
    mine.goto("/kk/tests/")
    wrong += faults(mine)
    mine.locator("form[action*='/decline/'] button").click()
    mine.wait_for_url("**/dashboard/")
    expect(mine.locator("form[action*='/decline/']")).to_have_count(0)
    assert wrong == []
