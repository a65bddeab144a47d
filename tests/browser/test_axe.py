import pytest

from tests.browser import colours, measures, places, steps
from tests.browser.places import LANGUAGES
from tests.support.browser import CONTRAST, violations

pytestmark = pytest.mark.browser
DARK = "rgb(18, 25, 27)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_follow_all_rules_with_the_panel_and_the_table_open(page_of, owner, language):
    places.week_of(owner)
    page = page_of(owner, viewport={"width": 360, "height": 640})
    for path in ("dashboard/", "privacy/", "display/"):
        page.goto(f"/{language}/{path}")
        steps.open_everything(page)
        assert violations(page) == []


def test_panel_and_table_have_the_enhanced_contrast_in_every_theme(page_of, owner):
    places.week_of(owner)
    page = page_of(owner)
    page.goto("/kk/dashboard/")
    steps.open_everything(page)
    for theme in colours.THEMES:
        colours.set_theme(page, theme)
        assert violations(page, CONTRAST) == []


def test_the_theme_of_a_dark_device_has_the_enhanced_contrast(page_of, admin):
    page = page_of(admin, color_scheme="dark")
    for path in ("dashboard/", "profile/", "urgent-help/", "staff/components/"):
        page.goto(f"/kk/{path}")
        steps.open_everything(page)
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == DARK
        assert violations(page, CONTRAST) + measures.faint_marks(page) == []


def test_axe_would_find_text_that_is_too_faint(page):
    page.goto("/kk/about/")
    page.evaluate("document.querySelector('.lead').style.color = '#717171'")
    assert any("color-contrast-enhanced" in line for line in violations(page))
    assert any("color-contrast-enhanced" in line for line in colours.Colours().judge(page))


def test_what_differs_in_one_theme_alone_is_judged_once_more(page):
    page.goto("/kk/about/")
    judge = colours.Colours()
    assert judge.judge(page) == []
    measures.add_style(page, "[data-theme=blue] .lead { color: #5a6a7a }")
    found = judge.judge(page)
    assert found
    assert all(line.startswith("blue") and "lead" in line for line in found)
