"""Saying that the risk check was wrong: one sentence, with consent, and taken back at any time."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.retention.services import run as let_go
from emergency.judgements.choices import Complaint
from emergency.models import Judgement
from tests.support.belongings import judgement_of
from tests.support.html import errors, page, said, summary, text_of, typed
from tests.support.judgements import MISSED, SENT, SENTENCE, WRONG, hidden, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(as_person, owner) -> Client:
    return as_person(owner)


def test_everybody_can_read_what_the_check_is(as_person):
    words = text_of(page(as_person(None).get("/en/risk-check/")).main)
    assert "Nobody is told" in words
    assert "It is wrong at times" in words


def test_without_consent_nothing_is_kept_and_the_words_stay_in_the_form(browser):
    assert not page(browser.get(MISSED)).select_one("[name=agrees]").has_attr("checked")
    answer = send(browser, agrees="", meant="Тым ауыр")
    assert "Without your consent nothing is sent." in errors(answer, "agrees")
    assert (typed(answer, "sentence"), typed(answer, "meant")) == (SENTENCE, "Тым ауыр")
    assert len(summary(answer)) == 1
    assert not Judgement.objects.exists()


def test_with_consent_one_sentence_is_kept_encrypted_with_the_words_that_were_agreed_to(browser, owner):
    answer = send(browser, meant="Мен қауіпте едім")
    assert answer.url == SENT
    assert said(browser.get(SENT)) == ["success: Thank you. Your sentence is sent, and nothing else."]
    kept = Judgement.objects.get()
    assert (kept.user, kept.text, kept.meant, kept.complaint) == (owner, SENTENCE, "Мен қауіпте едім", "missed")
    assert (kept.language, kept.verdict) == ("en", "waits")
    assert kept.agreed_to.startswith("– Administrators of Emocare read it")
    assert kept.agreed_to.endswith("☑ I agree that administrators of Emocare read what I send here")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, meant FROM emergency_judgement")
        assert not any("Мен".encode() in cell or "Бұл".encode() in cell for cell in map(bytes, cursor.fetchone()))


def test_when_the_check_fails_it_is_sent_all_the_same(browser, monkeypatch, caplog):
    def broken(text, **hints):
        raise ValueError(text)

    monkeypatch.setattr("emergency.heeding.assess", broken)
    assert send(browser).status_code == 302
    assert (Judgement.objects.get().text, Judgement.objects.get().confidence) == (SENTENCE, 0)
    assert "ValueError" in caplog.text
    assert SENTENCE not in caplog.text


def test_the_same_form_sent_twice_is_one_sentence_and_other_words_in_it_are_not_lost(browser):
    form = hidden(browser.get(MISSED)) | {"agrees": "on"}
    for words in (SENTENCE, SENTENCE, "Тағы бір сөйлем"):
        assert browser.post(MISSED, form | {"sentence": words}).status_code == 302
    assert sorted(row.text for row in Judgement.objects.all()) == sorted([SENTENCE, "Тағы бір сөйлем"])


def test_where_no_sentence_is_known_the_person_writes_it_and_says_what_was_wrong(browser):
    form = page(browser.get(WRONG)).main
    assert [choice["value"] for choice in form.select("[name=complaint]")] == Complaint.values
    assert "not right?" in text_of(form.legend)
    assert "required" in errors(send(browser, WRONG, complaint=""), "complaint")
    assert send(browser, WRONG, complaint="false-alarm").status_code == 302
    assert Judgement.objects.get().complaint == "false-alarm"


def test_words_about_who_reads_it_that_were_others_on_the_page_agree_to_nothing(browser):
    answer = send(browser, words="0123456789abcdef")
    assert "Please read them once more." in errors(answer, "agrees")
    assert not Judgement.objects.exists()
    assert browser.post(MISSED, hidden(answer) | {"sentence": SENTENCE, "agrees": "on"}).status_code == 302


@pytest.mark.parametrize("words", ["", "   ", "a\0b", "x" * 1001])
def test_words_that_cannot_be_taken_are_said_beside_the_field(browser, words):
    answer = send(browser, sentence=words)
    assert answer.status_code == 200
    assert errors(answer, "sentence")
    assert not Judgement.objects.exists()


def test_a_megabyte_is_refused_with_a_page(browser):
    answer = send(browser, sentence="x" * 1024 * 1024)
    assert answer.status_code == 400
    assert page(answer).h1
    assert not Judgement.objects.exists()


def test_too_often_is_answered_with_a_page_that_says_to_wait(browser, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"judgement": "1/d/user"}
    assert [send(browser).status_code, send(browser).status_code] == [302, 429]
    assert browser.get(MISSED).status_code == 200


def test_who_is_too_young_to_decide_alone_is_told_kindly_and_nothing_is_kept(browser, owner):
    owner.sixteen_from = (timezone.localdate() + timedelta(days=400)).replace(day=1)
    owner.save(update_fields=["sixteen_from"])
    owner.guardian_consents.create(
        name="7", relation="mother", contact="7", version="2026-11-23", language="kk", way="link"
    )
    for place in (MISSED, WRONG):
        assert "At your age" in text_of(page(browser.get(place)).main)
        assert browser.post(place, {"sentence": SENTENCE, "agrees": "on", "form_key": uuid.uuid4()}).status_code == 200
    assert not Judgement.objects.exists()


def test_it_is_taken_back_by_its_person_alone(browser, as_person, owner, other_user):
    sent = judgement_of(owner, text=SENTENCE)
    place = f"{SENT}{sent.public_id}/take-back/"
    stranger = as_person(other_user)
    assert stranger.post(place).status_code == 404
    assert SENTENCE not in stranger.get(SENT).content.decode()
    assert SENTENCE in text_of(page(browser.get(SENT)).main)
    assert browser.post(place).url == SENT
    assert not Judgement.objects.exists()
    assert browser.post(place).status_code == 404


def test_whoever_took_the_consent_to_emocare_back_can_still_take_a_sentence_back(browser, owner):
    sent = judgement_of(owner)
    owner.agreed_version = ""
    owner.save(update_fields=["agreed_version"])
    assert browser.get(MISSED).url == "/en/account/consent/"
    assert browser.get(SENT).status_code == 200
    browser.post(f"{SENT}{sent.public_id}/take-back/")
    assert not Judgement.objects.exists()


def test_what_waits_or_is_of_no_use_goes_after_a_year_and_what_is_learned_from_after_two(owner, admin):
    now = timezone.now()
    label = {"right_level": 0, "right_kind": "none", "right_language": "kk"}
    review = {"reviewed_by": admin, "reviewed_at": now + timedelta(days=10)}
    waits, unusable = judgement_of(owner), judgement_of(owner, verdict="unusable", **review)
    learned = judgement_of(owner, verdict="label", **review, **label)
    for days, left in ((364, {waits, unusable, learned}), (366, {learned}), (739, {learned}), (741, set())):
        with time_machine.travel(now + timedelta(days=days), tick=False):
            let_go()
        assert set(Judgement.objects.all()) == left
