"""The page on which a person chooses what they are told of, how, and when."""

import pytest
from bs4 import Tag
from django.utils.translation import gettext as _

from accounts.models import Profile, User
from emocare.notices import tell
from notifications.models import Choice, Delivery, Rhythm
from tests.support.html import errors, loose_ends, page, said, summary, text_of

pytestmark = pytest.mark.django_db
PLACE = "/kk/notifications/preferences/"
NEWS, DAILY = "how-trial_news-email", "how-trial_daily-email"


def filled(browser, **more: str) -> dict[str, str]:
    """Return what the page's form would send as it stands, and what is chosen besides."""
    form = page(browser.get(PLACE)).select_one("main form.form")
    sent = {radio["name"]: radio["value"] for radio in form.select("input[type=radio][checked]")}
    for select in form.select("select"):
        chosen = select.select_one("option[selected]") or select.option
        sent[select["name"]] = chosen["value"]
    return sent | more


def chosen() -> set[tuple[str, str, str]]:
    return set(Choice.objects.values_list("kind", "channel", "how"))


def group(soup: Tag, name: str) -> list[str]:
    return [radio["value"] for radio in soup.select(f"input[name={name}]")]


def test_each_kind_has_a_group_of_radios_for_each_way(as_person, owner):
    response = as_person(owner).get(PLACE)
    soup = page(response)
    assert group(soup, NEWS) == ["now", "digest", "off"]
    assert group(soup, "how-trial_news-push") == ["now", "off"]
    assert group(soup, "how-trial_short-email") == ["now", "off"]
    assert soup.select_one(f"input[name={DAILY}][checked]")["value"] == "digest"
    assert loose_ends(response) == []


def test_what_is_about_safety_is_shown_as_always_on(as_person, owner):
    soup = page(as_person(owner).get(PLACE))
    assert "Safety for trial" in text_of(soup.select_one("section[aria-labelledby=safety]"))
    assert not soup.select("input[name*=trial_safety]")


def test_helpers_find_what_helpers_are_told_of(as_person, owner, unrelated_volunteer):
    assert not page(as_person(owner).get(PLACE)).select("input[name*=trial_helpers]")
    assert page(as_person(unrelated_volunteer).get(PLACE)).select("input[name*=trial_helpers]")


def test_only_what_is_not_usual_is_kept_and_saving_twice_changes_nothing(as_person, owner):
    browser = as_person(owner)
    sent = filled(browser, **{NEWS: "digest", "how-trial_short-push": "off"})
    for _time in range(2):
        assert said(browser.post(PLACE, sent, follow=True))[0].startswith("success:")
        assert chosen() == {("trial_news", "email", "digest"), ("trial_short", "push", "off")}
    browser.post(PLACE, filled(browser, **{NEWS: "now"}))
    assert chosen() == {("trial_short", "push", "off")}


def test_one_button_sets_all_news_to_the_usual_and_saves_the_hours(as_person, owner):
    browser = as_person(owner)
    assert not page(browser.get(PLACE)).select("button[name=usual]")
    browser.post(PLACE, filled(browser, **{NEWS: "off", DAILY: "now"}))
    assert page(browser.get(PLACE)).select("button[name=usual]")
    browser.post(PLACE, filled(browser, usual="all", digest_hour="9"))
    assert chosen() == set()
    assert Rhythm.objects.get().digest_hour == 9


def test_hours_zone_and_reminder_are_saved_and_can_be_emptied(as_person, owner):
    browser = as_person(owner)
    hours = {"quiet_from": "1320", "quiet_until": "480", "digest_hour": "7", "reminder_hour": "20"}
    browser.post(PLACE, filled(browser, **hours, time_zone="Europe/Berlin"))
    rhythm = Rhythm.objects.get(user=owner)
    assert (rhythm.quiet_from, rhythm.quiet_until, rhythm.digest_hour) == (1320, 480, 7)
    assert User.objects.get(pk=owner.pk).time_zone == "Europe/Berlin"
    assert Profile.objects.get(user=owner).reminder_hour == 20
    browser.post(PLACE, filled(browser, quiet_from="", quiet_until="", reminder_hour=""))
    rhythm.refresh_from_db()
    assert (rhythm.quiet_from, rhythm.quiet_until) == (None, None)
    assert Profile.objects.get(user=owner).reminder_hour is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (NEWS, "never"),
        (NEWS, "a\0b"),
        ("how-trial_news-push", "digest"),
        ("how-trial_short-email", "digest"),
        ("quiet_from", "1320"),
        ("quiet_until", "480"),
        ("digest_hour", "24"),
        ("digest_hour", ""),
        ("reminder_hour", "-1"),
        ("time_zone", "Mars/Olympus"),
    ],
)
def test_what_cannot_be_chosen_is_an_error_beside_its_field(as_person, owner, field, value):
    browser = as_person(owner)
    answer = browser.post(PLACE, filled(browser, **{field: value, DAILY: "off"}))
    beside = {"quiet_from": "quiet_until", "quiet_until": "quiet_from"}.get(field, field)
    assert errors(answer, beside)
    assert len(summary(answer)) == 1
    assert page(answer).select_one(f"input[name={DAILY}][checked]")["value"] == "off"
    assert chosen() == set()


@pytest.mark.parametrize("name", ["how-trial_safety-email", "how-nothing-email", "how-trial_news-pigeon", "how-"])
def test_a_kind_or_a_way_that_is_not_on_the_page_is_refused(as_person, owner, name):
    browser = as_person(owner)
    answer = browser.post(PLACE, filled(browser, **{name: "off", NEWS: "off"}))
    assert summary(answer) == [_("This page has changed since you opened it. Please look and save again.")]
    assert chosen() == set()


def test_whoever_has_no_address_is_told_why_and_how_to_add_one(as_person, anonymous_account):
    browser = as_person(anonymous_account)
    soup = page(browser.get(PLACE))
    assert not soup.select("input[name$=email], [name=digest_hour]")
    assert browser.get(soup.select_one("main .notice a")["href"]).status_code == 200
    assert said(browser.post(PLACE, filled(browser, **{"how-trial_news-push": "off"}), follow=True))
    assert chosen() == {("trial_news", "push", "off")}


def test_what_waits_on_a_way_that_is_turned_off_is_let_go(as_person, owner):
    tell(owner, "trial_daily", "came")
    tell(owner, "trial_news", "came")
    browser = as_person(owner)
    browser.post(PLACE, filled(browser, **{DAILY: "off"}))
    states = dict(Delivery.objects.values_list("notification__kind", "state"))
    assert states == {"trial_daily": "dropped", "trial_news": "waiting"}


def test_a_page_that_was_changed_in_another_window_is_saved_as_it_stands(as_person, owner):
    browser = as_person(owner)
    old = filled(browser, **{NEWS: "off"})
    browser.post(PLACE, filled(browser, **{NEWS: "digest", DAILY: "off"}))
    browser.post(PLACE, old)
    assert chosen() == {("trial_news", "email", "off")}


def test_the_page_asks_the_database_as_often_for_many_kinds_as_for_few(as_person, owner, django_assert_max_num_queries):
    browser = as_person(owner)
    browser.post(PLACE, filled(browser, **{NEWS: "off", DAILY: "off"}))
    with django_assert_max_num_queries(12):
        browser.get(PLACE)
    sent = filled(browser, **{"how-trial_short-email": "off"})
    with django_assert_max_num_queries(26):
        browser.post(PLACE, sent)
