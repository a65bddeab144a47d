"""From the first form to the first person helped; and a day of an administrator."""

import pytest
from axes.models import AccessAttempt
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Page, expect

from accounts.choices import EventKind, Role
from accounts.models import Application, Assignment, User
from accounts.roles.choices import State
from tests.browser import steps
from tests.support import belongings, helping
from tests.support.cast import PASSWORD
from tests.support.journal import done_by
from tests.support.training import certified

pytestmark = pytest.mark.browser
PDF = {"name": "куәлік.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF"}
FIELDS = {"legal_name": "Сәуле Қайратқызы", "about": "Мектепте он жыл", "motive": "Тыңдағым келеді"}


def decide(page: Page, application: Application, decision: str, **answers: str) -> None:
    """Decide as an administrator does: from the list over the application to the form."""
    page.goto("/admin/accounts/application/")
    page.locator(f"#result_list a[href*='/{application.pk}/change/']").first.click()
    page.locator(".object-tools a[href$='/decide/']").click()
    page.check(f"[name=decision][value={decision}]")
    for name, text in answers.items():
        page.fill(f"[name={name}]", text)
    page.locator(".submit-row [type=submit]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def apply_as_volunteer(page: Page) -> Application:
    page.goto("/kk/helping-others/")
    page.locator("main a[href$='/helping-others/volunteer/']").click()
    for name, text in FIELDS.items():
        page.fill(f"#id_{name}", text)
    page.check("#id_adult")
    steps.main_button(page).click()
    page.wait_for_url("**/applications/**")
    page.set_input_files("#id_file", PDF)
    steps.ready(page).locator("form[action$='/documents/'] .button").click()
    expect(steps.notice(page, "success")).to_be_visible()
    page.check("#id_consent")
    steps.ready(page).locator("form[action$='/send/'] .button").click()
    expect(steps.notice(page, "success")).to_be_visible()
    return Application.objects.get()


def test_from_an_application_to_the_first_person_helped(page_of, owner, other_user, admin):
    certified(owner)
    mine = page_of(owner)
    decide(page_of(admin), apply_as_volunteer(mine), "approve")

    mine.goto("/kk/people/profile/")
    mine.check("[name=languages][value=kk]")
    mine.check("[name=ways][value=text]")
    steps.main_button(mine).click()
    expect(steps.notice(mine, "success")).to_be_visible()

    theirs = page_of(other_user)
    theirs.goto("/kk/helpers/")
    theirs.locator(".entries .entry__actions a", has_text="Owner").click()
    steps.ready(theirs).locator("main form .button:not(.button--quiet)").first.click()
    theirs.wait_for_url("**/helpers/mine/")

    mine.goto("/kk/people/")
    steps.ready(mine).locator("form[action$='/accept/'] button").click()
    expect(steps.notice(mine, "success")).to_be_visible()
    assert Assignment.objects.in_force().filter(user=other_user, helper=owner).exists()


def sign_in_with_both(page: Page, person: User) -> None:
    device = TOTPDevice.objects.create(user=person)
    page.goto("/admin/")
    page.fill("#id_login", person.email)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url("**/second-factor/**")
    page.fill("#id_code", f"{TOTP(device.bin_key).token():06d}")
    steps.main_button(page).click()
    page.wait_for_url("**/admin/")


def test_a_day_of_an_administrator(page, owner, other_user, unrelated_psychologist, admin):
    application = belongings.application_of(owner, Role.PSYCHOLOGIST, State.SENT)
    helping.offer(unrelated_psychologist)
    AccessAttempt.objects.create(
        username=other_user.email,
        ip_address="10.0.0.1",
        user_agent="x",
        path_info="/",
        get_data="",
        post_data="",
        failures_since_start=5,
    )
    sign_in_with_both(page, admin)
    decide(page, application, "approve")
    decide(page, application, "suspend", reason="Шағым түсті")

    page.goto("/admin/axes/accessattempt/")
    page.check("#result_list .action-select")
    page.select_option("[name=action]", "open_again")
    page.locator(".actions button[type=submit]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()

    page.goto(f"/admin/accounts/user/{unrelated_psychologist.pk}/change/")
    page.locator(".object-tools a[href$='/reset-factors/']").click()
    page.fill("[name=reason]", "Телефонын жоғалтты, бейнебайланыспен тексердім")
    page.locator(".submit-row [type=submit]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()

    kinds = {entry.kind for entry in done_by(admin)}
    assert kinds == {EventKind.APPROVED, EventKind.SUSPENDED, EventKind.UNLOCKED, EventKind.FACTORS_RESET}
    owner.refresh_from_db()
    assert owner.role == Role.USER
