"""Signed out when nothing happens: how long it lasts, what counts, a shared computer."""

import time
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from accounts.choices import Role
from accounts.factors.access import must_have
from accounts.models import KnownDevice, SignIn
from accounts.signin import devices
from tests.accounts.signin.proofs import solved
from tests.accounts.support import phrase
from tests.support.cast import PASSWORD, make_person, verify
from tests.support.html import page, text_of

pytestmark = pytest.mark.django_db
PRESENCE = "/kk/account/presence/"
HOURS = 3600


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-03-01 12:00 +0500", tick=False) as clock:
        yield clock


def sign_in(name: str = "owner@example.kz", **answers: str) -> Client:
    client = Client()
    client.post("/kk/account/login/", {"login": name, "password": PASSWORD} | answers)
    return client


def is_in(client: Client) -> bool:
    return client.get("/kk/dashboard/").status_code == 200


def act(client: Client) -> None:
    """Let something have happened a moment ago."""
    session = client.session
    session["seen"] = int(time.time())
    session.save()


@pytest.mark.parametrize(
    ("fields", "minutes"),
    [
        ({}, 12 * 60),
        ({"role": Role.VOLUNTEER}, 2 * 60),
        ({"role": Role.PSYCHOLOGIST}, 30),
        ({"role": Role.STAFF}, 30),
        ({"is_staff": True}, 15),
        ({"is_staff": True, "role": Role.VOLUNTEER}, 15),
    ],
)
def test_how_long_it_lasts_depends_on_the_role(clock, fields, minutes):
    person = make_person("somebody", **fields)
    client = sign_in("somebody@example.kz")
    if must_have(person):
        verify(client, person)
    clock.shift(minutes * 60 - 1)
    assert is_in(client)
    clock.shift(minutes * 60 + 1)
    assert not is_in(client)


def test_whoever_is_signed_out_is_told_and_comes_back_to_the_page(owner, clock):
    client = sign_in()
    clock.shift(12 * HOURS + 1)
    answer = client.get("/kk/mood/journal/?page=1")
    assert answer.url == "/kk/account/login/?next=/kk/mood/journal/%3Fpage%3D1&ended=idle"
    told = phrase(
        "You were signed out because nothing happened for a long time. What you saved is still there. Sign in to go on."
    )
    assert told in text_of(page(client.get(answer.url)).main)
    back = client.post(answer.url, {"login": owner.email, "password": PASSWORD, "next": "/kk/mood/journal/?page=1"})
    assert back.url == "/kk/mood/journal/?page=1"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_way_back_never_leads_to_another_site(owner, target):
    answers = {"login": owner.email, "password": PASSWORD, "next": target}
    assert Client().post("/kk/account/login/?ended=idle", answers).url == "/kk/dashboard/"


def test_what_pages_ask_by_themselves_does_not_count(owner, clock):
    client = sign_in()
    for _ in range(5):
        clock.shift(3 * HOURS)
        for address in ("/kk/mood/sync/", "/kk/mood/week/", PRESENCE):
            client.get(address)
    assert not is_in(client)


def test_a_page_that_a_script_fetches_anew_by_itself_does_not_count_either(owner, clock):
    client = sign_in()
    for _ in range(5):
        clock.shift(3 * HOURS)
        client.get("/kk/mood/", headers={"x-background": "yes"})
    assert not is_in(client)


def test_whatever_the_person_does_counts(owner, clock):
    client = sign_in()
    for address in ("/kk/mood/", "/kk/about/", "/kk/mood/", "/kk/profile/"):
        clock.shift(11 * HOURS)
        assert client.get(address).status_code == 200
    assert is_in(client)


def test_typing_counts_from_when_it_happened(owner, clock):
    client = sign_in()
    clock.shift(11 * HOURS)
    assert client.get(PRESENCE).json() == {"left": HOURS}
    assert client.post(PRESENCE, {"age": str(2 * HOURS)}).json() == {"left": 10 * HOURS}
    assert client.post(PRESENCE, {"age": "0"}).json() == {"left": 12 * HOURS}
    assert client.post(PRESENCE, {"age": str(9 * HOURS)}).json() == {"left": 12 * HOURS}


@pytest.mark.parametrize("age", ["", "-99999", "x", "1e9", "9" * 50, "٣", "\0"])
def test_nonsense_as_an_age_means_now(owner, clock, age):
    client = sign_in()
    clock.shift(HOURS)
    assert client.post(PRESENCE, {"age": age}).json() == {"left": 12 * HOURS}


def test_whoever_is_signed_out_has_no_presence(owner, clock):
    client = sign_in()
    clock.shift(13 * HOURS)
    assert client.post(PRESENCE, {"age": "0"}).status_code == 302
    assert SignIn.objects.get().ended_at


def test_the_session_is_written_at_most_once_a_minute(owner, clock, django_assert_num_queries):
    client = sign_in()
    client.get("/kk/mood/sync/")
    with django_assert_num_queries(2):
        client.get("/kk/account/reauthenticate/")
    clock.shift(61)
    client.get("/kk/account/reauthenticate/")
    assert SignIn.objects.get().seen_at.timestamp() == client.session["seen"]


def test_a_page_of_somebody_signed_in_knows_how_long_is_left_and_no_other_does(owner):
    dialog = page(sign_in().get("/kk/profile/")).select_one("[data-module=time-out]")
    assert dialog["data-left"] == str(12 * HOURS)
    assert not page(Client().get("/kk/about/")).select("[data-module=time-out]")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_help_page_says_how_long_it_lasts_without_the_database(language, django_assert_num_queries):
    with django_assert_num_queries(0):
        part = text_of(page(Client().get(f"/{language}/help/")).main)
    for number in ("12", "2", "30", "15", "10"):
        assert number in part


# A shared computer


def test_on_a_shared_computer_it_ends_with_the_browser_and_after_ten_minutes(owner, clock):
    client = sign_in(shared="on")
    assert client.cookies["sessionid"]["max-age"] == ""
    assert client.cookies["sessionid"]["expires"] == ""
    clock.shift(10 * 60 + 1)
    ended = client.get("/kk/dashboard/")
    assert ended.url.endswith("&ended=idle")
    assert ended["Clear-Site-Data"] == '"cache", "storage"'


def test_a_shared_computer_is_not_known_again_and_its_pages_keep_nothing(owner):
    client = sign_in(shared="on")
    assert devices.COOKIE not in client.cookies
    assert not KnownDevice.objects.exists()
    assert page(client.get("/kk/dashboard/")).html.has_attr("data-shared")
    assert not page(sign_in().get("/kk/dashboard/")).html.has_attr("data-shared")


@pytest.mark.parametrize("way", ["/kk/account/logout/", "/exit/", "/kk/account/sign-ins/end-all/"])
def test_signing_out_of_a_shared_computer_clears_what_the_browser_kept(owner, way):
    assert sign_in(shared="on").post(way)["Clear-Site-Data"] == '"cache", "storage"'
    assert "storage" not in sign_in().post(way).headers.get("Clear-Site-Data", "")


@pytest.mark.usefixtures("easy_proofs")
def test_an_account_without_a_name_is_made_on_a_shared_computer(client):
    answers = {
        "nickname": "Дала",
        "password": PASSWORD,
        "age": "adult",
        "consent": "on",
        "shared": "on",
        "altcha": solved(),
    }
    client.post("/kk/account/sign-up/anonymous/", answers)
    assert client.cookies["sessionid"]["max-age"] == ""
    assert devices.COOKIE not in client.cookies
    assert SignIn.objects.get().shared


def test_the_next_person_at_the_same_browser_says_it_anew(owner):
    client = sign_in(shared="on")
    client.post("/kk/account/logout/")
    client.post("/kk/account/login/", {"login": owner.email, "password": PASSWORD})
    assert not client.session.get("shared_computer")
    assert client.cookies["sessionid"]["max-age"] == settings.SESSION_COOKIE_AGE


def test_a_sign_in_lasts_thirty_days_at_most_and_a_day_for_those_who_see_others():
    assert settings.SESSION_HOURS == {"user": 720, "staff": 24}


@pytest.mark.parametrize(("fields", "hours"), [({}, 300), ({"role": Role.VOLUNTEER}, 300), ({"role": Role.STAFF}, 24)])
def test_nobody_stays_signed_in_for_ever_however_much_happens(clock, settings, fields, hours):
    settings.SESSION_HOURS = {"user": 300, "staff": 24}
    person = make_person("somebody", **fields)
    client = sign_in("somebody@example.kz")
    if must_have(person):
        verify(client, person)
    clock.shift(hours * HOURS - 60)
    act(client)
    assert is_in(client)
    clock.shift(60)
    answer = client.get("/kk/mood/")
    assert answer.url == "/kk/account/login/?next=/kk/mood/&ended=age"
    told = "You signed in here a long time ago. To keep your account safe, please sign in once more."
    assert phrase(f"{told} What you saved is still there.") in text_of(page(client.get(answer.url)).main)
    assert not SignIn.objects.filter(ended_at=None).exists()


def test_what_was_being_written_at_that_time_is_still_taken_for_an_hour(owner, clock, settings):
    settings.SESSION_HOURS = {"user": 300, "staff": 24}
    client = sign_in()
    for minutes, status in ((30, 200), (60, 302)):
        clock.move_to(SignIn.objects.get().at + timedelta(hours=300, minutes=minutes))
        act(client)
        assert client.post(PRESENCE, {"age": "0"}).status_code == status
