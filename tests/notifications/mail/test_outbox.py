"""Letters wait in the database until the worker has given them to the mail server."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from accounts.letters import HASTE
from emocare.background import SAFETY
from notifications.choices import Post
from notifications.models import Letter
from tests.accounts.support import phrase
from tests.support.background import waiting, work
from tests.support.cast import confirm

pytestmark = pytest.mark.django_db
HERE = "owner@example.kz"


def hand_in(subject="Сәлем", text="Мәтін", to=HERE, **more) -> None:
    EmailMessage(subject, text, to=[to], **more).send()


def test_a_letter_is_stored_encrypted_and_sent_once_under_its_own_id(outbox):
    hand_in(text="Құпия сөз")
    letter = Letter.objects.get()
    raw = Letter.objects.values_list("content", "envelope").get()
    assert not any(word.encode() in bytes(part) for word in ("Құпия", HERE) for part in raw)
    assert outbox == []
    assert work() == ["notifications.send_letter"]
    assert [(m["X-To"], m["Message-ID"], m["Subject"]) for m in outbox] == [
        (HERE, f"<{letter.public_id}@localhost>", "Сәлем")
    ]
    assert outbox[0]["Date"]
    assert work() == []


def test_the_words_are_gone_once_it_was_sent(outbox):
    hand_in()
    work()
    letter = Letter.objects.get()
    assert (letter.state, letter.content, letter.envelope) == (Post.SENT, "", "")
    assert letter.ended_at


def test_what_is_rolled_back_sends_nothing(outbox):
    with transaction.atomic():
        hand_in()
        transaction.set_rollback(True)
    assert work() == []
    assert outbox == []


def test_each_recipient_gets_a_letter_of_their_own(outbox):
    EmailMessage("a", "b", to=["one@example.kz", "two@example.kz"], bcc=["one@example.kz"]).send()
    work()
    assert [(m["X-To"], m["To"]) for m in outbox] == [(a, a) for a in ("one@example.kz", "two@example.kz")]
    assert len({m["Message-ID"] for m in outbox}) == 2


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_letter_is_plain_and_html_and_says_its_language(client, owner, outbox, language):
    owner.language = language
    owner.save()
    client.post("/en/account/password/reset/", {"email": HERE})
    work()
    (letter,) = outbox
    assert letter["Content-Language"] == language
    assert letter["Auto-Submitted"] == "auto-generated"
    plain, html = letter.get_body(("plain",)).get_content(), letter.get_body(("html",)).get_content()
    link = re.search(r"http://\S+", plain)[0]
    words = phrase("Follow this link to choose a new password:", language).removesuffix(":")
    assert f'<html lang="{language}">' in html
    assert f'<a href="{link}">{words}</a>' in html
    assert letter.get_content_type() == "multipart/alternative"


def test_html_shows_codes_apart_and_escapes_what_it_is_given_and_fetches_nothing(outbox):
    hand_in("<b>", "Код: 123456\n\n<script>alert(1)</script>\n\njavascript:alert(1)\n\nhttps://a.kz/?a=1&b=2")
    work()
    html = outbox[0].get_body(("html",)).get_content()
    assert "<p>Код:<br><code>123456</code></p>" in html
    assert "<script" not in html
    assert re.findall(r'(?:src|href)="([^"]*)"', html) == ["https://a.kz/?a=1&amp;b=2"]
    assert not re.search(r"url\(|@import|<img|<table", html)


def test_a_subject_with_a_line_break_stays_a_subject(outbox):
    hand_in("Сәлем\r\nBcc: thief@example.kz")
    hand_in("Hello\nX: y")
    work()
    assert [m["Subject"] for m in outbox] == ["Сәлем Bcc: thief@example.kz", "Hello X: y"]
    assert {m["X-To"] for m in outbox} == {HERE}


@pytest.mark.parametrize(
    "address",
    [
        "owner@example.kz\nthief@example.kz",
        "owner@example.kz, thief@example.kz",
        "Owner <owner@example.kz>",
        "әсел@example.kz",
        "\u212aate@example.kz",
        "nobody",
        "a\x00b@example.kz",
    ],
)
def test_what_is_no_address_gets_nothing_and_breaks_nothing(outbox, address):
    hand_in(to=address)
    work()
    assert outbox == []


def test_a_domain_in_kazakh_letters_is_written_to_in_ascii(outbox):
    hand_in(to="owner@пошта.қаз")
    work()
    assert outbox[0]["X-To"] == "owner@xn--80a1acn3a.xn--80ao21a"


def test_whoever_waits_for_a_code_goes_before_the_others(outbox):
    hand_in("news", headers={HASTE: "non-urgent"})
    hand_in("account")
    hand_in("code", headers={HASTE: "urgent"})
    work()
    assert [m["Subject"] for m in outbox] == ["code", "account", "news"]
    assert not any(name.startswith("X-Emocare") for m in outbox for name in m)


def test_a_code_that_works_no_more_is_not_sent(as_person, owner, outbox):
    client = as_person(owner)
    confirm(client, owner)
    client.post("/kk/account/factors/email/", {"send": "1"})
    (job,) = waiting("notifications.send_letter")
    assert job.priority == SAFETY
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        work()
    assert outbox == []
    assert Letter.objects.get().state == Post.EXPIRED


def test_a_letter_that_waited_three_days_is_not_sent(outbox):
    hand_in()
    with time_machine.travel(timezone.now() + timedelta(hours=73)):
        work()
    assert outbox == []
    letter = Letter.objects.get()
    assert (letter.state, letter.content) == (Post.EXPIRED, "")
