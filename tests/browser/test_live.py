import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from tests.browser import steps

pytestmark = pytest.mark.browser
LONG = 10 * 60 * 1000  # ms, more than all pauses between attempts to connect


def open_live(page, path="/kk/dashboard/"):
    page.goto(path)
    expect(page.locator("#week")).to_have_attribute("data-live", "yes")


def through_a_network_that_can_break(page):
    """Return the list of connections that the page makes; closing one is the network breaking."""
    connections = []

    def connected(socket):
        socket.connect_to_server()
        connections.append(socket)

    page.route_web_socket("**/ws/news/", connected)
    return connections


def test_a_record_on_one_device_shows_on_the_other_without_a_reload(page_of, owner):
    phone, computer = page_of(owner), page_of(owner)
    open_live(computer, "/ru/mood/")
    computer.evaluate("window.same = true")
    phone.goto("/kk/dashboard/")
    steps.press_mood(phone, 5)
    expect(computer.locator(".chart__mark--5")).to_have_count(1)
    assert computer.evaluate("window.same")
    expect(computer.locator("html")).to_have_attribute("lang", "ru")


def test_an_open_table_stays_open_when_something_new_comes(page_of, owner):
    phone, computer = page_of(owner), page_of(owner)
    phone.goto("/kk/dashboard/")
    steps.press_mood(phone, 2)
    open_live(computer)
    computer.locator(".more > summary").click()
    steps.press_mood(phone, 4)
    expect(computer.locator(".chart__mark--3")).to_have_count(1)
    expect(computer.locator("#week table")).to_be_visible()


def test_another_persons_record_does_not_come(page_of, owner, other_user):
    mine, theirs = page_of(owner), page_of(other_user)
    open_live(mine)
    theirs.goto("/kk/dashboard/")
    steps.press_mood(theirs, 1)
    second = page_of(owner)
    second.goto("/kk/dashboard/")
    steps.press_mood(second, 4)
    expect(mine.locator(".chart__mark")).to_have_count(1)
    assert steps.marks(mine) == ["4"]


def test_a_page_whose_session_has_ended_learns_nothing_and_stops_asking(page_of, owner):
    left_open, signed_in, elsewhere = page_of(owner), page_of(owner), page_of(owner)
    left_open.clock.install()
    connections = through_a_network_that_can_break(left_open)
    open_live(left_open)
    open_live(signed_in)
    Session.objects.filter(session_key=steps.session_of(left_open)).delete()
    elsewhere.goto("/kk/dashboard/")
    steps.press_mood(elsewhere, 3)
    expect(signed_in.locator(".chart__mark")).to_have_count(1)
    left_open.clock.run_for(LONG)
    assert steps.marks(left_open) == []
    assert len(connections) == 1


def test_a_broken_connection_is_made_again_and_what_was_missed_is_shown(page_of, owner):
    computer, phone = page_of(owner), page_of(owner)
    computer.clock.install()
    connections = through_a_network_that_can_break(computer)
    open_live(computer)
    connections[0].close(code=1012)
    expect(computer.locator("#week")).not_to_have_attribute("data-live", "yes")
    phone.goto("/kk/dashboard/")
    steps.press_mood(phone, 5)
    computer.clock.run_for(2000)
    expect(computer.locator(".chart__mark--5")).to_have_count(1)
    expect(computer.locator("#week")).to_have_attribute("data-live", "yes")
    assert len(connections) == 2


def test_a_broken_connection_of_an_ended_session_is_not_made_again(page_of, owner):
    page = page_of(owner)
    page.clock.install()
    connections = through_a_network_that_can_break(page)
    open_live(page)
    Session.objects.filter(session_key=steps.session_of(page)).delete()
    with page.expect_response("**/account/presence/") as asked:
        connections[0].close(code=1012)
        page.clock.run_for(2000)
    assert asked.value.status == 302
    page.clock.run_for(LONG)
    assert len(connections) == 1
