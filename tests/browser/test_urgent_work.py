"""A psychologist answers an urgent request by keyboard on a narrow page: takes it, writes, ticks a step, closes."""

import pytest
from playwright.sync_api import expect

from accounts.choices import Role
from emergency.choices import Rung
from emergency.models import FollowUp
from tests.browser import keyboard, steps
from tests.support.cast import make_person
from tests.support.urgent_help import asks, shipped_steps

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 320, "height": 640}}


def press(page, selector: str) -> None:
    keyboard.tab_to(steps.ready(page), selector)
    page.keyboard.press("Enter")


def test_a_psychologist_takes_writes_ticks_and_closes_by_keyboard(page_of, owner):
    shipped_steps()
    asked, saule = asks(owner, rung=Rung.ALL, words="Өте қиын"), make_person("saule", role=Role.PSYCHOLOGIST)
    page = page_of(saule, **PHONE)
    page.goto("/kk/urgent/")
    expect(page.locator("main")).not_to_contain_text("Өте қиын")
    press(page, "main form[action$='/take/'] button")
    expect(steps.notice(page, "success")).to_be_visible()
    expect(page.locator("#shown + p")).to_contain_text("Өте қиын")

    keyboard.tab_to(steps.ready(page), "#id_words")
    page.keyboard.type("Сәлеметсіз бе! Мен осындамын.")
    press(page, "#write button")
    expect(page.locator("#thread-words")).to_contain_text("Мен осындамын")

    press(page, "#step-list li:first-child form button")
    expect(page.locator("#step-list li:first-child form")).to_have_count(0)
    assert asked.checks.get(done="yes").done_by == saule

    press(page, "main a[href$='/close/']")
    keyboard.tab_to(steps.ready(page), "[name=outcome]")
    page.keyboard.press("Space")
    keyboard.tab_to(page, "#id_note")
    page.keyboard.type("Сөйлестік")
    press(page, "main .form .actions button")
    expect(steps.notice(page, "success")).to_be_visible()
    expect(page.locator("#you")).to_be_visible()
    assert FollowUp.objects.get().taken_by == saule
