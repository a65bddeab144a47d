"""Tests in the administrators' site, in a real browser: a file is refused, mended, looked through and published."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import violations
from tests.support.written import band, content
from tests_app.choices import State
from tests_app.models import Version

pytestmark = pytest.mark.browser


def problems(page: Page) -> list[str]:
    """Return what axe finds; the enhanced contrast is not Django's aim for the site of administrators."""
    return [line for line in violations(page) if "color-contrast-enhanced" not in line]


def choose(page: Page, given: dict) -> None:
    page.set_input_files("#id_file", {"name": "calm.json", "mimeType": "application/json", "buffer": as_bytes(given)})
    page.click("#content-main [type=submit]")


def as_bytes(given: dict) -> bytes:
    return json.dumps(given, ensure_ascii=False).encode()


def test_a_test_is_brought_mended_looked_through_and_published(page_of, admin):
    page = page_of(admin, bypass_csp=True)  # axe looks at sheets that import others by a sheet of its own
    page.goto("/admin/tests_app/version/add/")
    assert problems(page) == []
    choose(page, content(bands=[band("low", 0, 4), band("high", 6, 9)]))
    expect(page.locator("#id_file_error")).to_contain_text("bands › 2 › low")
    assert problems(page) == []

    choose(page, content())
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(page.locator(".beside td[lang=ru]", has_text="Question a по-русски")).to_be_visible()
    assert problems(page) == []

    page.click(".object-tools a[href$='/publish/']")
    assert problems(page) == []
    page.click("#content-main [type=submit]")
    expect(page.locator(".object-tools a[href$='/retire/']")).to_be_visible()
    assert Version.objects.get(instrument__key="calm").state == State.PUBLISHED

    page.goto("/admin/tests_app/version/")
    expect(page.locator("#result_list tbody tr", has_text="calm")).to_have_count(1)
