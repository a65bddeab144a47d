"""The alarm on pages that are open: it comes by itself, sounds once it may, and ends when somebody has taken it."""

import pytest
from playwright.sync_api import expect

from emergency.choices import Level, Origin
from emergency.requests import services as requests
from tests.browser import steps
from tests.browser.keyboard import tab_to
from tests.support.browser import violations
from tests.support.duty import on_duty
from tests.support.urgent import take_by

pytestmark = pytest.mark.browser
COUNT = """const start = OscillatorNode.prototype.start; window.tones = 0;
OscillatorNode.prototype.start = function (...at) { window.tones += 1; return start.apply(this, at); };"""


def test_the_alarm_comes_without_a_reload_sounds_until_it_is_heard_and_ends_when_another_takes_it(page_of, owner):
    dana, asel = on_duty("dana", language="en"), on_duty("asel", language="en")
    here, there = page_of(dana), page_of(asel)
    here.add_init_script(COUNT)
    here.clock.install()
    for page, path in ((here, "/en/mood/"), (there, "/en/dashboard/")):
        with page.expect_websocket(lambda socket: "/ws/news/" in socket.url):
            page.goto(path)
        steps.ready(page)
    here.evaluate("window.same = true")
    request = requests.open_request(user=owner, level=Level.IMMINENT, origin=Origin.BUTTON, language="kk")
    for page in (here, there):
        expect(page.locator("#urgent-alarm [role=alert]")).to_contain_text("Danger right now")
    assert here.title().startswith("(!) ")
    assert violations(here) == []
    here.wait_for_function("window.tones === 2")
    here.clock.run_for(5000)
    here.wait_for_function("window.tones === 4")
    tab_to(here, "#urgent-alarm [data-do=hear]")
    here.keyboard.press("Enter")
    heard = here.evaluate("window.tones")
    here.clock.run_for(20000)
    assert here.evaluate("window.tones") == heard
    expect(here.locator("#urgent-alarm a")).to_be_visible()
    take_by(request, asel)
    expect(here.locator("#urgent-alarm [role=status]")).to_have_text("Asel has taken it. Thank you for being there.")
    for page in (here, there):
        expect(page.locator("#urgent-alarm [role=alert]")).to_have_count(0)
    assert not here.title().startswith("(!)")
    assert here.evaluate("window.same")
