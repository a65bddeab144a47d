"""Pictures and voice messages in a conversation: sent by keys, seen and heard at once; and without JavaScript."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from chat.models import Attachment
from tests.browser import measures, steps
from tests.support import carried, chat
from tests.support.browser import violations

pytestmark = pytest.mark.browser
SEEN = "Терезе алдында ұйықтап жатқан мысық 🐈"
SUBMIT = "#attach form > .actions button"


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "IMG_7.png"
    file.write_bytes(carried.picture(size=(400, 300)))
    return file


def tab_to(page: Page, selector: str, most: int = 12) -> None:
    """Go on by Tab until an element has the focus."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches('{selector}')"):
            return
    raise AssertionError(f"Tab does not lead to {selector}")


def test_a_picture_with_a_description_is_sent_by_keys_and_seen_at_once(page_of, owner, assigned_volunteer, picture):
    conversation = chat.conversation_of(owner, assigned_volunteer)
    mine, theirs = (chat.opened(page_of(person), conversation) for person in (owner, assigned_volunteer))
    chat.write(theirs, "Сәлем!")
    mine.focus("#id_text")
    tab_to(mine, "#attach > summary")
    mine.keyboard.press("Enter")
    tab_to(mine, "#id_file")
    mine.set_input_files("#id_file", picture)
    tab_to(mine, "#id_description")
    mine.keyboard.type(SEEN)
    tab_to(mine, SUBMIT)
    mine.keyboard.press("Enter")
    for page in (mine, theirs):
        item = page.locator("#m-2")
        expect(item.locator(".carried__words")).to_contain_text(SEEN)
        expect(item.get_by_role("link", name=SEEN)).to_be_visible()
        expect(item.locator("[data-part=text]")).to_be_hidden()
        item.locator("img").scroll_into_view_if_needed()
        expect(item.locator("img")).to_have_js_property("naturalWidth", 400)
    expect(mine.locator("#attach form > [role=status]")).not_to_be_empty()
    expect(mine.locator(SUBMIT)).to_be_focused()
    expect(mine.locator("#id_file")).to_have_value("")
    mine.set_input_files("#id_file", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90\0"})
    mine.locator(SUBMIT).click()
    expect(mine.locator("#id_file")).to_be_focused()
    expect(mine.locator("#id_file")).to_have_attribute("aria-invalid", "true")
    expect(mine.locator("#attach .errorlist")).to_be_visible()
    mine.set_viewport_size({"width": 320, "height": 640})
    assert violations(mine) + measures.small_targets(mine) + measures.too_wide(mine) + measures.cut_off(mine) == []


def test_without_javascript_a_file_is_sent_and_what_is_wrong_is_said(page_of, owner, assigned_volunteer, picture):
    conversation = chat.conversation_of(owner, assigned_volunteer)
    page = page_of(owner, java_script_enabled=False)
    page.goto(f"/kk/chat/{conversation.public_id}/")
    page.locator("#attach > summary").click()
    page.fill("#id_description", SEEN)
    page.locator(SUBMIT).click()
    expect(page.locator(".error-summary li")).to_have_count(1)
    expect(page.locator("#id_description")).to_have_value(SEEN)
    page.set_input_files("#id_file", picture)
    page.locator("form.chat-form > .actions button").click()
    expect(page.locator("#m-1")).to_contain_text(SEEN)
    theirs = steps.ready(chat.opened(page_of(assigned_volunteer), conversation))
    expect(theirs.locator("#m-1 img")).to_be_visible()


def test_a_voice_message_is_recorded_and_heard_by_keys(page_of, owner, assigned_volunteer):
    conversation = chat.conversation_of(owner, assigned_volunteer)
    mine = page_of(owner)
    asked = []
    mine.on("request", lambda request: asked.append(request.url))
    chat.opened(mine, conversation)
    theirs = chat.opened(page_of(assigned_volunteer), conversation)
    mine.focus("#attach > summary")
    mine.keyboard.press("Enter")
    tab_to(mine, "[data-do=record]")
    assert not [url for url in asked if "recorder" in url]
    mine.keyboard.press("Enter")
    expect(mine.locator("#attach [role=timer]")).to_contain_text("0:01")
    assert violations(mine) == []
    mine.keyboard.press("Enter")
    expect(mine.locator("#attach [data-part=waveform]")).to_be_visible()
    assert int(mine.locator("#id_waveform").input_value(), 16) > 0
    tab_to(mine, "#id_description")
    mine.keyboard.type(SEEN)
    tab_to(mine, SUBMIT)
    mine.keyboard.press("Enter")
    item = theirs.locator("#m-1")
    expect(item).to_contain_text(SEEN)
    expect(mine.locator("#m-1")).to_contain_text(SEEN)
    expect(mine.locator("#attach [data-part=preview]")).to_be_empty()
    assert Attachment.objects.get().seconds in range(1, 10)  # a busy machine records longer
    theirs.focus("#log")
    tab_to(theirs, "#m-1 [data-do=speed]", 20)
    theirs.keyboard.press("End")
    theirs.keyboard.press("Shift+Tab")
    theirs.keyboard.press("Shift+Tab")
    theirs.evaluate("document.querySelector('audio').addEventListener('ended', (e) => e.target.dataset.heard = 'yes')")
    theirs.keyboard.press("Enter")
    expect(item.locator("audio")).to_have_attribute("data-heard", "yes")
    assert theirs.evaluate("document.querySelector('audio').playbackRate") == 2
    expect(item.locator("[data-part=played]")).to_have_attribute("width", "256")
    theirs.set_viewport_size({"width": 320, "height": 640})
    assert violations(theirs) + measures.small_targets(theirs) == []
    assert measures.too_wide(theirs) + measures.cut_off(theirs) == []
