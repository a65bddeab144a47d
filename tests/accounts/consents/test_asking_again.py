"""Whoever has not agreed to the current text is asked on the next page, and nothing else opens until they do."""

import pytest
from asgiref.sync import sync_to_async
from django.core.management import call_command

from accounts.choices import Purpose
from accounts.consents import VERSIONS, changes
from accounts.models import Consent, User
from tests.accounts.kin.support import agree, at, child_of, guardian_link
from tests.accounts.support import phrase, title
from tests.support.consents import OLD, agreed_long_ago, never_agreed
from tests.support.html import errors, page, said, text_of, typed
from tests.support.sockets import Socket, play
from tracker.models import MoodEntry

pytestmark = pytest.mark.django_db
AGAIN = "/kk/account/consent/"


def test_a_new_version_asks_once_and_then_everything_opens(as_person, owner):
    browser = as_person(owner)
    agreed_long_ago(owner)
    assert browser.get("/kk/mood/").url == AGAIN
    shown = browser.get(AGAIN)
    assert title(shown) == phrase("The text that you agreed to has changed")
    for line in changes.since(OLD):
        assert str(line) in text_of(page(shown).main)
    assert errors(browser.post(AGAIN), "consent")
    assert browser.post(AGAIN, {"consent": "on"}).url == "/kk/dashboard/"
    assert browser.get("/kk/mood/").status_code == 200
    assert browser.get(AGAIN).url == "/kk/dashboard/"
    old, new = owner.consents.order_by("pk")
    assert (old.version, new.version) == (OLD, VERSIONS[Purpose.SERVICE])
    assert old.withdrawn_at
    assert User.objects.get(pk=owner.pk).agreed_version == new.version


@pytest.mark.parametrize("shown", [OLD, "", "a\0b"])
def test_a_page_that_stood_open_while_the_text_changed_agrees_to_nothing(as_person, owner, shown):
    browser = as_person(owner)
    agreed_long_ago(owner)
    assert typed(browser.get(AGAIN), "version") == VERSIONS[Purpose.SERVICE]
    answer = browser.post(AGAIN, {"consent": "on", "version": shown}, follow=True)
    assert said(answer)[0].startswith("warning:")
    assert owner.consents.get().version == OLD
    assert browser.post(AGAIN, {"consent": "on", "version": VERSIONS[Purpose.SERVICE]}).url == "/kk/dashboard/"


def test_what_somebody_wrote_while_the_text_changed_is_kept(as_person, owner):
    browser = as_person(owner)
    agreed_long_ago(owner)
    browser.post("/kk/mood/record/", {"level": "2"})
    assert MoodEntry.objects.get().owner == owner
    assert browser.get("/kk/mood/").url == AGAIN


def test_whoever_never_agreed_records_nothing(as_person, owner):
    browser = as_person(owner)
    never_agreed(owner)
    assert browser.post("/kk/mood/record/", {"level": "2"}).url == AGAIN
    assert not MoodEntry.objects.exists()


def test_what_changed_is_told_only_of_versions_that_came_later():
    assert changes.since(OLD)
    assert changes.since(VERSIONS[Purpose.SERVICE]) == []
    assert changes.since("") == []


def test_whom_an_administrator_made_is_asked_at_the_first_sign_in(as_person, owner):
    never_agreed(owner)
    browser = as_person(owner)
    assert browser.get("/kk/dashboard/").url == AGAIN
    shown = browser.get(AGAIN)
    assert title(shown) == phrase("Your consent is needed")
    assert not page(shown).select("#new")
    browser.post(AGAIN, {"consent": "on"})
    assert browser.get("/kk/dashboard/").status_code == 200


def test_the_first_administrator_comes_through_second_factor_and_consent(as_person, settings):
    call_command("createsuperuser", email="first@example.kz", interactive=False)
    first = User.objects.get(email="first@example.kz")
    before = as_person(first, verified=False)
    assert before.get("/kk/dashboard/").url == "/kk/account/factors/"
    assert before.get("/kk/account/factors/authenticator/").status_code in {200, 302}
    browser = as_person(first)
    assert browser.get("/admin/").url == AGAIN
    browser.post(AGAIN, {"consent": "on"})
    assert browser.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    "place",
    [
        *("urgent-help", "privacy", "account/logout", "account/password/change", "profile/data", "profile/who-looked"),
        *("profile/data/download", "profile/data/delete", "profile/consents"),
    ],
)
def test_help_and_the_ways_out_stay_open(as_person, owner, place):
    agreed_long_ago(owner)
    assert as_person(owner).get(f"/kk/{place}/").status_code == 200


def test_a_script_hears_a_refusal(as_person, owner):
    never_agreed(owner)
    answer = as_person(owner).post("/kk/mood/record/", {"level": "2"}, headers={"accept": "application/json"})
    assert answer.status_code == 403
    assert answer.json()["wrong"]


@pytest.mark.django_db(transaction=True)
def test_a_websocket_is_refused(as_person, owner):
    agreed_long_ago(owner)
    browser = as_person(owner)

    async def scene():
        channel = await sync_to_async(Socket)(browser, "/ws/news/")
        assert not await channel.connect()
        assert channel.code == 4403

    play(scene)


@at()
def test_a_child_is_asked_again_as_a_child(client):
    child = child_of(client)
    agree(guardian_link(client))
    agreed_long_ago(child)
    assert client.get("/kk/mood/").url == AGAIN
    client.post(AGAIN, {"consent": "on"})
    assert client.get("/kk/mood/").status_code == 200
    assert set(Consent.objects.values_list("purpose", flat=True)) == {Purpose.CHILD}


@at()
def test_a_legal_representative_agrees_to_a_new_version_through_the_child(client):
    child = child_of(client)
    agree(guardian_link(client))
    child.guardian_consents.update(version=OLD)
    assert client.get("/kk/mood/").url == "/kk/account/guardian/"
    why = phrase("The text that your legal representative agreed to has changed. Please ask them once more.")
    assert why in text_of(page(client.get("/kk/account/guardian/")).main)
    agree(guardian_link(client))
    assert client.get("/kk/mood/").status_code == 200
    old, new = child.guardian_consents.order_by("pk")
    assert old.withdrawn_at
    assert not new.withdrawn_at


def test_consenting_costs_no_query_on_a_page(as_person, owner, django_assert_max_num_queries):
    browser = as_person(owner)
    browser.get("/kk/supporting/")
    with django_assert_max_num_queries(4):
        browser.get("/kk/supporting/")
