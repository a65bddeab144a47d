"""Saying "this was not right" of an offer of help that was just made: the sentence is there already."""

import pytest
from django.test import Client

from emergency.models import Judgement
from tests.support.html import page, typed
from tests.support.judgements import WRONG, send

pytestmark = pytest.mark.django_db
NOTE = "Бүгін күн жылы болды. Мен өмір сүргім келмейді. Ертең дүкенге барамын."
SENTENCE = "Мен өмір сүргім келмейді."


@pytest.fixture
def offered(as_person, owner) -> Client:
    """Return a browser in which a note was answered with help."""
    client = as_person(owner)
    client.post("/en/mood/record/", {"level": "1", "note": NOTE})
    assert card(client)
    return client


def card(client: Client) -> bool:
    return bool(page(client.get("/en/dashboard/")).select_one("#heeded"))


def test_the_card_leads_to_the_sentence_alone_which_can_be_changed(offered):
    assert page(offered.get("/en/dashboard/")).select_one(f'#heeded a[href="{WRONG}"]')
    form = offered.get(WRONG)
    assert typed(form, "sentence") == SENTENCE
    assert [choice["value"] for choice in page(form).select("main [name=complaint]")] == ["false-alarm", "other"]
    assert NOTE not in form.content.decode()


def test_what_was_sent_is_kept_as_the_check_reads_it_and_the_offer_goes(offered):
    assert send(offered, WRONG, sentence=SENTENCE, complaint="false-alarm").status_code == 302
    kept = Judgement.objects.get()
    assert (kept.text, kept.level > 0, kept.kind) == (SENTENCE, True, "suicide")
    assert not card(offered)


def test_what_they_add_is_read_like_everything_else(offered):
    send(offered, WRONG, sentence=SENTENCE, complaint="false-alarm", meant="Не хочу больше жить")
    assert card(offered)


def test_a_sentence_that_was_missed_is_answered_with_help_when_it_is_noticed_now(as_person, owner):
    client = as_person(owner)
    send(client, sentence=SENTENCE)
    assert card(client)


def test_the_page_opens_also_when_the_check_fails_now(offered, monkeypatch):
    def broken(text, **hints):
        raise ValueError(text)

    monkeypatch.setattr("emergency.heeding.assess", broken)
    assert typed(offered.get(WRONG), "sentence") in NOTE
