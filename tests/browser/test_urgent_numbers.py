"""The numbers of urgent help in a browser: tables that everybody can read, on a narrow screen too."""

import pytest
from playwright.sync_api import expect

from emergency.choices import Level, Rung
from tests.support.browser import violations
from tests.support.past_requests import asked, called

pytestmark = pytest.mark.browser


def test_an_administrator_reads_them_and_comes_to_what_nobody_took(page_of, admin):
    asked(level=Level.IMMINENT, taken_after=30, closed_after=900)
    waits = asked()
    called(waits, 0, Rung.DUTY, 2)
    page = page_of(admin)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/admin/")
    page.locator("a[href$='/urgent-numbers/']").click()
    expect(page.locator("table caption")).to_have_count(4)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.locator("nav.tabs a").first.click()
    expect(page.locator("nav.tabs [aria-current=page]")).to_have_count(1)
    page.locator("#unanswered ~ div th a").click()
    expect(page).to_have_url(f"/admin/emergency/helprequest/{waits.pk}/change/")
    expect(page.locator(".field-people").first).to_contain_text("2")
