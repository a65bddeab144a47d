"""Taking everything away, and deleting everything, as people do it in a browser."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Export, User
from accounts.personal.registry import tables
from tests.browser import measures, steps
from tests.support.background import work
from tests.support.browser import violations
from tests.support.cast import PASSWORD, helper_of
from tests.support.journal import kinds
from tracker.models import MoodEntry

pytestmark = pytest.mark.browser
NOTE = "Бүгін ешкімге айтпаған сөзім <b>&"


def confirm(page: Page) -> None:
    """Type the password on the page that asks for it again."""
    page.wait_for_url("**/reauthenticate/**")
    page.fill("#id_password", PASSWORD)
    steps.main_button(page).click()


def test_a_person_downloads_everything_and_reads_it_without_the_site(
    page_of, owner, browser, tmp_path, settings, site_media
):
    MoodEntry.objects.create(owner=owner, level=4, note=NOTE, causes=["sleep"])
    page = page_of(owner, java_script_enabled=False)
    page.goto("/kk/profile/")
    page.locator("main a[href$='/profile/data/']").click()
    page.locator("main a[href$='/data/download/']").click()
    page.locator("main form button").click()
    confirm(page)
    expect(steps.notice(page, "success")).to_be_visible()
    settings.MEDIA_ROOT = site_media
    assert "accounts.prepare_export" in work()
    assert Export.objects.get(user=owner).is_open
    page.goto("/kk/profile/data/download/")
    with page.expect_download() as download:
        page.locator("main a.button[href$='.zip']").click()
    archive = zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes()))
    assert json.loads(archive.read("data.json"))["tables"]["mood_entries"][0]["note"] == NOTE

    archive.extractall(tmp_path)
    alone = browser.new_context(offline=True, viewport={"width": 320, "height": 640})
    paper = alone.new_page()
    paper.goto((tmp_path / "index.html").as_uri())
    expect(paper.locator("section:has(#mood_entries) td", has_text=NOTE)).to_be_visible()
    assert violations(paper) + measures.too_wide(paper) == []
    alone.close()
    assert {"export-asked", "export-downloaded"} <= set(kinds(owner))


def test_a_person_asks_to_be_deleted_changes_their_mind_and_then_goes(page_of, owner, new_context):
    helper_of(owner, "saule", "volunteer")
    MoodEntry.objects.create(owner=owner, level=1, note=NOTE)
    page = page_of(owner)
    ask(page)
    page.goto("/kk/mood/")
    notice = page.locator("main .notice--warning", has=page.locator("form[action$='/keep/']"))
    expect(notice).to_be_visible()
    assert violations(page) + measures.small_targets(page) == []
    notice.locator("button").click()
    expect(steps.notice(page, "success")).to_be_visible()
    page.goto("/kk/mood/")
    expect(notice).to_have_count(0)

    ask(page)
    page.close()  # or it leads away by itself when the account goes, while the test goes somewhere too
    with time_machine.travel(timezone.now() + timedelta(days=settings.ERASURE_DAYS, hours=1)):
        call_command("erase_due")
    left = {table.name for table in tables() if table.rows_of(owner).exists()}
    assert left == {table.name for table in tables() if table.key}
    page = page.context.new_page()
    page.goto("/kk/dashboard/")
    page.wait_for_url("**/account/login/**")
    page.fill("#id_login", "owner@example.kz")
    page.fill("#id_password", PASSWORD)
    steps.main_button(page).click()
    expect(page.locator(".error-summary")).to_be_visible()
    assert list(User.objects.values_list("shown_name", flat=True)) == ["Saule"]


def ask(page: Page) -> None:
    """Ask for the account to be deleted; the password is asked for when it was not a moment ago."""
    steps.ready(page).goto("/kk/profile/data/delete/")
    page.check("#id_sure")
    page.locator("main .form .button--danger").click()
    page.wait_for_url(lambda address: "reauthenticate" in address or "delete" in address)
    if "reauthenticate" in page.url:
        confirm(page)
    expect(page.locator("main form[action$='/keep/']").first).to_be_visible()
