"""Words that tell of danger, in a real browser: saved, and help is there at once, by keyboard, without scripts."""

import pytest
from playwright.sync_api import expect

from accounts.choices import Role
from emergency.models import FollowUp
from tests.browser import keyboard, measures, steps
from tests.browser.places import LANGUAGES
from tests.emergency.heeding.test_heeding_places import HARD
from tests.support.browser import violations
from tests.support.cast import make_person
from tests.support.waiting import until
from tracker.models import MoodEntry

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 320, "height": 640}}
CARD, TITLE = "#heeded", "#heeded-title"


def written(person) -> list[str]:
    return [entry.note for entry in MoodEntry.objects.of(person)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_journal_entry_at_risk_is_saved_and_shows_help_at_once_reached_by_keyboard(page_of, owner, language):
    page = page_of(owner, **PHONE)
    page.goto(f"/{language}/mood/journal/write/")
    steps.ready(page).fill("#id_note", HARD[language])
    keyboard.tab_to(page, "main .form .actions button:not([name])")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{language}/mood/journal/")
    expect(page.locator(TITLE)).to_be_focused()  # which a screen reader then says
    assert written(owner) == [HARD[language]]
    assert violations(page) + measures.too_wide(page) + measures.small_targets(page) == []
    keyboard.tab_to(page, f"{CARD} a[href^='tel:']")
    keyboard.tab_to(page, f"{CARD} form[action$='/close/'] button")
    steps.ready(page).keyboard.press("Enter")
    expect(page.locator(CARD)).to_have_count(0)
    expect(page.locator("#main")).to_be_focused()
    page.reload()
    expect(page.locator(CARD)).to_have_count(0)


def test_without_javascript_it_leads_to_a_psychologist_and_back(page_of, owner):
    make_person("saule", role=Role.PSYCHOLOGIST)
    page = page_of(owner, java_script_enabled=False, **PHONE)
    for language in LANGUAGES:
        page.goto(f"/{language}/mood/record/")
        steps.choose(page, "level", 1)
        page.fill("#id_note", HARD[language])
        steps.main_button(page).click()
        expect(page.locator(TITLE)).to_be_focused()
        page.locator(f"{CARD} form[action$='/close/'] button").click()
        expect(page.locator(CARD)).to_have_count(0)
    assert sorted(written(owner)) == sorted(HARD.values())
    page.goto("/kk/mood/record/")
    steps.choose(page, "level", 1)
    page.fill("#id_note", HARD["kk"])
    steps.main_button(page).click()
    page.locator(f"{CARD} form[action$='/ask/'] button").click()
    page.wait_for_url(f"**/follow-ups/{FollowUp.objects.get().public_id}/")
    expect(page.locator(CARD)).to_have_count(0)


def test_what_waited_for_the_network_brings_help_where_somebody_types_and_leaves_them_the_focus(page_of, owner):
    page = page_of(owner)
    page.goto("/ru/mood/record/")
    steps.choose(steps.ready(page), "level", 1)
    page.fill("#id_note", HARD["ru"])
    page.context.set_offline(True)
    steps.main_button(page).click()
    expect(page.locator("#outbox")).to_have_attribute("data-count", "1")
    page.locator("#id_note").press_sequentially("И ещё")
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    until(lambda: written(owner) == [HARD["ru"]])
    expect(page.locator(f"{CARD} a[href^='tel:']").first).to_be_attached()
    expect(page.locator(f"{CARD} [role=status]")).not_to_be_empty()  # a screen reader says that it is there
    expect(page.locator("#id_note")).to_be_focused()
    steps.ready(page).locator(f"{CARD} form[action$='/close/'] button").click()
    expect(page.locator(CARD)).to_have_count(0)
    expect(page.locator("#id_note")).to_have_value("И ещё")
