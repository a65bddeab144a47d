"""Links of letters that stop them: for whoever holds one, without signing in, and for nobody else."""

import logging

import pytest
from django.test import Client
from django.utils.translation import gettext as _

from emocare.notices import tell
from notifications.models import Choice, Delivery, WayOut
from notifications.preferences import services
from tests.support.html import page, text_of
from tests.support.ports import free_port

pytestmark = pytest.mark.django_db
UNKNOWN = "/kk/notifications/stop/AAAAAAAAAAAAAAAAAAAAAA/"


def way(owner, kind: str) -> str:
    return f"/kk/notifications/stop/{WayOut.objects.get_or_create(user=owner, kind=kind)[0].token}/"


def letters_of(owner) -> dict[str, str]:
    return dict(Choice.objects.filter(user=owner, channel="email").values_list("kind", "how"))


@pytest.fixture
def anybody() -> Client:
    """A browser that has no token of a form, in which nobody is signed in."""
    return Client(enforce_csrf_checks=True)


def test_looking_changes_nothing_and_names_nobody(anybody, owner):
    place = way(owner, "trial_news")
    shown = anybody.get(place)
    assert anybody.head(place).status_code == 200
    assert text_of(page(shown).h1) == _("Stop these letters")
    for secret in (str(owner), owner.email, "News for trial", "trial_news"):
        assert secret not in shown.content.decode()
    assert letters_of(owner) == {}


def test_one_press_stops_and_the_next_sends_again(anybody, owner):
    place = way(owner, "trial_news")
    tell(owner, "trial_news", "came")
    stopped = anybody.post(place)
    assert text_of(page(stopped).h1) == _("These letters are stopped")
    assert letters_of(owner) == {"trial_news": "off"}
    assert Delivery.objects.get().state == "dropped"
    assert text_of(page(anybody.get(place)).h1) == _("These letters are stopped")
    name = page(stopped).select_one("main form button")["name"]
    assert text_of(page(anybody.post(place, {name: "yes"})).h1) == _("Letters come again")
    assert letters_of(owner) == {}


def test_a_mail_program_stops_letters_by_one_request(anybody, owner):
    answer = anybody.post(way(owner, "trial_news"), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    again = anybody.post(
        way(owner, "trial_news"), "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert again.status_code == 200
    assert letters_of(owner) == {"trial_news": "off"}


def test_what_was_chosen_before_comes_back(anybody, owner):
    services.save_choices(user=owner, choices={("trial_news", "email"): "digest"})
    place = way(owner, "trial_news")
    for sent in ({}, {}, {"again": "yes"}):
        anybody.post(place, sent)
    assert letters_of(owner) == {"trial_news": "digest"}


def test_the_link_of_the_daily_letter_stops_all_that_comes_in_it(anybody, owner):
    services.save_choices(user=owner, choices={("trial_news", "email"): "digest"})
    place = way(owner, "")
    anybody.post(place)
    assert letters_of(owner) == {"trial_news": "off", "trial_daily": "off"}
    anybody.post(place, {"again": "yes"})
    assert letters_of(owner) == {"trial_news": "digest"}


def test_what_was_chosen_after_stopping_is_not_undone(anybody, owner):
    place = way(owner, "trial_daily")
    anybody.post(place)
    services.save_choices(user=owner, choices={("trial_daily", "email"): "now"})
    anybody.post(place, {"again": "yes"})
    assert letters_of(owner) == {"trial_daily": "now"}


@pytest.mark.parametrize("token", ["AAAAAAAAAAAAAAAAAAAAAA", "x", "a" * 5000, "%00", "..%2F", "ә" * 22])
def test_a_forged_link_is_of_nothing_and_says_what_to_do(anybody, owner, token):
    WayOut.objects.create(user=owner, kind="trial_news")
    for answer in (anybody.get(f"/kk/notifications/stop/{token}/"), anybody.post(f"/kk/notifications/stop/{token}/")):
        assert answer.status_code == 404
    assert letters_of(owner) == {}


def test_the_page_of_a_forged_link_leads_to_the_preferences(anybody, db):
    links = [a["href"] for a in page(anybody.get(UNKNOWN)).select("main a")]
    assert "/kk/notifications/preferences/" in links


def test_a_link_of_somebody_elses_letters_and_one_that_was_changed_stop_nothing_of_theirs(anybody, owner, other_user):
    anybody.post(way(owner, "trial_news"))
    anybody.post(way(other_user, "trial_news")[:-2] + "/")
    assert letters_of(other_user) == {}


def test_a_link_of_an_erased_person_is_unknown(anybody, owner):
    place = way(owner, "trial_news")
    owner.delete()
    assert anybody.get(place).status_code == 404


def test_without_valkey_letters_are_stopped_all_the_same(anybody, owner, settings):
    nowhere = settings.CACHES["default"] | {"LOCATION": f"redis://127.0.0.1:{free_port()}/0"}
    settings.CACHES = settings.CACHES | {"default": nowhere}
    assert anybody.post(way(owner, "trial_news"), {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert letters_of(owner) == {"trial_news": "off"}


def test_what_is_about_safety_cannot_be_stopped(anybody, owner):
    row = WayOut.objects.create(user=owner, kind="trial_safety")
    assert anybody.post(f"/kk/notifications/stop/{row.token}/").status_code == 404
    assert letters_of(owner) == {}


def test_guessing_is_stopped_by_address(anybody, owner, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"stop_letters": "1/h/ip"}
    assert [anybody.get(UNKNOWN).status_code for _time in range(2)] == [404, 429]


def test_a_forged_link_costs_one_look(anybody, owner, django_assert_num_queries):
    WayOut.objects.create(user=owner, kind="trial_news")
    with django_assert_num_queries(1):
        anybody.get(UNKNOWN)


def test_the_log_and_the_pages_around_do_not_learn_the_link(anybody, owner, caplog):
    place = way(owner, "trial_news")
    with caplog.at_level(logging.DEBUG):
        shown = anybody.post(place)
    assert WayOut.objects.get().token not in caplog.text
    assert shown.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in shown.headers["Cache-Control"]
