"""Notifications on a device: asked for by a press alone, explained in words, and shown once.

Chromium without its maker's keys reaches no push service: what `PushManager` would bring from there is made by the
test. Everything else is the browser's own: permission, service worker, notification.
"""

import json

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from notifications.models import PushSubscription
from tests.browser import steps
from tests.support.push import Device
from tests.support.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.service_worker, pytest.mark.whole_browser]
PAGE = "/en/notifications/devices/"
BUTTON = "[data-module=push] button"
STATE = "[data-module=push] [data-state]:not([hidden])"
COUNT = """
const ask = Notification.requestPermission.bind(Notification);
const count = () => Number(localStorage.getItem("asked") ?? 0);
Notification.requestPermission = () => (localStorage.setItem("asked", count() + 1), ask());
"""
SERVICE = """
const made = () => localStorage.getItem("subscribed") && {
  endpoint: GIVEN.endpoint,
  options: {},
  toJSON: () => GIVEN,
  unsubscribe: async () => localStorage.removeItem("subscribed"),
};
PushManager.prototype.getSubscription = async () => made();
PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
  if (!userVisibleOnly || applicationServerKey.length !== 65) throw new TypeError("no key of the site");
  localStorage.setItem("subscribed", "yes");
  return made();
};
"""


@pytest.fixture
def visitor(page_of, owner) -> Page:
    """The page of somebody whose browser would be given an address by a push service."""
    owner.language = "en"
    owner.save(update_fields=["language"])
    page = page_of(owner)
    given = Device("https://fcm.googleapis.com/fcm/send/of-the-test").subscription()
    page.context.add_init_script(f"const GIVEN = {json.dumps(given)};{COUNT}{SERVICE}")
    return page


def asked(page: Page) -> int:
    return int(page.evaluate("localStorage.getItem('asked') ?? 0"))


def shown(page: Page) -> list[list[str]]:
    """Return title, words and tag of what stands on the screen."""
    return page.evaluate(
        "navigator.serviceWorker.ready.then((worker) => worker.getNotifications())"
        ".then((all) => all.map(({ title, body, tag }) => [title, body, tag]))"
    )


def deliver(context: BrowserContext, page: Page, data: str) -> None:
    """Let a push message come, as the browser itself hands it to the service worker."""
    session, seen = context.new_cdp_session(page), []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda event: seen.extend(event["registrations"]))
    session.send("ServiceWorker.enable")
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    registration = until(lambda: page.evaluate("1") and seen)[-1]["registrationId"]
    origin = page.evaluate("location.origin")
    sent = {"origin": origin, "registrationId": registration, "data": data}
    session.send("ServiceWorker.deliverPushMessage", sent)
    session.send("ServiceWorker.deliverPushMessage", sent)


def test_a_press_and_nothing_else_asks_and_the_device_then_shows_news_once(visitor, owner):
    visitor.context.grant_permissions(["notifications"])
    for place in ("/en/dashboard/", "/en/profile/", PAGE):
        visitor.goto(place)
        steps.ready(visitor)
    expect(visitor.locator(STATE)).to_have_attribute("data-state", "off")
    assert (asked(visitor), PushSubscription.objects.count()) == (0, 0)

    with visitor.expect_navigation():
        visitor.locator(BUTTON).click()
    expect(visitor.locator(STATE)).to_have_attribute("data-state", "on")
    assert asked(visitor) == 1
    assert owner.push_subscriptions.get().endpoint.endswith("/of-the-test")

    deliver(visitor.context, visitor, json.dumps({"words": "There is news", "tag": "7", "language": "en"}))
    until(lambda: shown(visitor))
    assert shown(visitor) == [["Emocare", "There is news", "7"]]

    visitor.goto("/en/account/logout/")
    steps.ready(visitor)
    visitor.locator("main form[data-module=sign-out] button").click()
    visitor.wait_for_url("**/en/")
    assert visitor.evaluate("localStorage.getItem('subscribed')") is None
    assert shown(visitor) == []


def test_where_the_browser_refuses_the_page_says_how_to_allow_it_again(visitor):
    visitor.add_init_script("Object.defineProperty(Notification, 'permission', { get: () => 'denied' })")
    visitor.goto(PAGE)
    steps.ready(visitor)
    expect(visitor.locator(STATE)).to_have_attribute("data-state", "denied")
    expect(visitor.locator(BUTTON)).to_be_hidden()
