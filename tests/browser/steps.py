"""What people do on the pages and what they see there, each in a word."""

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Locator, Page, Route, expect

from tests.support.cast import PASSWORD


def ready(page: Page) -> Page:
    """Wait until the page's scripts have started; before, everything works as without them."""
    expect(page.locator("[data-module]:not([data-started=yes])")).to_have_count(0)
    return page


def press_mood(page: Page, level: int) -> None:
    """Press one of the five large buttons and wait until the page says that it is saved."""
    with page.expect_response("**/mood/record/"):
        page.locator(f".press__button--{level}").click()
    expect(page.locator(".press:not([data-busy])")).to_be_visible()
    expect(notice(page, "success")).to_be_visible()


def notice(page: Page, kind: str) -> Locator:
    """Return what the page says happened just now: `success`, `info` or `error`."""
    return page.locator(f"#messages .notice--{kind}")


def main_button(page: Page) -> Locator:
    """Return the button of the page's own form."""
    return page.locator("main .form .actions .button").first


def choose(page: Page, name: str, value: str | int) -> None:
    """Press the label of a radio button of the page's own form."""
    page.locator(f"main .form label:has(input[name={name}][value='{value}'])").click()


def marks(page: Page) -> list[str]:
    """Return the levels that the chart shows, from Monday on."""
    return page.locator(".chart__mark text").all_text_contents()


def sentence(page: Page) -> str:
    """Return the plain sentence about the week."""
    return page.locator("#week .lead").inner_text()


def open_panel(page: Page) -> Locator:
    """Open the low-vision panel of the header and return it."""
    panel = page.locator(".display-panel")
    panel.locator("summary").click()
    expect(panel.locator("form")).to_be_visible()
    return panel


def open_everything(page: Page) -> None:
    """Open the low-vision panel and whatever else can be opened on the page."""
    page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")


def set_display(page: Page, **choices: str) -> None:
    """Choose in the low-vision panel, which is open."""
    for name, value in choices.items():
        label = page.locator(f".display-panel label:has(input[name={name}][value='{value}'])")
        label.click()
        if not label.locator("input").is_checked():  # a font came just then and moved the page under the press
            label.click()


def save_display(page: Page) -> None:
    """Press "Save" in the low-vision panel and wait for the page that comes back with the panel closed."""
    page.locator(".display-panel .actions button:not([name])").click()
    expect(page.locator(".display-panel form")).to_be_hidden()


def shown_as(page: Page) -> dict[str, str]:
    """Return the display settings that the page has now."""
    return page.evaluate("({ ...document.documentElement.dataset })")


def switch_language(page: Page, code: str) -> None:
    """Press a language in the header."""
    page.locator(f".languages [lang={code}]").click()
    expect(page.locator(f"html[lang={code}]")).to_be_attached()


def fill_anonymous_sign_up(page: Page, nickname: str) -> None:
    """Fill the form for signing up without an e-mail address, and send it."""
    page.goto("/kk/account/sign-up/anonymous/")
    page.fill("#id_nickname", nickname)
    page.fill("#id_password", PASSWORD)
    choose(page, "age", "adult")
    page.check("#id_consent")
    main_button(page).click()
    page.wait_for_selector(".codes, .error-summary")  # the browser counts its proof of work first


def hold(page: Page, address: str) -> list[Route]:
    """Keep requests to this address on their way, as a slow network does; return them as they come."""
    held: list[Route] = []
    page.route(address, lambda route: held.append(route))
    return held


def middle(element: Locator) -> tuple[float, float]:
    """Return where to press with the bare mouse, which does not wait for a page on its way as `click` does."""
    box = element.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def session_of(page: Page) -> str:
    """Return the key of this browser's session."""
    return next(c["value"] for c in page.context.cookies() if c["name"] == "sessionid")


def notice_danger(page: Page, level: int, kind: str) -> None:
    """Let the risk check have found this in what this browser's person wrote; 0 takes it back."""
    session = SessionStore(session_of(page))
    held = {"level": level, "kind": kind, "at": int(timezone.now().timestamp()), "new": True, "about": None, "mark": ""}
    session["heeded"] = held if level else None
    session.save()


def is_over(session: str) -> bool:
    """Say whether the server has ended this session."""
    return not Session.objects.filter(session_key=session).exists()
