"""A child and their legal representative; a person and their supporter: each in a browser of their own."""

from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.kin.choices import Right
from accounts.models import Support
from tests.browser import measures, steps
from tests.support.browser import violations
from tests.support.cast import PASSWORD, make_support

pytestmark = pytest.mark.browser
NARROW = {"width": 320, "height": 640}


def sign_up_child(page: Page, nickname: str) -> None:
    """Sign up as somebody of fourteen, and go on to the page that says what they wait for."""
    page.goto("/kk/account/sign-up/anonymous/")
    page.fill("#id_nickname", nickname)
    page.fill("#id_password", PASSWORD)
    steps.choose(page, "age", "child")
    page.select_option("#id_birth_month", "1")
    page.select_option("#id_birth_year", str(timezone.localdate().year - 14))
    page.check("#id_consent")
    steps.main_button(page).click()
    page.locator(".actions a.button").click()
    page.wait_for_url("**/account/guardian/")


def fill_consent(page: Page) -> None:
    page.fill("#id_name", "Гүлнәр Сапарқызы")
    steps.choose(page, "relation", "mother")
    page.fill("#id_contact", "+7 701 123 45 67")
    page.check("#id_is_representative")
    page.check("#id_agrees")


def shown_link(page: Page) -> str:
    return urlsplit(page.locator(".codes code").inner_text()).path


def faults(page: Page) -> list[str]:
    """Return what is wrong with a page for axe, on a narrow screen, and for fingers."""
    steps.open_everything(page)
    return violations(page) + measures.too_wide(page) + measures.cut_off(page) + measures.small_targets(page)


def test_a_child_signs_up_somebody_agrees_in_another_browser_and_the_child_goes_on(new_context):
    child, parent = (new_context(viewport=NARROW).new_page() for _ in range(2))
    sign_up_child(child, "Балапан")
    wrong = faults(child)
    child.goto("/kk/mood/")
    child.wait_for_url("**/account/guardian/")
    child.goto("/kk/urgent-help/")
    expect(child.locator(".line__number").first).to_be_visible()
    child.goto("/kk/account/guardian/")
    child.locator("form[action$='/guardian/link/'] button").click()
    link = shown_link(child)
    wrong += faults(child)
    parent.goto(link)
    wrong += faults(parent)
    steps.main_button(parent).click()
    expect(parent.locator(".error-summary")).to_be_focused()
    wrong += faults(parent)
    fill_consent(parent)
    steps.main_button(parent).click()
    expect(parent.locator(".codes")).to_be_visible()
    wrong += faults(parent)
    child.goto("/kk/dashboard/")
    steps.press_mood(child, 4)
    parent.goto(link)
    expect(parent.locator("h1")).to_be_visible()
    assert wrong + faults(parent) == []


def test_without_javascript_a_representative_says_no_and_later_another_one_takes_the_yes_back(new_context):
    plain = {"java_script_enabled": False}
    child, parent = (new_context(**plain).new_page() for _ in range(2))
    sign_up_child(child, "Қарлығаш")
    child.locator("form[action$='/guardian/link/'] button").click()
    parent.goto(shown_link(child) + "refuse/")
    parent.locator("main form button").click()
    child.goto("/kk/dashboard/")
    expect(child.locator("main .notice")).to_be_visible()
    child.locator("form[action$='/guardian/link/'] button").click()
    parent.goto(shown_link(child))
    fill_consent(parent)
    steps.main_button(parent).click()
    way_back = shown_link(parent)
    child.goto("/kk/dashboard/")
    expect(child.locator(".press")).to_be_visible()
    parent.goto(way_back)
    parent.locator("main form button").click()
    child.goto("/kk/dashboard/")
    child.wait_for_url("**/account/guardian/")


def test_an_owner_invites_a_supporter_sees_exactly_that_and_is_out_when_it_ends(page_of, owner, other_user):
    mine, theirs = page_of(owner, viewport=NARROW), page_of(other_user, viewport=NARROW)
    mine.goto("/kk/profile/")
    mine.locator("a[href$='/supporters/']").click()
    mine.locator("main .actions a.button").first.click()
    mine.fill("#id_name", "Әпке")
    steps.choose(mine, "kind", "carer")
    steps.choose(mine, "rights", "see-moods")
    steps.choose(mine, "rights", "record-mood")
    steps.main_button(mine).click()
    theirs.goto(shown_link(mine))
    wrong = faults(mine) + faults(theirs)
    theirs.locator("main form button").first.click()
    theirs.wait_for_url("**/kk/supporting/*/")
    expect(theirs.locator(".cards a")).to_have_count(2)
    wrong += faults(theirs)
    theirs.locator(".cards a[href$='/record/']").click()
    theirs.locator(".press__button--4").click()
    theirs.locator("main form .actions button").click()
    expect(steps.notice(theirs, "success")).to_be_visible()
    theirs.locator(".cards a").first.click()
    expect(theirs.locator(".chart")).to_be_visible()
    wrong += faults(theirs)
    mine.goto("/kk/mood/")
    expect(mine.locator(".entry")).to_contain_text("Stranger")
    mine.goto(f"/kk/supporters/{Support.objects.get().public_id}/end/")
    wrong += faults(mine)
    mine.locator("main form button").click()
    mine.wait_for_url("**/kk/supporters/")
    assert theirs.reload().status == 404
    assert wrong == []


def test_the_other_pages_of_both_follow_all_rules(page_of, owner, other_user):
    support = make_support(owner, other_user, *Right)
    own, other = f"/ru/supporters/{support.public_id}/", f"/ru/supporting/{support.public_id}/"
    wrong = []
    for visitor, places in (
        (page_of(owner, viewport=NARROW), ["/ru/supporters/", own]),
        (
            page_of(other_user, viewport=NARROW),
            [other, f"{other}display/", f"{other}end/", f"/ru/mood/of/{support.public_id}/"],
        ),
    ):
        for place in places:
            visitor.goto(place)
            wrong += faults(visitor)
    assert wrong == []
