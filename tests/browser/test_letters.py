"""A letter as mail programs show it: by itself, in light and dark, without fetching anything."""

import pytest
from django.utils import translation

from notifications.mail import html
from tests.support.browser import CONTRAST, axe, violations

pytestmark = pytest.mark.browser
TEXT = "Сәлеметсіз бе!\n\nКодыңыз: 482913\n\n10 минут жұмыс істейді.\nЕшкімге айтпаңыз.\n\nОқу:\nhttps://example.kz/kk/"


def test_a_letter_can_be_read_by_everybody(browser):
    with translation.override("kk"):
        letter = html.page("Хат", TEXT, "kk")
    page = browser.new_page(color_scheme="dark", viewport={"width": 320, "height": 640})
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(letter)
    assert axe(page, CONTRAST, ("violations", "incomplete")) == [[], []]
    page.emulate_media(color_scheme="light")
    assert axe(page, CONTRAST, ("violations", "incomplete")) == [[], []]
    assert [line for line in violations(page) if "page-has-heading-one" not in line] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator("a").evaluate("e => getComputedStyle(e).textDecorationLine") == "underline"
    assert asked == []
    page.close()
