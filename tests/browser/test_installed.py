"""Emocare on a screen: what opens without a network, what a new version does, what is kept nowhere."""

import re
from collections.abc import Iterator
from threading import Event

import pytest
from playwright.sync_api import Error, Page, expect

from tests.browser import places, steps
from tests.support.cast import PASSWORD
from tests.support.relay import Relay, relayed
from tests.support.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.service_worker]
PLACES = ("urgent-help/", "grounding/", "mood/offline/")
# What the caches hold: their names, and all texts that are kept in them.
NAMES = "() => caches.keys()"
ALL_TEXTS = """async () => {
  const texts = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) texts.push(request.url, await (await cache.match(request)).text());
  }
  return texts;
}"""
REGISTERED = "async () => (await navigator.serviceWorker.getRegistrations()).length"
CONTROLLED = "() => navigator.serviceWorker.controller !== null"
UPDATE = "async () => { await (await navigator.serviceWorker.ready).update(); }"


def kept(page: Page, path: str = "/kk/urgent-help/") -> Page:
    """Open a page and wait until the worker is in charge of it."""
    page.goto(path)
    steps.ready(page).wait_for_function(CONTROLLED)
    return page


def test_whoever_opened_urgent_help_once_opens_it_and_the_exercises_without_a_network(page):
    kept(page)
    missing = []
    page.on("requestfailed", lambda request: missing.append(request.url))
    page.context.set_offline(True)
    for language in places.LANGUAGES:
        for place in PLACES:
            page.goto(f"/{language}/{place}")
            expect(steps.ready(page).locator(f"html[lang={language}]")).to_be_attached()
    assert [address for address in missing if not address.endswith(".woff2")] == []
    page.goto("/kk/grounding/")
    assert page.locator("h1").inner_text() == page.title().partition(" · ")[0]
    page.goto("/ru/dashboard/?from=app")  # where the app on the screen begins
    expect(page.locator("html[lang=ru] main a[href='/ru/grounding/']")).to_be_visible()
    expect(page.locator(".press")).to_be_hidden()  # nobody is signed in


def test_after_private_pages_nothing_private_is_in_any_cache(page_of, owner):
    owner.shown_name = "Қарлығаш Бейсенова"
    owner.save(update_fields=["shown_name"])
    places.week_of(owner)
    page = page_of(owner)
    for path in ("dashboard/", "mood/", "profile/", "urgent-help/", "mood/journal/"):
        kept(page, f"/kk/{path}")
    texts = page.evaluate(ALL_TEXTS)
    assert len(texts) > 2 * len(PLACES)
    private = [owner.shown_name, str(owner.public_id), owner.email, *places.NOTE.splitlines()]
    assert [text[:80] for text in texts if any(word in text for word in private)] == []
    page.context.set_offline(True)
    page.goto("/kk/mood/journal/")
    expect(page.locator("body")).not_to_contain_text("Қарлығаш")


def test_on_a_shared_computer_nothing_is_kept_and_what_was_kept_is_taken_away(page, owner):
    kept(page)
    assert (page.evaluate(REGISTERED), len(page.evaluate(NAMES))) == (1, 1)
    page.goto("/kk/account/login/")
    page.fill("#id_login", owner.email)
    page.fill("#id_password", PASSWORD)
    page.check("#id_shared")
    page.press("#id_password", "Enter")
    page.wait_for_url("**/dashboard/")
    for path in ("/kk/dashboard/", "/kk/urgent-help/", "/kk/grounding/"):
        page.goto(path)
        until(lambda: (steps.ready(page).evaluate(REGISTERED), page.evaluate(NAMES)) == (0, []))
    page.context.set_offline(True)
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        page.goto("/kk/urgent-help/")


def test_after_leaving_quickly_no_page_of_the_person_comes_back_without_a_network(page_of, owner, neutral_page):
    page = kept(page_of(owner), "/kk/dashboard/")
    page.goto("/kk/mood/")
    steps.ready(page).locator("#quick-exit").click()
    page.wait_for_url(neutral_page)
    page.context.set_offline(True)
    page.go_back()
    expect(page.locator("h1")).to_have_text("Қазір желі жоқ")
    expect(steps.ready(page).locator(".press")).to_be_hidden()


# Another version of the site


@pytest.fixture
def relay(site) -> Iterator[Relay]:
    with relayed(site) as relay:
        yield relay


@pytest.fixture
def behind(browser, relay) -> Iterator[Page]:
    """A page of a browser that knows the site under the relay's address."""
    context = browser.new_context(base_url=relay.address, locale="kk-KZ")
    yield context.new_page()
    context.close()


def next_version(script: bytes) -> bytes:
    return re.sub(rb'VERSION = "\w+"', b'VERSION = "next"', script)


def test_where_the_server_is_broken_or_the_network_too_slow_help_is_shown_from_what_is_kept(behind, relay):
    page = kept(behind)
    relay.changes = {"/kk/grounding/": lambda _text: 503}
    page.goto("/kk/grounding/")
    expect(page.locator(".breathing")).to_be_attached()
    relay.changes = {"/sw.js": lambda text: next_version(text).replace(b"PATIENCE = 5000", b"PATIENCE = 1")}
    page.evaluate(UPDATE)
    until(lambda: page.evaluate(NAMES) == ["emocare-next"])
    go_on = Event()
    relay.changes["/kk/urgent-help/"] = lambda text: text if go_on.wait(15) else 504
    page.goto("/kk/urgent-help/")
    expect(page.locator("a[href='tel:112']").first).to_be_visible()
    assert not go_on.is_set()
    go_on.set()


def test_a_new_version_takes_the_place_of_the_old_one_while_pages_go_on(behind, relay):
    page = kept(behind)
    old = page.evaluate(NAMES)
    page.evaluate("window.mark = 'the same page'")
    relay.changes = {"/sw.js": next_version, "/kk/grounding/": lambda text: text.replace(b"</h1>", b" 2</h1>")}
    page.evaluate(UPDATE)
    until(lambda: page.evaluate(NAMES) == ["emocare-next"])
    assert old != ["emocare-next"]
    assert page.evaluate("window.mark") == "the same page"
    expect(page.locator(".page-is-old")).to_be_empty()
    page.context.set_offline(True)
    page.goto("/kk/grounding/")
    expect(page.locator("h1")).to_contain_text(" 2")


@pytest.mark.parametrize("broken", ["one file is missing", "one page leads elsewhere"])
def test_a_new_version_that_does_not_arrive_whole_leaves_the_old_one(behind, relay, broken):
    page = kept(behind)
    old = page.evaluate(NAMES)
    if broken == "one file is missing":
        relay.changes = {"faces.nothing.svg": lambda _text: 404}
        add = next_version, lambda text: re.sub(rb"faces\.\w+\.svg", b"faces.nothing.svg", text)
    else:
        add = next_version, lambda text: text.replace(b'"/kk/grounding/"', b'"/kk/dashboard/"')
    relay.changes["/sw.js"] = lambda text: add[1](add[0](text))
    gone = page.evaluate(
        """async () => {
          const registration = await navigator.serviceWorker.ready;
          const ended = new Promise((go) => registration.addEventListener("updatefound", () => {
            const { installing } = registration;
            installing.addEventListener("statechange", () => go(installing.state));
          }));
          await registration.update();
          return ended;
        }"""
    )
    assert (gone, page.evaluate(NAMES)) == ("redundant", old)
    page.context.set_offline(True)
    page.goto("/kk/urgent-help/")
    expect(page.locator("a[href='tel:112']").first).to_be_visible()


def test_a_page_that_is_older_than_the_site_says_so_and_waits(behind, relay):
    """Its part for printing is gone from the site, whose worker names another main.js."""
    relay.changes = {"/sw.js": lambda text: re.sub(rb"js/main\.\w+\.js", b"js/main.new.js", text)}
    behind.route(re.compile(r"/js/print\.\w+\.js"), lambda route: route.fulfill(status=404))
    behind.goto("/en/grounding/")
    said = behind.locator("main [role=status].page-is-old")
    expect(said).to_contain_text("A new version of Emocare is here")
    behind.unroute_all()
    with behind.expect_navigation():
        said.get_by_role("button", name="Reload the page").click()
    expect(steps.ready(behind).locator("main [data-module=print]")).to_be_visible()
    expect(said).to_be_empty()


# On a screen


def test_nothing_stands_in_the_way_of_installing(page):
    tools = page.context.new_cdp_session(page)
    for language in places.LANGUAGES:
        page.goto(f"/{language}/help/")
        told = tools.send("Page.getAppManifest")
        assert (told["url"].endswith(f"/manifest/{language}.webmanifest"), told["errors"]) == (True, [])
        wrong = tools.send("Page.getInstallabilityErrors")["installabilityErrors"]
        assert [error["errorId"] for error in wrong if error["errorId"] != "in-incognito"] == []


def test_the_button_for_the_screen_is_there_only_where_the_browser_offers_it(page):
    page.goto("/en/help/")
    button = steps.ready(page).get_by_role("button", name="Put Emocare on this screen")
    expect(button).to_be_hidden()
    page.evaluate(
        """() => {
          const offer = new Event("beforeinstallprompt", { cancelable: true });
          offer.prompt = () => { window.asked = 1; };
          window.silent = !dispatchEvent(offer);
        }"""
    )
    button.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("[window.silent, window.asked]") == [True, 1]
    expect(button).to_be_hidden()


# The exercises


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_the_breath_to_follow_is_begun_and_ended_by_keyboard_and_ends_by_itself(new_context, motion):
    page = new_context(reduced_motion=motion).new_page()
    page.clock.install()
    page.goto("/en/grounding/")
    button = steps.ready(page).locator(".breathing button")
    timer, status = page.get_by_role("timer"), page.locator(".breathing [role=status]")
    top = "e => e.getBoundingClientRect().top + scrollY"
    place = button.evaluate(top)
    button.press("Enter")
    expect(timer).to_have_text("Breathe in 1")
    assert button.evaluate(top) == place
    assert page.locator(".breathing__shape").is_visible() == (motion != "reduce")
    page.clock.run_for(4000)
    expect(timer).to_have_text("Breathe out 1")
    expect(status).to_have_text("Breathe out")
    button.press("Enter")
    expect(timer).to_be_hidden()
    expect(status).to_be_empty()
    button.press("Enter")
    page.clock.run_for(100_000)
    expect(timer).to_be_hidden()
    expect(status).to_have_text("That was ten breaths. Stay as long as you like.")
    expect(status).not_to_have_class("sr")


def test_without_javascript_the_exercises_are_all_there_and_nothing_that_does_nothing(new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/kk/grounding/")
    assert page.locator("main section:visible").count() == 7
    assert page.locator("main button:visible").count() == 0
