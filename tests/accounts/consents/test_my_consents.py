"""The page of one's consents: what holds, what was, and the words of each."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.choices import Purpose
from accounts.consents import giving
from accounts.models import ConsentText
from tests.accounts.kin.support import agree, at, child_of, guardian_link
from tests.accounts.support import phrase
from tests.support.cast import make_person
from tests.support.consents import show_to
from tests.support.html import page, text_of

pytestmark = pytest.mark.django_db
MINE = "/kk/profile/consents/"


def section(browser, name: str) -> str:
    return text_of(page(browser.get(MINE)).select_one(f"section[aria-labelledby={name}]"))


def test_it_shows_what_was_given_and_what_not(as_person, owner, assigned_psychologist):
    show_to(assigned_psychologist, owner, Purpose.SHARE_MOODS)
    shown = section(as_person(owner), "now")
    assert shown.count(phrase("You agreed")) == 2
    assert shown.count(phrase("You did not agree to it")) == 2  # notes, and answers to tests
    assert str(assigned_psychologist) in shown


def test_the_history_keeps_what_was_taken_back(as_person, owner):
    browser = as_person(owner)
    giving.take_back(user=owner, purpose=Purpose.SERVICE)
    giving.give(user=owner, purpose=Purpose.SERVICE, language="ru")
    assert section(browser, "history").count(phrase("Using Emocare")) >= 2


def test_the_words_that_were_shown_can_be_read_in_their_language(as_person, owner):
    giving.take_back(user=owner, purpose=Purpose.SERVICE)
    text = giving.give(user=owner, purpose=Purpose.SERVICE, language="ru").text
    shown = page(as_person(owner).get(f"{MINE}texts/{text.public_id}/"))
    body = shown.select_one("main [lang=ru]")
    assert text_of(body) == " ".join(text.text.split())


def test_a_text_that_one_did_not_agree_to_does_not_exist(as_person, owner, other_user):
    giving.take_back(user=owner, purpose=Purpose.SERVICE)
    text = giving.give(user=owner, purpose=Purpose.SERVICE, language="ru").text
    assert as_person(other_user).get(f"{MINE}texts/{text.public_id}/").status_code == 404


def test_a_consent_from_before_texts_were_kept_says_so(as_person, owner):
    owner.consents.update(text=None)
    assert phrase("The words of this text were not kept yet at that time.") in section(as_person(owner), "history")


@at()
def test_a_child_sees_the_consent_of_a_legal_representative_with_its_text_and_not_the_name(client):
    child_of(client)
    agree(guardian_link(client))
    shown = section(client, "guardians")
    assert phrase("Mother") in shown
    assert "Гүлнәр" not in shown
    text = ConsentText.objects.get(purpose=Purpose.CHILD)
    assert client.get(f"{MINE}texts/{text.public_id}/").status_code == 200


def test_a_long_history_costs_no_more_queries(as_person, owner, assigned_psychologist):
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            as_person(owner).get(MINE)
        return len(counted)

    show_to(assigned_psychologist, owner, Purpose.SHARE_MOODS)
    before = queries()
    for _ in range(4):
        show_to(assigned_psychologist, owner)
        show_to(assigned_psychologist, owner, Purpose.SHARE_MOODS, Purpose.SHARE_NOTES)
    assert queries() == before


def test_a_second_press_at_the_same_moment_gives_one_consent(owner):
    for _ in range(2):
        giving.give(user=owner, purpose=Purpose.HELPING, language="kk")
    assert owner.consents.filter(purpose=Purpose.HELPING).count() == 1
    assert make_person("another").consents.count() == 1
