import re

import pytest
from playwright.sync_api import expect

from accounts.models import User
from tests.browser import steps
from tests.support.cast import PASSWORD
from tests.support.waiting import until

pytestmark = pytest.mark.browser


def fill_email_sign_up(page, address):
    page.goto("/kk/account/signup/")
    page.fill("#id_shown_name", "Айгерім")
    page.fill("#id_email", address)
    page.fill("#id_password1", PASSWORD)
    steps.choose(page, "age", "adult")
    page.check("#id_consent")
    steps.main_button(page).click()


def letter_to(mail_server, address):
    return until(lambda: next((m for m in mail_server.handler.received if m["X-To"] == address), None))


def test_who_gives_no_name_gets_ten_codes_and_goes_on_to_the_dashboard(page):
    page.goto("/")
    page.locator("a[href$='/sign-up/anonymous/']").first.click()
    steps.fill_anonymous_sign_up(page, "Дала желі")
    codes = page.locator(".codes code").all_inner_texts()
    assert len(set(codes)) == 10
    page.locator(".actions a.button").click()
    page.wait_for_url("**/kk/dashboard/")
    expect(page.locator("h1")).to_contain_text("Дала желі")
    page.goto("/kk/account/recovery-codes/")
    expect(page.locator("h1")).to_be_visible()
    assert not page.locator(".codes").count()


def test_the_codes_can_be_printed(page):
    page.add_init_script("window.print = () => { window.printed = true; }")
    steps.fill_anonymous_sign_up(page, "Қарлығаш")
    page.locator("[data-module=print]").click()
    assert page.evaluate("window.printed")
    page.evaluate("document.documentElement.dataset.theme = 'white-on-black'")
    page.emulate_media(media="print")
    expect(page.locator(".codes li").first).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(page.locator(".codes code").first).to_have_css("color", "rgb(0, 0, 0)")
    expect(page.locator(".codes")).to_be_visible()
    expect(page.locator(".print-only")).to_contain_text("қарлығаш", ignore_case=True)
    for unneeded in (".top", ".bottom", ".no-print"):
        expect(page.locator(unneeded)).to_be_hidden()


def test_who_gives_an_email_follows_the_link_of_the_letter_and_signs_in(page, mail_server):
    address = "aigerim@example.kz"
    fill_email_sign_up(page, address)
    page.wait_for_url("**/confirm-email/")
    letter = letter_to(mail_server, address)
    page.goto(re.search(r"http://\S+", letter.get_content())[0])
    page.locator("main form button").click()
    page.wait_for_url("**/login/")
    page.fill("#id_login", address)
    page.fill("#id_password", PASSWORD)
    steps.main_button(page).click()
    page.wait_for_url("**/dashboard/")


def test_nobody_signs_in_before_the_letter_was_answered(page, mail_server):
    fill_email_sign_up(page, "damir@example.kz")
    page.wait_for_url("**/confirm-email/")
    page.goto("/kk/dashboard/")
    page.wait_for_url("**/login/**")


def test_a_form_with_mistakes_keeps_what_was_typed_and_leads_to_the_field(page, transactional_db):
    page.goto("/kk/account/sign-up/anonymous/")
    page.fill("#id_nickname", "Жел")
    page.fill("#id_password", "qwerty")
    steps.main_button(page).click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator("#id_nickname")).to_have_value("Жел")
    for field in ("#id_password", "#id_consent"):
        expect(page.locator(field)).to_have_attribute("aria-invalid", "true")
    page.locator(".error-summary a[href='#id_password']").first.click()
    expect(page.locator("#id_password")).to_be_focused()
    assert not User.objects.exists()


def test_a_typed_password_can_be_shown_and_hidden_again(page):
    page.goto("/kk/account/login/")
    password, button = page.locator("#id_password"), page.locator(".password button")
    password.fill(PASSWORD)
    button.click()
    expect(password).to_have_attribute("type", "text")
    button.click()
    expect(password).to_have_attribute("type", "password")
    expect(password).to_have_value(PASSWORD)


def test_what_was_typed_is_there_after_a_look_at_another_page(page):
    page.goto("/kk/account/sign-up/anonymous/")
    page.fill("#id_nickname", "Бұлбұл")
    page.locator("main a[href$='/privacy/']").click()
    page.wait_for_url("**/privacy/")
    page.go_back()
    expect(page.locator("#id_nickname")).to_have_value("Бұлбұл")
