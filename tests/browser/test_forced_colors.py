"""People who let their system choose the colours, as Windows' high contrast does."""

import pytest

from tests.browser import keyboard, measures, places, steps
from tests.support.browser import violations

pytestmark = pytest.mark.browser
CHOICES = (
    ("mood/record/", "level", "2"),
    ("display/", "line", "wide"),
    ("profile/", "avatar", "moon"),
    ("profile/", "language", "ru"),
    ("profile/", "cares_for", "child"),
)


@pytest.fixture(params=["light", "dark"])
def page(request, page_of, admin):
    """A page in the colours of a light or dark system, for somebody who chose the opposite theme here."""
    places.week_of(admin)
    page = page_of(admin, forced_colors="active", color_scheme=request.param)
    page.goto("/kk/display/")
    page.locator(f"main label:has(input[value='{'dark' if request.param == 'light' else 'light'}'])").click()
    page.locator("main .actions button:not([name])").click()
    return page


def test_every_stop_of_the_keyboard_is_marked(page):
    for path in ("dashboard/", "mood/record/", "profile/"):
        page.goto(f"/kk/{path}")
        keyboard.walk(page)


def test_what_is_chosen_looks_different(page):
    same = []
    for path, name, value in CHOICES:
        page.goto(f"/kk/{path}")
        choice = page.locator(f"main label:has(input[name={name}][value='{value}'])")
        before = choice.screenshot()
        choice.click()
        page.locator("h1").click()
        page.evaluate("document.activeElement.blur()")
        if choice.screenshot() == before:
            same.append((path, name))
    assert same == []


def test_the_charts_can_be_read(page):
    for path in ("dashboard/", "staff/components/"):
        page.goto(f"/kk/{path}")
        assert measures.faint_marks(page) == []


def test_pages_follow_the_rules(page):
    for path in ("dashboard/", "mood/record/", "staff/components/"):
        page.goto(f"/kk/{path}")
        steps.open_everything(page)
        assert [line for line in violations(page) if "color-contrast" not in line] == []  # the system has the colours
