"""An administrator opens signing in again."""

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.choices import EventKind
from accounts.models import JournalEntry, LockOut
from tests.accounts.signin.proofs import solved
from tests.support.cast import PASSWORD
from tests.support.html import page, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("easy_proofs")]
LIST = "/admin/axes/accessattempt/"


@pytest.fixture
def verified(as_person, admin) -> Client:
    client = as_person(admin)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = TOTPDevice.objects.create(user=admin, name="1").persistent_id
    session.save()
    return client


def sign_in(name: str, password: str = PASSWORD):
    return Client().post("/kk/account/login/", {"login": name, "password": password, "altcha": solved()})


def close(name: str) -> None:
    for _ in range(5):
        sign_in(name, "wrong-pass-phrase")
    assert sign_in(name).status_code == 429


def open_again(client: Client, *names: str):
    chosen = AccessAttempt.objects.filter(username__in=names).values_list("pk", flat=True)
    return client.post(LIST, {"action": "open_again", "_selected_action": list(chosen)}, follow=True)


def test_the_list_shows_who_is_closed_out_and_finds_them(verified, owner):
    close("owner@example.kz")
    sign_in("nobody@example.kz", "wrong-pass-phrase")
    rows = page(verified.get(LIST)).select("#result_list tbody tr")
    assert len(rows) == 2
    assert [bool(text_of(row.select_one(".field-closed_until")).strip("-")) for row in rows] == [False, True]
    assert len(page(verified.get(LIST, {"q": "owner"})).select("#result_list tbody tr")) == 1


def test_an_administrator_opens_signing_in_and_it_is_written_down(verified, admin, owner):
    close("owner@example.kz")
    open_again(verified, "owner@example.kz")
    assert sign_in("owner@example.kz").status_code == 302
    event = JournalEntry.objects.get(category="action")
    assert (event.subject, event.actor, event.kind) == (owner.journal_key, admin.journal_key, EventKind.UNLOCKED)


def test_an_account_that_does_not_exist_is_opened_without_a_trace(verified):
    close_nobody = [sign_in("nobody@example.kz").status_code for _ in range(5)]
    assert close_nobody[-1] == 429
    open_again(verified, "nobody@example.kz")
    assert not LockOut.objects.exists()
    assert not JournalEntry.objects.filter(category="action").exists()
