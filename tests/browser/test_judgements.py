"""One sentence about the risk check: sent by keyboard on a narrow screen, and taken back."""

import pytest
from playwright.sync_api import Page, expect

from emergency.models import Judgement
from tests.browser import steps

pytestmark = pytest.mark.browser


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until it is in focus; a large field that is half in view already is not moved by browsers."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not lead to {selector}")


def test_a_sentence_is_sent_with_consent_and_taken_back_by_keyboard(page_of, owner):
    page = page_of(owner, viewport={"width": 320, "height": 640})
    page.goto("/kk/risk-check/missed/")
    steps.ready(page)
    tab_to(page, "#id_sentence")
    page.keyboard.type("Маған ешкім сенбейді")
    tab_to(page, "main .form .actions button")
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator("#id_sentence")).to_have_value("Маған ешкім сенбейді")
    steps.ready(page)
    tab_to(page, "#id_agrees")
    page.keyboard.press("Space")
    tab_to(page, "main .form .actions button")
    page.keyboard.press("Enter")
    expect(steps.notice(page, "success")).to_be_visible()
    steps.ready(page)
    tab_to(page, "main .entry button")
    page.keyboard.press("Enter")
    expect(page.locator("main .empty")).to_be_visible()
    assert not Judgement.objects.exists()
