"""The register of breaches as an administrator uses it, in Django's own pages."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.support.browser import violations

pytestmark = pytest.mark.browser


def problems(page: Page) -> list[str]:
    """Return what axe finds; the enhanced contrast is not Django's aim for the site of administrators."""
    return [line for line in violations(page) if "color-contrast-enhanced" not in line]


def test_an_entry_is_opened_worked_through_and_printed(page_of, admin):
    page = page_of(admin, bypass_csp=True)  # axe looks at sheets that import others by a sheet of its own
    page.goto("/admin/accounts/breach/add/")
    page.fill("#id_detected_at", f"{timezone.localtime():%Y-%m-%dT%H:%M}")
    page.fill("#id_what", "Сақтық көшірме ашық тұрды")
    page.check("#id_closes")
    page.click("[name=_continue]")
    expect(page.locator(".field-closes .errorlist")).to_be_visible()
    expect(page.locator("#id_what")).to_have_value("Сақтық көшірме ашық тұрды")
    assert problems(page) == []

    page.uncheck("#id_closes")
    page.locator("#id_steps input[value=stop]").check()
    page.click("[name=_continue]")
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(page.locator("#id_steps input:checked")).to_have_count(1)

    page.goto("/admin/")
    page.locator(".errornote a").click()
    page.locator("#result_list tbody th a").click()
    page.locator(".object-tools a[href$='/report/']").click()
    expect(page.locator("#content table")).to_contain_text("Сақтық көшірме")
    assert problems(page) == []
    page.emulate_media(media="print")
    expect(page.locator("#header")).to_be_hidden()
