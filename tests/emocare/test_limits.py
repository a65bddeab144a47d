"""What costs much can be asked for often enough by anybody who means it, and not without end."""

from datetime import timedelta

import pytest
import time_machine
from allauth.core.internal.ratelimit import parse_rates
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests.accounts.pictures import drawn, upload
from tests.support.cast import confirm
from tests.support.html import page, text_of

pytestmark = pytest.mark.django_db
COSTLY = {
    "pdf": ("get", "/{}/mood/report/emocare-mood.pdf", {}),
    "csv_out": ("get", "/{}/mood/files/emocare-mood.csv", {}),
    "chat_copy": ("get", "/{}/chat/7c0de6a6-2cd4-4ca3-a3b7-4d6c7b6f2f11/copy/", {}),
    "attachment": ("post", "/{}/chat/7c0de6a6-2cd4-4ca3-a3b7-4d6c7b6f2f11/attach/", {}),
    "csv_in": ("post", "/{}/mood/files/", {}),
    "search": ("post", "/{}/mood/journal/", {"words": "x"}),
    "training_test": ("post", "/{}/training/test/", {}),
    "document": ("post", "/{}/helping-others/applications/7c0de6a6-2cd4-4ca3-a3b7-4d6c7b6f2f11/documents/", {}),
    "code_letter": ("post", "/{}/account/second-factor/letter/", {}),
    "new_codes": ("post", "/{}/account/recovery-codes/new/", {}),
}
TITLES = {"kk": "Әрекет тым көп болды", "ru": "Слишком много попыток", "en": "Too many attempts"}


@pytest.fixture
def one_at_most(settings):
    """Let each costly action happen once an hour."""
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | dict.fromkeys([*COSTLY, "picture"], "1/h/user")


@pytest.fixture
def browser(as_person, owner) -> Client:
    client = as_person(owner)
    confirm(client, owner)
    return client


@pytest.mark.parametrize("name", COSTLY)
def test_too_often_is_answered_with_a_page_that_says_to_wait(one_at_most, browser, as_person, other_user, name):
    method, place, sent = COSTLY[name]
    stranger = as_person(other_user)
    confirm(stranger, other_user)
    assert getattr(browser, method)(place.format("en"), sent).status_code != 429
    for language, title in TITLES.items():
        answer = getattr(browser, method)(place.format(language), sent)
        assert answer.status_code == 429
        assert text_of(page(answer).h1) == title
    assert getattr(stranger, method)(place.format("en"), sent).status_code != 429


def test_only_a_picture_counts_and_the_rest_of_the_profile_can_be_saved(one_at_most, browser):
    answers = {"shown_name": "Әсем", "language": "kk", "time_zone": "UTC", "avatar": "sun", "region": "abai"}
    sent = [browser.post("/kk/profile/", answers | {"upload": upload(drawn("PNG"))}).status_code for _ in range(2)]
    assert sent == [302, 429]
    assert browser.post("/kk/profile/", answers).status_code == 302


def test_after_the_time_it_can_be_asked_for_again(one_at_most, browser):
    place = "/kk/mood/files/emocare-mood.csv"
    assert [browser.get(place).status_code for _ in range(2)] == [200, 429]
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert browser.get(place).status_code == 200


def test_reading_and_searching_pages_is_not_counted(one_at_most, browser):
    assert [browser.get("/kk/mood/journal/").status_code for _ in range(3)] == [200] * 3
    assert [browser.get("/kk/mood/files/").status_code for _ in range(3)] == [200] * 3


@pytest.mark.parametrize("name", [*COSTLY, "picture"])
def test_whoever_means_it_never_gets_there(name):
    for rate in parse_rates(settings.ACCOUNT_RATE_LIMITS[name]):
        assert rate.per == "user"
        assert rate.amount >= 20
