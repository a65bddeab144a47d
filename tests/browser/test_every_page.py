"""One way through all pages in each language; what is measured on each of them is said by the measures' own modules."""

import pytest
from playwright.sync_api import Page

from tests.browser import measures, steps
from tests.browser.colours import Colours
from tests.support.browser import CONTRAST, violations

pytestmark = [pytest.mark.browser, pytest.mark.long]
COMPUTER = {"width": 1280, "height": 800}
ZOOMED = {"width": 320, "height": 256}  # 1280 by 1024 at 400 %
PHONE = {"width": 360, "height": 640}
LARGEST = {"text": "300"}
MEASURED = [*CONTRAST, "target-size"]  # of colours in English; `measures.small_targets` asks for more than axe
WIDEST = {"text": "100", "line": "widest", "letter": "widest"}


def test_every_page_in_kazakh_follows_all_rules_and_fits(tour):
    found = []
    for page in tour("kk", viewport=COMPUTER):
        found += violations(page, without=MEASURED) + out_of_place(page)
    assert found == []


def test_every_page_in_russian_follows_all_rules_and_fits(tour):
    found = []
    for page in tour("ru", viewport=COMPUTER):
        found += violations(page, without=MEASURED) + out_of_place(page)
    assert found == []


def test_every_page_in_english_follows_all_rules_and_stands_out_in_every_theme(tour):
    """English words are the shortest, so what fits in the others fits here; colours know no language."""
    found, colours = [], Colours()
    for page in tour("en", viewport=COMPUTER):
        found += violations(page, without=CONTRAST) + colours.judge(page)
    assert found == []


def out_of_place(page: Page) -> list[str]:
    """Return what does not fit on a computer, a phone, at 400 % of the size, with the largest and the widest text."""

    def wrong(how: str) -> list[str]:
        return [f"{how}: {line}" for line in measures.too_wide(page) + measures.cut_off(page)]

    def small(how: str) -> list[str]:
        return [f"{how}: {line}" for line in measures.small_targets(page)]

    steps.open_everything(page)
    found = wrong("computer") + small("computer")
    page.set_viewport_size(ZOOMED)
    found += wrong("400 %") + small("400 %")
    page.set_viewport_size(PHONE)
    found += small("phone")
    _set_display(page, LARGEST)
    found += wrong("large text")
    _set_display(page, WIDEST)
    found += wrong("widest choices")
    measures.space_text(page)
    found += wrong("WCAG 1.4.12")
    page.set_viewport_size(COMPUTER)
    return found


def _set_display(page: Page, choices: dict[str, str]) -> None:
    page.evaluate("choices => Object.assign(document.documentElement.dataset, choices)", choices)
