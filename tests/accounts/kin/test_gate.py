"""What is closed to a child without a consent, and what never is."""

import uuid

import pytest
from asgiref.sync import sync_to_async
from django.test import Client
from django.urls import reverse

from tests.accounts.kin.support import ANSWERS, agree, at, child_of, guardian_link
from tests.matrix import MATRIX
from tests.matrix.words import SIGN_IN
from tests.support.crawl import all_patterns
from tests.support.html import page
from tests.support.sockets import Socket, play
from tracker.models import MoodEntry

pytestmark = pytest.mark.django_db
WAITING = "/kk/account/guardian/"
GIVEN = {
    "public_id": uuid.uuid4(),
    "object_id": 1,
    "id": 1,
    "pk": 1,
    "code": "x",
    "token": "x",
    "uidb36": "1",
}
GIVEN |= {"check_id": uuid.uuid4(), "key": "x", "step_slug": "signs", "app_label": "accounts", "content_type_id": 1}
GIVEN |= {"document_id": uuid.uuid4(), "role": "volunteer", "lesson_key": "listening"}
GIVEN |= {"number": 1, "attachment_id": uuid.uuid4()}
GIVEN |= {"assignment_id": uuid.uuid4(), "result_id": uuid.uuid4(), "purpose": "service"}
# Besides public pages: signing out, keeping the account safe, and the pages of the consent itself.
OPEN = {"account_change_password", "account_reauthenticate", "recovery_codes", "renew_recovery_codes"}
OPEN |= {"guardian_wait", "second_factor", "send_factor_code", "presence"}
OPEN |= {"consent_again", "my_consents", "consent_text", "withdraw_consent", "stop_sharing"}
# Seeing who looked, taking everything along and deleting it wait for nobody's consent.
OPEN |= {"my_data", "who_looked", "my_export", "export_file", "erase_account", "keep_account"}
# A second factor comes before the consent where one is needed.
OPEN |= {"factors", "add_authenticator", "add_email_factor", "add_passkey", "passkey_options", "save_passkey"}
OPEN |= {"spare_codes"}
# Whoever asked for a psychologist in danger reads the answer; help that was offered is seen and closed.
OPEN |= {"follow_up", "end_follow_up", "heeded", "close_heeded"}
# What one sent of one's own words is seen and taken back without anybody's consent.
OPEN |= {"my_judgements", "take_back_judgement"}


def addresses() -> dict[str, str]:
    """Return every address of the matrix that needs a sign-in; a code by letter is asked for before it."""
    found = {}
    for name, pattern in all_patterns():
        closed = name in MATRIX and MATRIX[name][0]["nobody"] == SIGN_IN and name != "account_confirm_login_code"
        if closed and not name.startswith("admin:") and name not in {"guardian_link", "own_consent"}:
            wanted = {*pattern.pattern.converters, *getattr(getattr(pattern.pattern, "regex", None), "groupindex", {})}
            found[name] = reverse(name, kwargs={key: GIVEN[key] for key in wanted})
    return found


@at()
def test_whatever_needs_a_sign_in_leads_a_waiting_child_to_the_page_that_explains(client):
    child_of(client)
    wrong = {}
    for name, place in addresses().items():
        for method in ("get", "post"):
            answer = getattr(client, method)(place)
            led = answer.status_code == 302 and answer.url == WAITING
            if led == (name in OPEN and name != "own_consent") and name not in {"guardian_link", "own_consent"}:
                wrong[method, name] = answer.status_code, answer.headers.get("Location")
    assert wrong == {}


@at()
def test_the_administrators_site_is_no_way_round(client):
    child_of(client)
    assert client.get("/admin/").status_code == 302


@at()
def test_nothing_is_recorded_until_somebody_agrees(client):
    child = child_of(client)
    assert client.post("/kk/mood/record/", {"level": "2"}).url == WAITING
    script = client.post("/kk/mood/record/", {"level": "2"}, headers={"accept": "application/json"})
    assert script.status_code == 403
    assert script.json()["wrong"]
    assert not MoodEntry.objects.exists()
    agree(guardian_link(client))
    client.post("/kk/mood/record/", {"level": "2"})
    assert MoodEntry.objects.get().owner == child


@at()
@pytest.mark.parametrize(
    "place", ["urgent-help", "help", "privacy", "rules", "about", "display", "leaving-quickly", "account/logout"]
)
def test_help_in_danger_and_public_pages_are_open(client, place):
    child_of(client)
    assert client.get(f"/kk/{place}/").status_code == 200


@pytest.mark.parametrize(("moment", "asks"), [("2026-11-23", WAITING), ("2028-06-02", "/kk/account/own-consent/")])
def test_the_pages_that_ask_lead_to_the_download_and_the_deletion(client, moment, asks):
    with at():
        child_of(client)
    with at(f"{moment} 12:00 +0500"):
        client.post("/kk/account/login/", {"login": ANSWERS["nickname"], "password": ANSWERS["password"]})
        assert client.get("/kk/dashboard/").url == asks
        shown = page(client.get(asks)).main
        for place in ("/kk/profile/data/download/", "/kk/profile/data/delete/"):
            assert shown.select(f"a[href='{place}']")
            assert client.get(place).status_code == 200


@at()
def test_leaving_quickly_and_signing_out_work(client):
    child_of(client)
    assert client.post("/kk/account/logout/").status_code == 302
    assert client.get("/kk/account/guardian/").url.startswith("/kk/account/login/")


@pytest.mark.django_db(transaction=True)
def test_a_websocket_is_refused_until_somebody_agrees_and_closed_when_it_is_taken_back(client, monkeypatch):
    monkeypatch.setattr("notifications.consumers.NewsConsumer.looks_last", 0)
    child = child_of(client)
    connect = sync_to_async(lambda: Socket(client, "/ws/news/"))

    async def refused():
        channel = await connect()
        assert not await channel.connect()
        assert channel.code == 4403

    play(refused)
    agree(guardian_link(client))

    async def allowed():
        channel = await connect()
        assert await channel.connect()
        await sync_to_async(child.guardian_consents.all().delete)()
        await sync_to_async(MoodEntry.objects.create)(owner=child, level=3)
        from tracker import live

        await sync_to_async(live.changed)(child)
        assert await channel.closed() == 4401

    play(allowed)


@at()
def test_an_adult_pays_no_query_for_the_gate(as_person, owner, django_assert_max_num_queries):
    browser: Client = as_person(owner)
    browser.get("/kk/supporting/")
    with django_assert_max_num_queries(4):
        browser.get("/kk/supporting/")
