import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.browser import places, steps
from tests.support import helping
from tests.support.browser import AXE
from tests.support.cast import PASSWORD
from tests.support.training import certified, passed, taking_the_test
from tests.support.waiting import until


@pytest.fixture
def tour(
    new_context, page_of, owner, other_user, unrelated_volunteer, admin, mail_server
) -> Callable[..., Iterator[Page]]:
    """Return a way through every page in a language, each seen by whom it is for, empty, filled and wrong.

    Axe is there with each page: sent to one after the other it would be read anew each time.
    """

    def go(language: str, **options) -> Iterator[Page]:
        entry = places.week_of(owner)[0]
        theirs, helped = helping.helpers_around(owner), helping.people_around(unrelated_volunteer)
        attempt, certificate = taking_the_test(owner), certified(admin)
        passed(other_user)
        anybody, newcomer = new_context(**options).new_page(), page_of(other_user, **options)
        inside = page_of(owner, **options)
        for visitor, paths in (
            (anybody, (*places.PUBLIC, f"certificates/{certificate}/")),
            (newcomer, ("dashboard/", "mood/", "training/oath/")),
            (inside, (*places.own(entry), *places.of_user(theirs), f"training/test/{attempt.public_id}/")),
            (page_of(unrelated_volunteer, **options), places.of_helper(helped)),
            (page_of(admin, **options), (*places.ADMINISTRATION, "training/", *places.urgent_work_of(admin))),
        ):
            visitor.add_init_script(AXE)
            for path in paths:
                visitor.goto(f"/{language}/{path}")
                yield visitor
        yield from _with_help(inside, language)
        yield from _wrong_forms(anybody, inside, language)
        yield from _tried(anybody, language)
        yield _new_password(anybody, language, owner.email, mail_server)
        yield _new_address(inside, language)
        yield _new_codes(inside, language)

    return go


def _with_help(page: Page, language: str) -> Iterator[Page]:
    """Show the card after words that tell of danger: the longest that looks urgent, and a quiet one."""
    for level, kind, path in ((3, "someone-else", "dashboard/"), (1, "abuse", "mood/")):
        steps.notice_danger(page, level, kind)
        page.goto(f"/{language}/{path}")
        yield page
    steps.notice_danger(page, 0, "none")


def _wrong_forms(anybody: Page, inside: Page, language: str) -> Iterator[Page]:
    for visitor, path in (
        (anybody, "account/login/"),
        (anybody, "account/sign-up/anonymous/"),
        (inside, "mood/record/"),
        (inside, "profile/"),
    ):
        visitor.goto(f"/{language}/{path}")
        steps.ready(visitor)
        for field in visitor.locator("main .form input[type=text]").all():
            field.fill("")
        if path == "profile/":
            visitor.locator("#id_upload").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": b"x"})
        steps.main_button(visitor).click()
        visitor.wait_for_selector(".error-summary")
        yield visitor


def _tried(page: Page, language: str) -> Iterator[Page]:
    """Try a test, with everything wrong, with an answer that opens the safety step, and to the end."""
    page.goto(f"/{language}/tests/phq9/try/")
    steps.main_button(steps.ready(page)).click()
    page.wait_for_selector(".error-summary")
    yield page
    for question in page.locator("fieldset.question").all():
        question.locator("input").nth(1).check()
    steps.main_button(page).click()
    page.wait_for_selector("main [name=seen]", state="attached")
    yield page
    page.locator("main form:has([name=seen]) button").click()
    page.wait_for_selector("#outcome-title")
    yield page


def _new_password(page: Page, language: str, address: str, mail_server) -> Page:
    known = len(mail_server.handler.received)
    page.goto(f"/{language}/account/password/reset/")
    page.fill("#id_email", address)
    page.press("#id_email", "Enter")
    page.wait_for_url("**/reset/done/")
    letter = until(lambda: mail_server.handler.received[known:])[-1]
    page.goto(re.search(r"http://\S+", letter.get_content())[0])
    page.wait_for_selector("#id_password1")
    return page


def _new_address(page: Page, language: str) -> Page:
    page.goto(f"/{language}/account/email/")
    page.fill("#id_email", "new-address@example.kz")
    page.locator("[name=action_add]").click()
    page.wait_for_url("**/reauthenticate/**")
    steps.ready(page).fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_selector("#waiting")
    return page


def _new_codes(page: Page, language: str) -> Page:
    page.goto(f"/{language}/account/recovery-codes/")
    steps.ready(page).locator("main form button").click()
    page.wait_for_selector(".codes")
    return page
