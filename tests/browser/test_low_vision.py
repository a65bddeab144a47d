import pytest
from playwright.sync_api import expect

from emocare.display import CHOICES, Display
from tests.browser import measures, steps

pytestmark = pytest.mark.browser
BACKGROUNDS = {
    "light": "rgb(251, 247, 241)",
    "dark": "rgb(18, 25, 27)",
    "black-on-white": "rgb(255, 255, 255)",
    "white-on-black": "rgb(0, 0, 0)",
    "yellow-on-black": "rgb(0, 0, 0)",
    "blue": "rgb(207, 232, 255)",
    "brown": "rgb(245, 234, 210)",
    "system": "rgb(251, 247, 241)",
}
CHOSEN = {
    "theme": "yellow-on-black",
    "text": "150",
    "line": "widest",
    "letter": "wide",
    "font": "dyslexic",
    "images": "off",
    "motion": "less",
}


def values(name):
    return [value for value, _label in CHOICES[name]]


def css(page, selector, name):
    return page.locator(selector).first.evaluate("(e, name) => getComputedStyle(e)[name]", name)


@pytest.fixture
def opened(page):
    page.goto("/kk/")
    steps.open_panel(steps.ready(page))
    return page


def test_each_theme_shows_at_once(opened):
    assert set(BACKGROUNDS) == set(values("theme"))
    for theme in BACKGROUNDS:
        steps.set_display(opened, theme=theme)
        expect(opened.locator("body")).to_have_css("background-color", BACKGROUNDS[theme])


def test_each_text_size_shows_at_once(opened):
    for size in values("text"):
        steps.set_display(opened, text=size)
        assert css(opened, "html", "fontSize") == f"{16 * int(size) / 100:g}px"


def test_lines_and_letters_grow_apart_at_once(opened):
    measured = {}
    for name, style in (("line", "lineHeight"), ("letter", "letterSpacing")):
        for value in values(name):
            steps.set_display(opened, **{name: value})
            pixels = css(opened, "main p", style)
            measured[name, value] = 0 if pixels == "normal" else float(pixels.removesuffix("px"))
    for name in ("line", "letter"):
        assert measured[name, "normal"] < measured[name, "wide"] < measured[name, "widest"]


def test_each_font_shows_at_once(opened):
    for font, family in (("dyslexic", "OpenDyslexic"), ("system", "system-ui"), ("golos", '"Golos Text"')):
        steps.set_display(opened, font=font)
        assert css(opened, "body", "fontFamily").startswith(family)
    assert opened.evaluate("document.fonts.load('16px OpenDyslexic').then((faces) => faces.length)") == 1


def test_images_go_and_come_back_at_once(opened):
    steps.set_display(opened, images="off")
    expect(opened.locator("main img")).to_be_hidden()
    steps.set_display(opened, images="on")
    expect(opened.locator("main img")).to_be_visible()


def test_movement_stops_at_once(opened):
    assert measures.moving(opened)
    steps.set_display(opened, motion="less")
    assert measures.moving(opened) == []


@pytest.mark.parametrize("javascript", [True, False])
def test_what_is_saved_stays_on_every_page_before_sign_in(new_context, javascript):
    page = new_context(java_script_enabled=javascript).new_page()
    page.goto("/kk/account/login/")
    steps.open_panel(page)
    steps.set_display(page, **CHOSEN)
    steps.save_display(page)
    assert page.url.endswith("/kk/account/login/")
    for path in ("account/login/", "urgent-help/", "no-such-page/"):
        page.goto(f"/ru/{path}")
        for name, value in CHOSEN.items():
            expect(page.locator("html")).to_have_attribute(f"data-{name}", value)


@pytest.mark.parametrize("javascript", [True, False])
def test_the_usual_look_comes_back_with_one_press(new_context, javascript):
    page = new_context(java_script_enabled=javascript).new_page()
    page.goto("/kk/about/")
    steps.open_panel(page)
    steps.set_display(page, **CHOSEN)
    steps.save_display(page)
    steps.open_panel(page).locator("[name=reset]").click()
    expect(page.locator("html")).to_have_attribute("data-text", "100")
    page.reload()
    for name, value in Display().as_dict().items():
        expect(page.locator("html")).to_have_attribute(f"data-{name}", value)


def test_what_was_chosen_before_sign_in_follows_the_account_to_another_device(page, new_context, owner, sign_in):
    page.goto("/kk/")
    steps.open_panel(page)
    steps.set_display(page, **CHOSEN)
    steps.save_display(page)
    sign_in(page, owner)
    assert steps.shown_as(page) == CHOSEN
    other = new_context().new_page()
    sign_in(other, owner)
    assert steps.shown_as(other) == CHOSEN
    other.goto("/kk/urgent-help/")
    assert steps.shown_as(other) == CHOSEN


def test_what_was_chosen_after_sign_in_follows_the_account_too(page_of, new_context, owner, sign_in):
    page = page_of(owner)
    page.goto("/kk/mood/")
    steps.open_panel(page)
    steps.set_display(page, theme="brown", text="200")
    steps.save_display(page)
    other = new_context().new_page()
    sign_in(other, owner)
    assert steps.shown_as(other) == Display(theme="brown", text="200").as_dict()


def test_escape_closes_the_panel_and_gives_the_focus_back(page):
    page.goto("/kk/")
    steps.ready(page)
    summary = page.locator(".display-panel summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".display-panel input:focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(".display-panel form")).to_be_hidden()
    expect(summary).to_be_focused()


def test_the_settings_have_a_page_of_their_own(page):
    page.goto("/kk/urgent-help/")
    page.locator(".display-link").click()
    page.wait_for_url("**/display/")
    steps.ready(page).locator("main label:has(input[value=dark])").click()
    expect(page.locator("body")).to_have_css("background-color", BACKGROUNDS["dark"])
    page.locator("main .actions button:not([name])").click()
    page.goto("/kk/urgent-help/")
    expect(page.locator("body")).to_have_css("background-color", BACKGROUNDS["dark"])


def test_saving_leaves_what_is_typed_elsewhere_on_the_page(page_of, owner):
    page = page_of(owner)
    page.goto("/kk/mood/record/")
    page.fill("#id_note", "Ұзақ ойланып жаздым")
    steps.open_panel(steps.ready(page))
    steps.set_display(page, text="200")
    steps.save_display(page)
    expect(page.locator(".display-panel summary")).to_be_focused()
    expect(page.locator("#id_note")).to_have_value("Ұзақ ойланып жаздым")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-text", "200")


def test_saving_leaves_codes_that_are_shown_only_once(page):
    steps.fill_anonymous_sign_up(page, "Ақ бұлт")
    codes = page.locator(".codes code").all_inner_texts()
    steps.open_panel(steps.ready(page))
    steps.set_display(page, theme="dark")
    steps.save_display(page)
    assert page.locator(".codes code").all_inner_texts() == codes
