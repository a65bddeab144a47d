"""What one is told of, chosen by keyboard alone; letters stopped from a letter."""

import pytest
from playwright.sync_api import Page, expect

from notifications.models import Choice, Rhythm, WayOut
from tests.browser import keyboard, measures, steps
from tests.support.browser import violations

pytestmark = pytest.mark.browser
NARROW = {"width": 320, "height": 640}


def faults(page: Page) -> list[str]:
    """Return what is wrong with a page for axe, on a narrow screen, and for fingers."""
    return violations(page) + measures.too_wide(page) + measures.cut_off(page) + measures.small_targets(page)


def test_by_keyboard_alone_a_kind_comes_once_a_day_and_nights_are_quiet(page_of, owner):
    page = page_of(owner, viewport=NARROW, java_script_enabled=False)
    page.goto("/kk/notifications/preferences/")
    keyboard.tab_to(page, "[name=how-helping-email]")
    page.keyboard.press("ArrowDown")
    for name, typed in (("quiet_from", "22:00"), ("quiet_until", "07:30")):
        keyboard.tab_to(page, f"[name={name}]")
        page.keyboard.type(typed)
    keyboard.tab_to(page, "main .actions button")
    page.keyboard.press("Enter")
    expect(steps.notice(page, "success")).to_be_visible()
    expect(page.locator("[name=how-helping-email]:checked")).to_have_value("digest")
    assert Choice.objects.get(user=owner).kind == "helping"
    assert (Rhythm.objects.get().quiet_from, Rhythm.objects.get().quiet_until) == (22 * 60, 7 * 60 + 30)


def test_letters_are_stopped_and_come_again_without_signing_in(page, owner):
    token = WayOut.objects.create(user=owner, kind="helping").token
    page.set_viewport_size(NARROW)
    page.goto(f"/kk/notifications/stop/{token}/")
    for kept in ([("helping", "off")], []):
        assert faults(steps.ready(page)) == []
        with page.expect_navigation():
            page.locator("main form button").click()
        assert list(Choice.objects.values_list("kind", "how")) == kept
