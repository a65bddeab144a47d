"""Second factors in a real browser: an authenticator, a passkey alone, and no way round adding one."""

import base64

import pytest
from django_otp.oath import TOTP
from playwright.sync_api import Page, expect

from accounts.factors.kinds import MODELS
from tests.browser.steps import main_button, ready
from tests.support.cast import PASSWORD

pytestmark = pytest.mark.browser
ADD = "/kk/account/factors/authenticator/"


def sign_in(page: Page, person) -> None:
    page.goto("/kk/account/login/")
    page.fill("#id_login", person.email)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url(lambda url: "/login/" not in url)


def test_an_authenticator_is_added_and_then_asked_for(new_context, owner):
    page = new_context().new_page()
    sign_in(page, owner)
    page.goto(ADD)
    key = page.locator(".key code").inner_text().replace(" ", "")
    expect(page.locator("svg.qr")).to_be_visible()
    totp = TOTP(base64.b32decode(key))
    page.fill("#id_code", f"{totp.token():06d}")
    main_button(page).click()
    page.wait_for_url("**/factors/codes/")
    page.locator("main form .button").first.click()
    expect(page.locator(".codes li")).to_have_count(10)
    spare = page.locator(".codes code").first.inner_text()

    later = new_context(java_script_enabled=False).new_page()
    sign_in(later, owner)
    later.wait_for_url("**/second-factor/**")
    later.fill("#id_code", "000000")
    main_button(later).click()
    expect(later.locator("#id_code_error")).to_be_visible()
    later.locator("a[href*='way=codes']").click()
    later.fill("#id_code", spare.lower())
    main_button(later).click()
    later.wait_for_url("**/kk/dashboard/")


@pytest.fixture
def at_localhost(site) -> str:
    """The site by its name: browsers keep passkeys for names, not for numbers."""
    return site.replace("127.0.0.1", "localhost")


def test_a_passkey_is_added_and_is_then_the_whole_sign_in(browser, at_localhost, unrelated_psychologist):
    context = browser.new_context(base_url=at_localhost, locale="kk-KZ")
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = key | {"isUserVerified": True, "automaticPresenceSimulation": True}
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    try:
        sign_in(page, unrelated_psychologist)
        page.goto("/kk/mood/")
        page.wait_for_url("**/account/factors/")
        page.goto("/kk/account/factors/passkey/")
        ready(page).fill("#id_name", "Телефоным")
        main_button(page).click()
        page.wait_for_url("**/factors/codes/")
        assert [device.name for device in MODELS["passkey"].objects.all()] == ["Телефоным"]

        page.goto("/kk/account/logout/")
        ready(page).locator("main form .button").first.click()
        page.wait_for_url("**/kk/")
        page.goto("/kk/account/login/?next=/kk/mood/journal/")
        ready(page).check("#passkey_shared")
        page.locator("[data-module=passkey] button").click()
        page.wait_for_url(lambda url: url.endswith("/kk/mood/journal/") and "/login/" not in url)
        assert [c["expires"] for c in context.cookies() if c["name"] == "sessionid"] == [-1]  # ends with the browser
        page.goto("/kk/account/factors/")
        expect(page.get_by_role("heading", name="Телефоным")).to_be_visible()
    finally:
        context.close()
