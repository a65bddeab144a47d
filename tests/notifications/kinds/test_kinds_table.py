"""The table of kinds: every sentence is said in every language, leads to a page, and says nothing outside."""

import uuid

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from accounts.choices import Role
from emocare.notices import Audience, How, tell
from notifications.kinds import for_person, table
from notifications.services import notify
from tests.support.cast import make_person
from tests.support.news import told

SENTENCES = [(kind, what) for kind in table().values() for what in kind.news]
OUTSIDE = {
    "There is something new for you in Emocare",
    "Somebody waits for you in Emocare",
    "You are called in Emocare now",
    "Emocare: a minute for yourself",
    "A colleague asks for you in Emocare",
    "You are on duty soon",
    "The duty rota has hours without anybody",
}
ALL = ["helping", "supporting", "role", "mood_reminder", "tests", "follow_up", "help_request", "mail"]
ALL += ["chat", "chat_alarm"]
CALLED = ["urgent", "urgent_again", "urgent_words"]
ATTENTION = ["attention", "attention_again"]
DUTY, ROTA = ["duty", "duty_begins"], ["duty_gaps", "duty_exchanges"]
HELPS = ["people", "urgent_colleague", "chat_danger"]


@pytest.mark.parametrize(("kind", "what"), SENTENCES, ids=lambda part: getattr(part, "key", part))
def test_every_sentence_is_said_in_each_language_and_leads_to_a_page(kind, what):
    news, said = kind.news[what], set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said |= {str(news.text), str(kind.label), str(kind.outside)}
            assert reverse(news.page, kwargs={name: uuid.uuid4() for name in news.arguments})
    assert len(said) == 3 * len(settings.LANGUAGES)


def test_outside_of_emocare_only_these_words_are_shown():
    with translation.override("en"):
        assert {str(kind.outside) for kind in table().values()} == OUTSIDE


def test_only_what_is_about_danger_cannot_be_turned_off():
    assert {k.key for k in table().values() if k.safety} == {
        *ATTENTION,
        *CALLED,
        "follow_up",
        "help_request",
        "urgent_colleague",
        "chat_danger",
        "chat_alarm",
        "duty_begins",
        "duty_gaps",
    }
    assert all(kind.push == How.NOW for kind in table().values())
    assert {k.key for k in table().values() if k.email != How.NOW} == {"attention_again", "urgent_again", "mail"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "more"),
    [(Role.USER, []), (Role.VOLUNTEER, HELPS), (Role.PSYCHOLOGIST, [*HELPS, *ATTENTION, *CALLED, *DUTY])],
)
def test_each_finds_the_kinds_that_they_can_be_told_of(role, more):
    assert {kind.key for kind in for_person(make_person("x", role=role))} == {*ALL, *more}
    assert {k.key for k in table().values() if k.audience == Audience.EVERYBODY} == set(ALL)


@pytest.mark.django_db
def test_administrators_are_told_when_nobody_else_answers(admin):
    assert {kind.key for kind in for_person(admin)} == {*ALL, *CALLED, *ROTA}


@pytest.mark.django_db
def test_the_same_key_tells_once_and_what_does_not_exist_is_a_mistake_of_ours(owner, other_user):
    for person in (owner, owner, other_user):
        tell(person, "tests", "asked", key="7:2026-11-23")
    assert told(owner) == told(other_user) == ["tests asked"]
    with pytest.raises(KeyError):
        tell(owner, "tests", "nothing")
    with pytest.raises(KeyError):
        notify(owner, "nothing", {"what": "asked"})
