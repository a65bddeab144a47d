"""From words or answers that tell of danger one press leads to the page that calls people at once."""

from datetime import timedelta

import pytest
import time_machine
from django.test import RequestFactory
from django.utils import timezone

from accounts.choices import Role
from emergency.choices import Level, Origin
from emergency.requests import origin
from tests.emergency.heeding.test_heeding_card import card, notice
from tests.support.cast import make_person
from tests.support.html import page, text_of
from tests.support.past_requests import asked
from tests.support.results import phq9, take

pytestmark = pytest.mark.django_db
ASK = "/en/urgent-help/ask/"


@pytest.fixture
def owners(as_person, owner):
    make_person("saule", role=Role.PSYCHOLOGIST)
    return as_person(owner)


def came(client) -> origin.Came:
    request = RequestFactory().get(ASK)
    request.session = client.session
    return origin.recall(request)


def buttons(found) -> list[str]:
    return [text_of(button) for button in found.select("form[action*='/ask'] button")]


def test_what_is_offered_first_goes_by_the_level(owners):
    now, later = "Ask for help here now", "Ask for a psychologist"
    for level, offered in ((Level.WATCH, [later]), (Level.HIGH, [now, later]), (Level.IMMINENT, [now])):
        notice(owners, level)
        assert buttons(card(owners)) == offered


def test_of_the_words_only_the_level_goes_along_and_no_address_says_it(owners):
    notice(owners, Level.IMMINENT)
    assert "They never see these words" in text_of(card(owners))
    answer = owners.post("/en/noticed/ask-now/")
    assert answer["Location"] == ASK
    assert came(owners) == origin.Came(Origin.JOURNAL, Level.IMMINENT)
    assert "heeded" not in owners.session
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert came(owners) == origin.USUAL


def test_whoever_pressed_when_the_card_was_gone_is_led_on_all_the_same(owners):
    assert owners.post("/en/noticed/ask-now/")["Location"] == ASK
    assert came(owners) == origin.USUAL


def test_after_a_critical_answer_the_level_of_the_step_goes_along(owners, owner):
    result = take(owner, phq9(4, **{"9": 1}), passed=False)
    step = f"/en/tests/result/{result.public_id}/safety/"
    assert page(owners.get(step)).select_one("button[value=ask-now][form=step]")
    assert owners.post(step, {"do": "ask-now"})["Location"] == ASK
    assert came(owners) == origin.Came(Origin.TEST, Level.HIGH)


def test_whoever_asked_already_is_led_to_what_became_of_it(owners, owner):
    place = f"/en/urgent-help/request/{asked(owner).public_id}/"
    result = take(owner, phq9(4, **{"9": 1}), passed=False)
    notice(owners)
    assert card(owners).select_one(f"a[href='{place}']")
    assert not card(owners).select("form[action$='/ask-now/']")
    assert page(owners.get(f"/en/tests/result/{result.public_id}/safety/")).select_one(f"main a[href='{place}']")
