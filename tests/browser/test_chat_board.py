"""Ready phrases and the board of pictograms, by keys with a script, and on a phone without one."""

import pytest
from playwright.sync_api import expect

from tests.browser import measures, steps
from tests.support import chat
from tests.support.browser import violations

pytestmark = pytest.mark.browser


def test_by_keys_a_phrase_goes_into_the_field_and_pictures_into_the_row(page_of, owner, assigned_volunteer):
    conversation = chat.conversation_of(owner, assigned_volunteer)
    mine = chat.opened(page_of(owner), conversation, "en")
    mine.fill("#id_text", "ab")
    mine.keyboard.press("ArrowLeft")
    mine.locator("#send .phrases summary").press("Enter")
    mine.locator("#send button[value=no]").press("Enter")
    expect(mine.locator("#id_text")).to_have_value("a No. b")
    expect(mine.locator("#id_text")).to_be_focused()
    mine.keyboard.type("!")
    expect(mine.locator("#id_text")).to_have_value("a No.! b")
    assert chat.stored(conversation) == []
    mine.goto(f"/en/chat/{conversation.public_id}/board/")
    steps.ready(mine)
    mine.focus("#p-glad")
    for key in ("ArrowRight", "ArrowRight", "Enter", "ArrowDown", "Home", "ArrowLeft", "End", "ArrowUp", "ArrowDown"):
        mine.keyboard.press(key)
        assert measures.settled_focus(mine)
    expect(mine.locator("[data-part=said]")).to_have_text("Added: sad")
    for code in ("home", "now"):
        mine.focus(f"#p-{code}")
        mine.keyboard.press("Enter")
        expect(mine.locator(f"#p-{code}")).to_be_focused()
    mine.locator("#row [name=remove]").first.press("Enter")
    expect(mine.locator("[data-part=said]")).to_have_text("Removed: sad")
    expect(mine.locator("#row [name=remove]").first).to_be_focused()
    assert violations(mine) == []
    mine.locator("#row button[formaction*=send]").press("Enter")
    chat.live(mine)
    expect(chat.texts(mine)).to_have_text(["🏠 home · ⏰ now"])


def test_on_a_phone_without_javascript_presses_are_pages(page_of, owner, assigned_volunteer):
    conversation = chat.conversation_of(owner, assigned_volunteer)
    mine = page_of(owner, java_script_enabled=False, viewport={"width": 320, "height": 640})
    mine.goto(f"/kk/chat/{conversation.public_id}/")
    mine.locator("#send .phrases summary").click()
    mine.locator("#send button[value=lonely]").click()
    expect(mine.locator("#id_text")).to_be_focused()
    expect(mine.locator("#id_text")).not_to_have_value("")
    mine.locator("#send .phrases summary").click()
    assert measures.too_wide(mine) + measures.small_targets(mine) + measures.cut_off(mine) == []
    mine.goto(f"/kk/chat/{conversation.public_id}/board/")
    assert measures.too_wide(mine) + measures.small_targets(mine) + measures.cut_off(mine) == []
    for code in ("sad", "home", "now"):
        mine.locator(f"#p-{code}").click()
        expect(mine.locator(f"#p-{code}")).to_be_focused()
    mine.locator("#row [name=remove]").first.click()
    expect(mine.locator("#row .chosen")).to_have_count(2)
    assert measures.too_wide(mine) + measures.small_targets(mine) + measures.cut_off(mine) == []
    mine.locator("#row button[formaction*=send]").click()
    expect(mine.locator("#m-1 [data-part=text]")).to_contain_text("🏠")
    expect(mine.locator("#m-1")).to_be_in_viewport()
