"""What a request comes from: the button, or words and answers after which its person pressed."""

import pytest

from emergency.choices import Level, Origin
from emergency.models import HelpRequest
from tests.emergency.heeding.test_heeding_card import notice

pytestmark = pytest.mark.django_db
ASK = "/en/urgent-help/ask/"


def test_after_words_it_comes_from_the_journal_with_their_level_and_once(as_person, owner):
    client = as_person(owner)
    notice(client, Level.IMMINENT)
    client.post("/en/noticed/ask-now/")
    client.post(ASK)
    made = HelpRequest.objects.get()
    assert (made.user, made.origin, made.level, made.words) == (owner, Origin.JOURNAL, Level.IMMINENT, "")
    assert "help_from" not in client.session


def test_by_the_button_it_is_urgent_and_comes_from_the_button(as_person, owner):
    as_person(owner).post(ASK)
    made = HelpRequest.objects.get()
    assert (made.origin, made.level) == (Origin.BUTTON, Level.HIGH)
