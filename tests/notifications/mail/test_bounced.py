"""Letters that come back, and addresses to which none arrive."""

import io
import os
import sys
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts import letters as account_letters
from notifications.choices import Post, State
from notifications.mail import failing
from notifications.models import Delivery, Letter, Notification
from notifications.services import notify
from tests.support.background import work
from tests.support.html import page

pytestmark = pytest.mark.django_db
HERE = "owner@example.kz"
REPORT = """From: MAILER-DAEMON@mail.example.kz
Content-Type: multipart/report; report-type=delivery-status; boundary="x"
MIME-Version: 1.0

--x
Content-Type: text/plain

I could not deliver it.
--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.kz

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no such user

--x
Content-Type: {kind}

Message-ID: {message_id}
Subject: hello

--x--
"""


def report(letter, address=HERE, action="failed", status="5.1.1", kind="text/rfc822-headers") -> str:
    message_id = letter["Message-ID"]
    return REPORT.format(address=address, action=action, status=status, kind=kind, message_id=message_id)


@pytest.fixture
def bounced(monkeypatch):
    """Return a way to give something to `manage.py bounced`; its exit code and what it says."""

    def give(raw: str | bytes) -> tuple[int, str]:
        said = io.StringIO()
        raw = raw.encode() if isinstance(raw, str) else raw
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        try:
            call_command("bounced", stdout=said)
        except CommandError as error:
            return error.returncode, str(error)
        return 0, said.getvalue()

    return give


@pytest.fixture
def sent(owner, outbox):
    """Return a way to send the owner a letter; the letter as it arrives."""

    def send(subject: str = "a"):
        EmailMessage(subject, "b", to=[HERE]).send()
        work("notifications.send_letter")
        return outbox[-1]

    return send


def state() -> str:
    return Letter.objects.latest("pk").state


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_a_report_marks_its_letter_as_returned(sent, bounced, kind):
    given = report(sent(), kind=kind)
    assert bounced(given)[0] == 0
    assert state() == Post.RETURNED
    assert bounced(given) == (0, "Nothing new.\n")


def test_a_letter_that_is_only_late_is_not_returned(sent, bounced):
    assert bounced(report(sent(), action="delayed", status="4.4.7"))[0] == 0
    assert state() == Post.SENT


@pytest.mark.parametrize(
    "wrong",
    [
        lambda good: "",
        lambda good: "Subject: hello\n\nhello",
        lambda good: b"\xff\x00\xfe" * 1000,
        lambda good: good + "x" * 10 * 1024 * 1024,
        lambda good: good.replace("Message-ID: <", "Message-ID: <x"),
        lambda good: good.replace("Message-ID", "X-Message-ID"),
        lambda good: good.replace(HERE, "stranger@example.kz"),
        lambda good: good.replace("delivery-status\n", "nothing\n"),
        lambda good: good.replace("<", "<00000000-0000-4000-8000-000000000000@localhost> <"),
        lambda good: "\n".join(f'Content-Type: multipart/mixed; boundary="{n}"\n\n--{n}' for n in range(3000)),
    ],
)
def test_what_is_no_report_about_our_letter_is_refused_and_changes_nothing(sent, bounced, wrong):
    code, said = bounced(wrong(report(sent())))
    assert code == os.EX_DATAERR
    assert said
    assert HERE not in said
    assert state() == Post.SENT


def test_letters_that_come_back_stop_news_but_not_letters_about_the_account(sent, bounced, owner, outbox):
    for _time in range(failing.ENOUGH):
        bounced(report(sent()))
    assert Notification.objects.filter(user=owner, kind="mail").count() == 1
    work()
    outbox.clear()
    notify(owner, "mail", {"what": "failing"})
    work()
    assert outbox == []
    assert set(Delivery.objects.filter(channel="email").values_list("state", flat=True)) <= {State.DROPPED}
    account_letters.send(owner, "password_set")
    work()
    assert len(outbox) == 1


def test_one_letter_or_one_that_the_content_stopped_is_not_enough(sent, bounced, owner):
    bounced(report(sent()))
    for _time in range(3):
        bounced(report(sent(), status="5.7.1"))
    assert not failing.is_failing(owner)


def test_refused_letters_count_too(owner, difficult_server):
    for _time in range(failing.ENOUGH):
        difficult_server.handler.to_recipient.append("550 5.1.1 no such user")
        account_letters.send(owner, "password_set")
        work()
    assert failing.is_failing(owner)


@pytest.fixture
def unreachable(owner):
    for _time in range(failing.ENOUGH):
        failing.count(HERE)
    return owner


def test_the_person_is_told_inside_and_says_that_the_address_is_right(as_person, unreachable):
    client = as_person(unreachable)
    told = page(client.get("/en/notifications/preferences/")).select_one("section[aria-labelledby=mail-failing]")
    assert told.select_one("a[href='/en/account/email/']")
    client.post(told.form["action"])
    assert not failing.is_failing(unreachable)
    assert not page(client.get("/en/notifications/preferences/")).select("#mail-failing")


def test_another_address_or_one_confirmed_again_is_trusted(unreachable):
    unreachable.email = "new@example.kz"
    assert not failing.is_failing(unreachable)
    unreachable.email = HERE
    assert failing.is_failing(unreachable)
    address = EmailAddress.objects.get(user=unreachable)
    address.verified = False
    address.save()
    Client().post(f"/kk/account/confirm-email/{EmailConfirmationHMAC(address).key}/")
    assert not failing.is_failing(unreachable)


def test_a_letter_that_did_not_come_back_for_two_days_shows_that_the_address_works(unreachable, sent):
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        sent()
    assert failing.is_failing(unreachable)
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert not failing.is_failing(unreachable)


def test_after_a_month_it_is_tried_again(unreachable):
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert not failing.is_failing(unreachable)
