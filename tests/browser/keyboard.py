"""Going through a page with the keyboard alone; each stop must show that it is one."""

from playwright.sync_api import Page

from tests.browser import measures

_IN_FOCUS = "selector => document.activeElement.matches(selector)"

# What Tab should stop at, in the order of the document: of a group of radio buttons the chosen one, else the first.
_STOPS = """() => {
  const can = "a[href], button:not(:disabled), input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const radio = (e) => e.type === "radio";
  const group = (e) => [...document.getElementsByName(e.name)].filter((o) => radio(o) && o.form === e.form);
  return [...document.querySelectorAll(can)].filter((e) => e.checkVisibility({ visibilityProperty: true }))
    .filter((e) => !radio(e) || e === (group(e).find((o) => o.checked) ?? group(e)[0]));
}"""
_NUMBER = f"""() => {{ const stops = ({_STOPS})();
  const e = document.activeElement; // day, month and year of a date are stops of their own
  return [stops.indexOf(e), stops.length, e.outerHTML.slice(0, 80), ["date", "time"].includes(e.type)]; }}"""
_TO_THE_TOP = (
    """() => { const { body } = document; body.tabIndex = -1; body.focus(); body.removeAttribute("tabindex"); }"""
)


def tab(page: Page, key: str = "Tab") -> dict:
    """Go to the next stop, or with Shift+Tab to the previous one; it must be in view, uncovered and marked."""
    page.keyboard.press(key)
    return measures.settled_focus(page)


def tab_to(page: Page, selector: str, at_most: int = 80) -> None:
    """Press Tab until an element that fits is in focus."""
    for _ in range(at_most):
        tab(page)
        if page.evaluate(_IN_FOCUS, selector):
            return
    raise AssertionError(f"Tab does not lead to {selector} on {page.url}")


def walk(page: Page) -> tuple[list[int], int]:
    """Press Tab from the top to the end of the page; return the numbers of the stops passed, and how many there are."""
    page.evaluate(_TO_THE_TOP)
    passed: list[int] = []
    while True:
        tab(page)
        number, total, html, has_parts = page.evaluate(_NUMBER)
        if number < 0 and passed:  # past the last one: the browser's own controls
            return passed, total
        assert number >= 0, f"{html} takes the focus on {page.url}"
        if passed and number == passed[0]:
            return passed, total
        if has_parts and number == passed[-1]:
            continue
        assert number not in passed, f"a trap at {html} on {page.url}"
        passed.append(number)
