import pytest

from emocare.display import CHOICES
from tests.browser import measures, places, steps
from tests.browser.places import LANGUAGES
from tests.support.browser import CONTRAST, axe, violations

pytestmark = pytest.mark.browser
DARK = "rgb(18, 25, 27)"
# What stands above and below each page; once judged, it need not be judged again.
FRAME = """() => [...document.querySelectorAll("body > header, body > footer, body > header [aria-current]")]
  .map((e) => e.innerText).join("\\n")"""
THEMES = [value for value, _label in CHOICES["theme"]]


def set_theme(page, theme):
    page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)


@pytest.mark.parametrize("language", ["kk", "en"])
def test_every_page_follows_all_rules(tour, language):
    found = []
    for page in tour(language):
        found += violations(page)
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_follow_all_rules_with_the_panel_and_the_table_open(page_of, owner, language):
    places.week_of(owner)
    page = page_of(owner, viewport={"width": 360, "height": 640})
    for path in ("dashboard/", "privacy/", "display/"):
        page.goto(f"/{language}/{path}")
        steps.open_everything(page)
        assert violations(page) == []


def test_every_page_follows_all_rules_and_has_the_enhanced_contrast_in_every_theme(tour):
    """Axe cannot see what lies behind the text of a drawing; `faint_marks` computes that. Colours know no language."""
    found, unjudged, frames = [], [], set()
    for page in tour("ru"):
        found += violations(page)
        known = () if (frame := page.evaluate(FRAME)) not in frames else ("body > header", "body > footer")
        frames.add(frame)
        for theme in THEMES:
            set_theme(page, theme)
            faint, unsure = axe(page, CONTRAST, ("violations", "incomplete"), known)
            found += [f"{theme} {line}" for line in faint + measures.faint_marks(page)]
            unjudged += [f"{theme} {line}" for line in unsure if ": <text " not in line]
    assert found == []
    assert unjudged == []


def test_panel_and_table_have_the_enhanced_contrast_in_every_theme(page_of, owner):
    places.week_of(owner)
    page = page_of(owner)
    page.goto("/kk/dashboard/")
    steps.open_everything(page)
    for theme in THEMES:
        set_theme(page, theme)
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
