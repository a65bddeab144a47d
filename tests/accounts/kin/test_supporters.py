"""Supporters: invited, accepted, exactly what was ticked, changed, ended."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.choices import EventKind
from accounts.kin.choices import Right
from accounts.models import Support, User
from tests.accounts.kin.support import at, first_of, invite
from tests.accounts.support import at_once, chosen, phrase, title
from tests.support.cast import make_person, make_support
from tests.support.html import errors, page, said, text_of, typed
from tests.support.journal import kinds
from tests.support.news import told, written

pytestmark = pytest.mark.django_db
LIST, INVITE, MINE = "/kk/supporters/", "/kk/supporters/invite/", "/kk/supporting/"
GONE = "This link does not work any more"
ANSWERS = {"name": "Әпке", "kind": "carer", "rights": ["see-moods"], "period": "month"}


def test_an_invitation_is_accepted_and_both_see_it(as_person, owner, other_user):
    link = invite(as_person(owner))
    friend = as_person(other_user)
    shown = friend.get(link)
    assert "Owner" in text_of(page(shown).main)
    assert phrase("See how their mood goes, without their words") in text_of(page(shown).main)
    accepted = friend.post(link)
    support = Support.objects.get()
    assert accepted.url == f"{MINE}{support.public_id}/"
    assert "Owner" in text_of(page(friend.get(MINE)).main)
    listed = text_of(page(as_person(owner).get(LIST)).main)
    assert "Әпке" in listed
    assert "Stranger" in listed
    assert sorted(kinds(owner)) == [EventKind.SUPPORTER_ACCEPTED, EventKind.SUPPORTER_INVITED]


def test_the_link_stands_on_one_page_only_and_looking_at_it_accepts_nothing(as_person, owner, other_user):
    browser = as_person(owner)
    link = invite(browser)
    assert link not in browser.get(LIST).content.decode()
    as_person(other_user).get(link)
    assert Support.objects.get().accepted_at is None
    assert as_person(None).get(link).url.startswith("/kk/account/login/")


def test_a_link_works_once(as_person, owner, other_user, unrelated_volunteer):
    link = invite(as_person(owner))
    as_person(other_user).post(link)
    for person in (other_user, unrelated_volunteer):
        answer = as_person(person).post(link)
        assert (answer.status_code, title(answer)) == (404, phrase(GONE))
    assert Support.objects.get().supporter == other_user


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_once_one_wins(as_person, owner, other_user, unrelated_volunteer):
    link = invite(as_person(owner))
    browsers = [as_person(other_user), as_person(unrelated_volunteer)]
    answers = at_once(*(lambda browser=browser: browser.post(link) for browser in browsers))
    assert sorted(answer.status_code for answer in answers) == [302, 404]
    assert Support.objects.in_force().count() == 1


def test_a_link_grows_old_after_three_days(as_person, owner, other_user):
    with at("2026-11-23 12:00 +0500"):
        link = invite(as_person(owner))
    with at("2026-11-26 11:59 +0500"):
        assert as_person(other_user).get(link).status_code == 200
    with at("2026-11-26 12:00 +0500"):
        assert as_person(other_user).post(link).status_code == 404
        assert "Әпке" not in as_person(owner).get(LIST).content.decode()


def test_ones_own_link_is_not_for_oneself(as_person, owner):
    browser = as_person(owner)
    link = invite(browser)
    assert title(browser.post(link)) == phrase("This invitation is not for you")
    assert Support.objects.get().accepted_at is None


def test_a_minor_supports_nobody(as_person, owner):
    young = make_person("zhas", sixteen_from=first_of(f"{timezone.localdate().year}-01"))
    answer = as_person(young).post(invite(as_person(owner)))
    assert title(answer) == phrase("This invitation is not for you")
    assert Support.objects.get().accepted_at is None


def test_declining_ends_the_invitation(as_person, owner, other_user):
    link = invite(as_person(owner))
    friend = as_person(other_user)
    assert friend.post(f"{link}decline/").url == MINE
    assert friend.post(link).status_code == 404
    assert sorted(kinds(owner)) == [EventKind.SUPPORTER_ENDED, EventKind.SUPPORTER_INVITED]


@at()
@pytest.mark.parametrize(
    ("field", "answers"),
    [
        ("name", {"name": ""}),
        ("name", {"name": "a\0"}),
        ("name", {"name": "ә" * 61}),
        ("kind", {"kind": ""}),
        ("kind", {"kind": "boss"}),
        ("rights", {"rights": []}),
        ("rights", {"rights": ["change-password"]}),
        ("rights", {"rights": ["see-moods", "\0"]}),
        ("period", {"period": ""}),
        ("period", {"period": "for ever"}),
        ("until", {"period": "date"}),
        ("until", {"period": "date", "until": "2026-11-22"}),
        ("until", {"period": "date", "until": "2027-11-24"}),
        ("until", {"period": "date", "until": "9999-12-31"}),
        ("until", {"period": "date", "until": "soon"}),
    ],
)
def test_a_bad_invitation_is_refused_beside_its_field_and_keeps_what_was_typed(as_person, owner, field, answers):
    answer = as_person(owner).post(INVITE, ANSWERS | answers)
    assert errors(answer, field)
    assert field == "name" or typed(answer, "name") == "Әпке"
    assert field == "rights" or chosen(answer, "rights") == ["see-moods"]
    assert not Support.objects.exists()


@at()
@pytest.mark.parametrize("day", ["2026-11-23", "2027-11-23"])
def test_today_and_a_year_from_now_are_possible_last_days(as_person, owner, day):
    invite(as_person(owner), period="date", until=day)
    assert str(timezone.localtime(Support.objects.get().last_day).date()) == day


def test_the_last_day_counts_whole_where_the_owner_lives(as_person, owner, other_user):
    User.objects.filter(pk=owner.pk).update(time_zone="Europe/London")
    with at("2026-11-23 12:00 +0500"):
        link = invite(as_person(owner), period="date", until="2026-11-24")
        place = as_person(other_user).post(link).url
    with at("2026-11-24 23:59 +0000"):
        assert as_person(other_user).get(place).status_code == 200
    with at("2026-11-25 00:00 +0000"):
        assert as_person(other_user).get(place).status_code == 404
        assert "Әпке" not in as_person(owner).get(LIST).content.decode()
        assert "Owner" not in as_person(other_user).get(MINE).content.decode()


@at()
def test_of_a_minor_rights_last_a_month_at_most_and_notes_are_for_nobody(as_person):
    young = make_person("zhas", sixteen_from=first_of("2026-01"))
    browser = as_person(User.objects.get(pk=young.pk))
    offered = [box["value"] for box in page(browser.get(INVITE)).select("[name=rights]")]
    assert "see-notes" not in offered
    assert "see-moods" in offered
    assert errors(browser.post(INVITE, ANSWERS | {"rights": ["see-notes"]}), "rights")
    assert errors(browser.post(INVITE, ANSWERS | {"period": "quarter"}), "period")
    assert errors(browser.post(INVITE, ANSWERS | {"period": "date", "until": "2026-12-25"}), "until")


def test_ended_by_the_owner_everything_is_closed_at_once(as_person, owner, other_user):
    support = make_support(owner, other_user, *Right)
    friend = as_person(other_user)
    places = [f"{MINE}{support.public_id}/", f"{MINE}{support.public_id}/display/"]
    places += [f"/kk/mood/of/{support.public_id}/", f"/kk/mood/of/{support.public_id}/record/"]
    assert [friend.get(place).status_code for place in places] == [200] * 4
    ended = as_person(owner).post(f"{LIST}{support.public_id}/end/", follow=True)
    assert said(ended)
    assert [friend.get(place).status_code for place in places] == [404] * 4
    assert friend.post(places[-1], {"level": "3"}).status_code == 404
    assert not owner.mood_entries.exists()
    assert sorted(kinds(owner)) == [EventKind.SUPPORTER_ENDED]
    assert Support.objects.get().ended_by == owner


def test_a_supporter_can_stop(as_person, owner, other_user):
    support = make_support(owner, other_user, Right.SEE_MOODS)
    assert as_person(other_user).post(f"{MINE}{support.public_id}/end/").url == MINE
    assert as_person(other_user).get(f"{MINE}{support.public_id}/").status_code == 404
    assert Support.objects.get().ended_by == other_user


def test_changed_rights_hold_from_the_next_request_on(as_person, owner, other_user):
    support = make_support(owner, other_user, Right.SEE_MOODS)
    friend, change = as_person(other_user), f"{LIST}{support.public_id}/"
    browser = as_person(owner)
    assert chosen(browser.get(change), "rights") == ["see-moods"]
    browser.post(change, {"rights": ["record-mood"], "period": "week"})
    assert friend.get(f"/kk/mood/of/{support.public_id}/").status_code == 404
    assert friend.get(f"/kk/mood/of/{support.public_id}/record/").status_code == 200
    assert sorted(kinds(owner)) == [EventKind.SUPPORTER_CHANGED]


def test_a_new_invitation_of_the_same_person_replaces_the_old_one(as_person, owner, other_user):
    make_support(owner, other_user, *Right)
    as_person(other_user).post(invite(as_person(owner), "record-mood"))
    (support,) = Support.objects.in_force()
    assert support.rights == ["record-mood"]


@pytest.mark.parametrize("right", Right)
def test_each_right_opens_its_own_page_and_no_other(as_person, owner, other_user, right):
    support = make_support(owner, other_user, right)
    browser, see = as_person(other_user), f"/kk/mood/of/{support.public_id}/"
    opened = {
        place: browser.get(place).status_code == 200
        for place in (see, f"{see}record/", f"{MINE}{support.public_id}/display/")
    }
    assert list(opened.values()) == [
        right in {Right.SEE_MOODS, Right.SEE_NOTES},
        right == Right.RECORD_MOOD,
        right == Right.SET_DISPLAY,
    ]
    offered = {a["href"] for a in page(browser.get(f"{MINE}{support.public_id}/")).select(".cards a")}
    assert offered == {place for place, is_open in opened.items() if is_open}


def test_the_owner_sees_when_a_supporter_looked_last(as_person, owner, other_user):
    support = make_support(owner, other_user, Right.SEE_MOODS)
    unused = phrase("Has not used it yet.")
    assert unused in as_person(owner).get(LIST).content.decode()
    as_person(other_user).get(f"/kk/mood/of/{support.public_id}/")
    assert unused not in as_person(owner).get(LIST).content.decode()
    support.refresh_from_db()
    assert timezone.now() - support.last_used_at < timedelta(minutes=1)


def test_display_settings_are_changed_for_the_owner_alone(as_person, owner, other_user):
    support = make_support(owner, other_user, Right.SET_DISPLAY)
    place = f"{MINE}{support.public_id}/display/"
    as_person(other_user).post(place, {"theme": "dark", "text": "200", "line": "nonsense"})
    owner.refresh_from_db()
    other_user.refresh_from_db()
    assert (owner.display, other_user.display) == ({"theme": "dark", "text": "200"}, {})
    assert chosen(as_person(other_user).get(place), "theme")[0] == "dark"
    as_person(other_user).post(place, {"reset": "1"})
    owner.refresh_from_db()
    assert owner.display == {}


def test_a_blocked_owner_or_supporter_ends_it_for_as_long(as_person, owner, other_user):
    support = make_support(owner, other_user, Right.SEE_MOODS)
    User.objects.filter(pk=owner.pk).update(is_active=False)
    assert as_person(other_user).get(f"/kk/mood/of/{support.public_id}/").status_code == 404


def test_a_child_who_waits_for_a_consent_is_seen_by_nobody(as_person, other_user):
    child = make_person("bala", sixteen_from=first_of(f"{timezone.localdate().year + 2}-01"))
    support = make_support(child, other_user, Right.SEE_MOODS)
    assert as_person(other_user).get(f"/kk/mood/of/{support.public_id}/").status_code == 404


def test_every_step_is_told_to_the_other_side_without_names(as_person, owner, other_user):
    browser, friend = as_person(owner), as_person(other_user)
    friend.post(invite(browser))
    support = Support.objects.get()
    browser.post(f"{LIST}{support.public_id}/", {"rights": ["see-moods"], "period": "week"})
    browser.post(f"{LIST}{support.public_id}/end/")
    friend.post(invite(browser))
    friend.post(f"{MINE}{Support.objects.get(ended_at=None).public_id}/end/")
    friend.post(f"{invite(browser)}decline/")
    assert told(owner) == ["supporting accepted", "supporting accepted", "supporting left", "supporting declined"]
    assert told(other_user) == ["supporting changed", "supporting ended"]
    assert "Әпке" not in written()


@pytest.mark.parametrize("place", [LIST, MINE])
def test_lists_cost_the_same_for_one_and_for_many(as_person, owner, place, django_assert_num_queries):
    def befriend(name: str) -> None:
        friend = make_person(name)
        make_support(owner, friend, Right.SEE_MOODS)
        make_support(friend, owner, Right.SEE_MOODS)

    befriend("a")
    browser: Client = as_person(owner)
    browser.get(place)
    for name in "bcd":
        befriend(name)
    with django_assert_num_queries(3):
        assert len(page(browser.get(place)).select("main bdi")) >= 4
