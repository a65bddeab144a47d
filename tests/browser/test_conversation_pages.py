"""Writing in a conversation on a small screen, without JavaScript."""

import pytest
from playwright.sync_api import expect

from accounts.models import Assignment
from tests.browser import measures
from tests.support.talks import talk

pytestmark = pytest.mark.browser
WORDS = "Бүгін ұйықтай алмадым 🌙"


def test_writing_a_message_on_a_small_screen_without_javascript(page_of, owner, assigned_volunteer):
    talk(Assignment.objects.get(user=owner, helper=assigned_volunteer), ("Сәлем!", "Сәлеметсіз бе?"))
    page = page_of(owner, java_script_enabled=False, viewport={"width": 320, "height": 640})
    page.goto("/kk/helpers/mine/")
    page.locator("form[action*='/chat/with/'] button").click()
    page.locator("#m-2 .message__actions a").click()
    page.fill("#id_text", WORDS)
    page.locator("#send .actions button").click()
    expect(page.locator("#m-3 [data-part=text]")).to_have_text(WORDS)
    expect(page.locator("#m-3 [data-part=quoted]")).to_have_text("Сәлеметсіз бе?")
    expect(page.locator("#m-3")).to_be_in_viewport()
    boxes = [page.locator(f"#m-{number}").bounding_box() for number in (2, 3)]
    assert boxes[0]["x"] < boxes[1]["x"]
    assert boxes[1]["x"] + boxes[1]["width"] > boxes[0]["x"] + boxes[0]["width"]
    assert measures.too_wide(page) + measures.small_targets(page) == []
