from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser import places, steps
from tracker.models import MoodEntry

pytestmark = pytest.mark.browser
DAYLIO = "full_date,date,weekday,time,mood,activities,note_title,note"
LINES = (
    "2026-01-05,5 января,понедельник,21:41,хорошо,работа | Теңіз,,Кешке серуендедім",
    "2026-01-06,6 января,вторник,9:41 PM,amazing,,,",
    "2026-01-07,7 января,среда,10:00,rad,,,",
    "кеше,,,10:00,rad,,,",
    "1999-01-01,,,10:00,rad,,,",
    "2026-01-08,rad",
)


def choose_file(page, text: str) -> None:
    """Choose a file with this text in the form of the page, and send it."""
    file = {"name": "daylio.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.locator("#id_file").set_input_files(file)
    steps.main_button(page).click()


def test_a_file_with_bad_lines_names_each_of_them_and_keeps_the_others(page_of, owner):
    page = page_of(owner)
    page.goto("/kk/mood/files/")
    choose_file(page, "\n".join([DAYLIO, *LINES]))
    expect(page.locator("#import-result[role=status]")).to_contain_text("2")
    assert page.locator("#bad-lines tbody th").all_inner_texts() == ["3", "5", "6", "7"]
    reasons = page.locator("#bad-lines tbody td").all_inner_texts()
    assert all(reasons)
    assert len(set(reasons)) == 4
    assert "amazing" in reasons[0]
    assert [e.level for e in MoodEntry.objects.of(owner)] == [5, 4]


def test_the_same_file_again_adds_nothing(page_of, owner):
    page = page_of(owner)
    for _ in range(2):
        page.goto("/kk/mood/files/")
        choose_file(page, f"{DAYLIO}\n{LINES[0]}")
        expect(page.locator("#import-result")).to_be_visible()
    assert page.locator("#import-result p").count() == 2
    assert MoodEntry.objects.of(owner).count() == 1


def test_a_picture_is_refused_beside_the_field(page_of, owner):
    page = page_of(owner)
    page.goto("/kk/mood/files/")
    choose_file(page, "\0\0PNG")
    expect(page.locator("#id_file_error")).to_be_visible()
    expect(page.locator(".error-summary")).to_be_focused()


def test_the_file_of_one_person_can_be_brought_to_another_account(page_of, owner, other_user, tmp_path):
    places.week_of(owner)
    page = page_of(owner)
    page.goto("/kk/mood/files/")
    with page.expect_download() as download:
        page.locator("main a.button[href$='.csv']").click()
    assert download.value.suggested_filename == "emocare-mood.csv"
    saved = tmp_path / "mine.csv"
    download.value.save_as(saved)
    other = page_of(other_user)
    other.goto("/kk/mood/files/")
    choose_file(other, saved.read_text("utf-8"))
    expect(other.locator("#import-result")).to_contain_text("7")
    assert MoodEntry.objects.of(other_user).filter(felt_at__gt=timezone.now() - timedelta(days=5)).count() == 7
