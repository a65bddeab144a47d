"""What a screen reader is told: the tree of names and roles that the browser makes of a page."""

import re
from itertools import pairwise

import pytest
from django.utils import translation
from django.utils.dates import WEEKDAYS
from playwright.sync_api import expect

from tests.browser import steps
from tracker.choices import Level

pytestmark = pytest.mark.browser
NAME = re.compile(r"\S{2}")


def tree(page, selector="body"):
    """Return the lines of the tree, without indentation."""
    return [line.strip().removeprefix("- ") for line in page.locator(selector).aria_snapshot().splitlines()]


def headings(page):
    """Return the levels of the headings in their order."""
    return [int(level) for level in re.findall(r"heading .*\[level=(\d)\]", "\n".join(tree(page)))]


def test_pages_have_one_title_and_headings_in_order(page_of, owner):
    page = page_of(owner)
    for path in ("dashboard/", "mood/", "profile/", "urgent-help/", "no-such-page/"):
        page.goto(f"/kk/{path}")
        levels = headings(page)
        assert levels.count(1) == 1, page.url
        assert all(below - above <= 1 for above, below in pairwise(levels)), f"{page.url} {levels}"


def test_the_parts_of_a_page_are_named_and_no_two_alike(page_of, owner):
    page = page_of(owner)
    page.goto("/kk/dashboard/")
    lines = tree(page)
    for part in ("banner:", "main:", "contentinfo:"):
        assert lines.count(part) == 1
    for role in ("navigation", "region"):
        parts = [line for line in lines if re.match(rf"{role}\b", line)]
        assert all(re.match(rf'{role} "[^"]+"', part) for part in parts), parts
        assert len(set(parts)) == len(parts) >= 3


def test_the_chart_tells_each_day(page_of, owner):
    page = page_of(owner)
    page.goto("/kk/dashboard/")
    steps.press_mood(page, 4)
    steps.ready(page).reload()
    steps.ready(page)
    (chart,) = (line for line in tree(page, "#week") if "application " in line)
    with translation.override("kk"):
        assert all(str(day) in chart for day in WEEKDAYS.values())
        assert str(Level.GOOD.label) in chart
    expect(page.locator("#week .chart svg").first).to_have_accessible_name(re.compile(r"\S+ \S+"))


def test_what_happened_is_said_without_taking_the_focus(page_of, owner):
    page = page_of(owner)
    page.goto("/kk/dashboard/")
    assert "status" in tree(steps.ready(page))
    steps.press_mood(page, 4)
    lines = tree(page, "main")
    assert re.match(r"paragraph: ", lines[lines.index("status:") + 1])
    expect(page.locator(".press__button--4")).to_be_focused()


@pytest.mark.parametrize(
    "path", ["account/login/", "account/signup/", "account/sign-up/anonymous/", "account/recover/"]
)
def test_fields_have_names_and_say_that_they_are_required(page, path):
    page.goto(f"/kk/account/{path}/")
    for field in page.locator("main .form input:not([type=hidden])").all():
        expect(field).to_have_accessible_name(NAME)
        assert field.evaluate("e => e.required")


def test_wrong_fields_say_so_and_why(page_of, owner):
    page = page_of(owner)
    page.goto("/kk/mood/record/")
    page.fill("#id_day", "2999-01-01")
    steps.choose(page, "level", 3)
    steps.main_button(page).click()
    wrong = page.locator("#id_day")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(wrong).to_have_accessible_description(page.locator("#id_day_error").inner_text())
    expect(page.locator("#id_note")).not_to_have_attribute("aria-invalid", "true")
    (summary,) = (line for line in tree(page) if line.startswith("alert"))
    assert re.match(r'alert "[^"]+"', summary)


def test_a_group_without_a_choice_is_wrong_as_a_group(page_of, owner):
    page = page_of(owner)
    page.goto("/kk/mood/record/")
    steps.main_button(page).click()
    group = page.locator("fieldset#id_level_group")
    expect(group).to_have_accessible_name(NAME)
    expect(group).to_have_accessible_description(page.locator("#id_level_error").inner_text())


def test_icons_and_faces_are_not_read(page_of, owner):
    page = page_of(owner)
    page.goto("/kk/mood/")
    for drawing in page.locator("svg.icon, svg.face").all():
        expect(drawing).to_have_attribute("aria-hidden", "true")
