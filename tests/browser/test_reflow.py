import pytest

from tests.browser import measures, steps
from tests.browser.places import LANGUAGES

pytestmark = pytest.mark.browser
ZOOMED = {"width": 320, "height": 256}  # 1280 by 1024 at 400 %
PHONE = {"width": 360, "height": 640}
COMPUTER = {"width": 1280, "height": 800}
LARGEST = {"text": "300"}
WIDEST = {"text": "100", "line": "widest", "letter": "widest"}


def set_display(page, choices):
    page.evaluate("choices => Object.assign(document.documentElement.dataset, choices)", choices)


def out_of_place(page):
    return measures.too_wide(page) + measures.cut_off(page)


@pytest.mark.parametrize("language", ["kk", "ru"])  # English words are the shortest
def test_on_a_computer_and_a_phone_with_400_percent_largest_text_or_wide_spacing_everything_fits(tour, language):
    found = []
    for page in tour(language, viewport=ZOOMED):
        steps.open_everything(page)
        found += [f"400 %: {line}" for line in out_of_place(page) + measures.small_targets(page)]
        page.set_viewport_size(COMPUTER)
        found += [f"computer: {line}" for line in out_of_place(page) + measures.small_targets(page)]
        page.set_viewport_size(PHONE)
        found += [f"phone: {line}" for line in measures.small_targets(page)]
        set_display(page, LARGEST)
        found += [f"large text: {line}" for line in out_of_place(page)]
        set_display(page, WIDEST)
        found += [f"widest choices: {line}" for line in out_of_place(page)]
        measures.space_text(page)
        found += [f"WCAG 1.4.12: {line}" for line in out_of_place(page)]
        page.set_viewport_size(ZOOMED)
    assert found == []


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
