import pytest

from tests.browser.places import LANGUAGES

pytestmark = pytest.mark.browser
ZOOMED = {"width": 320, "height": 256}  # 1280 by 1024 at 400 %
PHONE = {"width": 360, "height": 640}
LARGEST = {"text": "300"}


def set_display(page, choices):
    page.evaluate("choices => Object.assign(document.documentElement.dataset, choices)", choices)


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_phone_the_name_and_both_buttons_share_a_row(page, language):
    page.set_viewport_size(PHONE)
    page.goto(f"/{language}/about/")
    name, *buttons = (e.bounding_box() for e in page.locator(".brand, .top__urgent .button").all())
    assert all(abs(box["y"] + box["height"] / 2 - name["y"] - name["height"] / 2) < 2 for box in buttons)


def test_skip_links_stay_out_of_view_with_the_largest_text(page):
    page.set_viewport_size(ZOOMED)
    page.goto("/ru/about/")
    set_display(page, LARGEST)
    for link in page.locator(".skip").all():
        box = link.bounding_box()
        assert box["y"] + box["height"] <= 0
