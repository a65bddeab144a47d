"""Every form needs the token of its own browser."""

import pytest
from django.middleware.csrf import _get_new_csrf_string as new_secret
from django.test import Client
from django.test.client import ClientHandler
from django.utils import translation

from tests.support.sweeping import NAMES, undone

pytestmark = pytest.mark.django_db
STRICT = ClientHandler(enforce_csrf_checks=True)
EXEMPT = {"quick_exit"}  # leaving must always work; all a forged request could do is sign the person out
EXEMPT |= {"metrics"}  # it changes nothing, and strangers get the same for every method
EXEMPT |= {"stop_letters"}  # whoever knows the address may, mail programs too; here it leads nowhere


def strict(browser: Client) -> Client:
    """Return the same browser, whose requests are checked."""
    checked = Client(enforce_csrf_checks=True)
    checked.handler = STRICT
    checked.cookies.load(browser.cookies.output(header="", sep=";"))
    return checked


def taken(cast, address, person: str, *given: object, cookie: str = "") -> set[str]:
    """Return the addresses that took a POST with this body; the refusal is the one for forms, not for the person."""
    with translation.override("kk"):
        refusal = translation.gettext("The form has grown old").encode()
    took = set()
    for name in NAMES:
        browser = strict(cast[person]())
        if cookie:
            browser.cookies["csrftoken"] = cookie
        response = undone(browser, "post", address(name), *given, headers={"accept-language": "kk"})
        if response.status_code != 403 or refusal not in response.body:
            took.add(name)
    return took


@pytest.mark.parametrize("person", ["owner", "verified_admin"])
def test_without_a_token_every_form_is_refused(cast, address, person):
    assert taken(cast, address, person) == EXEMPT


def test_with_the_token_of_another_browser_every_form_is_refused(cast, address):
    sent = {"csrfmiddlewaretoken": new_secret()}
    assert taken(cast, address, "owner", sent, cookie=new_secret()) == EXEMPT


def test_with_its_own_token_a_form_is_taken(cast, address):
    secret = new_secret()
    browser = strict(cast["owner"]())
    browser.cookies["csrftoken"] = secret
    assert undone(browser, "post", address("record_mood"), {"csrfmiddlewaretoken": secret}).status_code == 200


def test_over_tls_a_form_of_another_site_is_refused_even_with_the_token(cast, address):
    secret = new_secret()
    browser = strict(cast["owner"]())
    browser.cookies["csrftoken"] = secret
    sent = {"csrfmiddlewaretoken": secret}
    for origin in ("https://evil.example", "null", "http://testserver"):
        place = address("record_mood") if origin == "https://evil.example" else "/kk/mood/record/"
        assert undone(browser, "post", place, sent, secure=True, headers={"origin": origin}).status_code == 403
    assert undone(browser, "post", "/kk/mood/record/", sent, secure=True).status_code == 403  # says nothing at all
    same = {"origin": "https://testserver"}
    assert undone(browser, "post", "/kk/mood/record/", sent, secure=True, headers=same).status_code == 200
