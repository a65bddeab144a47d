"""A consent that is taken back stops what it allowed; a new version is agreed to."""

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Assignment, User
from tests.browser import measures, places, steps
from tests.support.browser import violations
from tests.support.consents import agreed_long_ago

pytestmark = pytest.mark.browser
NARROW = {"width": 320, "height": 640}


def faults(page: Page) -> list[str]:
    """Return what is wrong with a page for axe, on a narrow screen, and for fingers."""
    steps.open_everything(page)
    return violations(page) + measures.too_wide(page) + measures.cut_off(page) + measures.small_targets(page)


def test_what_a_consent_allowed_stops_when_it_is_taken_back(page_of, owner, assigned_psychologist):
    places.week_of(owner)
    mine, theirs = page_of(owner, viewport=NARROW), page_of(assigned_psychologist, viewport=NARROW)
    mine.goto("/kk/helpers/mine/")
    mine.locator(f"a[href*='{Assignment.objects.get().public_id}']").first.click()
    mine.wait_for_url("**/sharing/**")
    wrong = faults(mine)
    mine.locator("label:has([value=share-moods])").click()
    steps.main_button(mine).click()
    expect(steps.notice(mine, "success")).to_be_visible()
    wrong += faults(mine)

    theirs.goto(f"/kk/people/{owner.public_id}/")
    theirs.locator(".card[href*='/mood/person/']").click()
    expect(theirs.locator("figure.chart")).to_be_visible()
    wrong += faults(theirs)

    mine.locator("form[action$='/stop/'] button").click()
    expect(steps.notice(mine, "success")).to_be_visible()
    with theirs.expect_response("**/mood/person/**") as clicked:
        theirs.locator(".tabs a[href*='span=month']").click()
    assert clicked.value.status == 404
    assert wrong == []


def test_an_open_page_stops_with_the_consent_and_a_new_version_is_agreed_to(page_of, owner):
    mine, left_open = page_of(owner, viewport=NARROW), page_of(owner)
    left_open.goto("/kk/dashboard/")
    expect(left_open.locator("#week")).to_have_attribute("data-live", "yes")
    mine.goto("/kk/profile/consents/service/withdraw/")
    wrong = faults(mine)
    mine.locator("main .button--danger").click()
    mine.wait_for_url("**/profile/consents/")
    expect(left_open.locator("#week[data-live=yes]")).to_have_count(0)
    mine.goto("/kk/mood/")
    mine.wait_for_url("**/account/consent/")
    wrong += faults(mine)
    mine.check("#id_consent")
    steps.main_button(mine).click()
    mine.wait_for_url("**/dashboard/")
    expect(mine.locator("#week")).to_have_attribute("data-live", "yes")  # its socket is not on its way any more

    agreed_long_ago(User.objects.get(pk=owner.pk))
    mine.goto("/kk/mood/journal/")
    mine.wait_for_url("**/account/consent/")
    expect(mine.locator("#new + ul li").first).to_be_visible()
    wrong += faults(mine)
    steps.main_button(mine).click()
    expect(mine.locator(".error-summary")).to_be_focused()
    mine.check("#id_consent")
    steps.main_button(mine).click()
    mine.wait_for_url("**/dashboard/")
    steps.press_mood(mine, 4)
    assert wrong == []
