"""How many people a helper takes, also when everybody asks at once."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from accounts.helping import services
from accounts.helping.steps import Refused
from accounts.models import Assignment, HelperProfile
from tests.accounts.support import at_once, phrase
from tests.support.cast import make_person
from tests.support.html import errors, page, said, summary

pytestmark = pytest.mark.django_db
FORM = {"languages": ["kk"], "ways": ["text"], "about": "", "limits": "", "own_limit": "", "break_until": ""}


def test_a_helper_without_room_cannot_be_asked(owner, other_user, make_helper, ask):
    full = make_helper("full", own_limit=1)
    ask(other_user, full)
    assert summary(ask(owner, full)) == [phrase(str(services.NO_ROOM))]
    assert Assignment.objects.count() == 1


def test_the_usual_limits_come_from_the_settings(settings, make_helper):
    settings.HELPER_LOADS = {"volunteer": 3, "psychologist": 9}
    assert make_helper("a").load_limit == 3
    assert make_helper("b", role="psychologist").load_limit == 9
    assert make_helper("c", granted_limit=500).load_limit == settings.HELPER_LOAD_MAXIMUM
    assert make_helper("d", granted_limit=8, own_limit=2).load_limit == 2


def test_the_helper_may_lower_the_limit_and_not_raise_it(saule, as_person):
    client = as_person(saule.user)
    client.post("/kk/people/profile/", FORM | {"own_limit": "2"})
    saule.refresh_from_db()
    assert saule.load_limit == 2
    for number in ("6", "0", "-1", "9" * 5000, "x"):
        assert errors(client.post("/kk/people/profile/", FORM | {"own_limit": number}), "own_limit")
    saule.refresh_from_db()
    assert saule.own_limit == 2


def test_a_yes_over_a_lowered_limit_is_refused(owner, other_user, saule, ask, answer):
    ask(owner, saule)
    ask(other_user, saule)
    HelperProfile.objects.update(own_limit=1)
    first, second = Assignment.objects.order_by("pk")
    answer(first, "accept")
    assert said(answer(second, "accept"))[0].startswith("error")
    assert Assignment.objects.filter(state="active").count() == 1


@time_machine.travel("2026-11-23 19:30 +0000", tick=False)
def test_a_break_lasts_to_the_end_of_its_day_on_the_helpers_calendar(owner, make_helper, ask):
    """It is the 24th in Almaty and the 23rd in Berlin."""
    almaty = make_helper("almaty", on_break=True, break_until=date(2026, 11, 23))
    berlin = make_helper("berlin", on_break=True, break_until=date(2026, 11, 23), zone="Europe/Berlin")
    assert ask(owner, berlin).status_code == 200
    assert ask(owner, almaty).status_code == 302


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"break_until": "2999-01-01"}, "break_until"),
        ({"on_break": "on", "break_until": "2020-01-01"}, "break_until"),
        ({"languages": []}, "languages"),
        ({"ways": ["telepathy"]}, "ways"),
        ({"about": "x" * 1501}, "about"),
        ({"limits": "a\x00"}, "limits"),
    ],
)
def test_a_profile_that_cannot_be_is_refused_beside_its_field(saule, as_person, answers, field):
    refused = as_person(saule.user).post("/kk/people/profile/", FORM | answers)
    assert errors(refused, field)
    saule.refresh_from_db()
    assert (saule.languages, saule.ways, saule.on_break) == (["kk"], ["text"], False)


def test_what_a_helper_writes_is_encrypted_and_shown(owner, saule, as_person):
    as_person(saule.user).post("/kk/people/profile/", FORM | {"about": "Асықпай тыңдаймын", "limits": "Заң"})
    assert b"\xd1\x82\xd1\x8b" not in HelperProfile.objects.values_list("about", flat=True).get()
    shown = page(as_person(owner).get(f"/kk/helpers/{saule.public_id}/")).main.get_text()
    assert "Асықпай тыңдаймын" in shown
    assert "Заң" in shown


@pytest.mark.django_db(transaction=True)
def test_of_many_who_ask_at_once_as_many_get_a_place_as_there_are(make_helper):
    profile = make_helper("popular", own_limit=2)
    people = [make_person(f"p{number}") for number in range(4)]

    def ask(person):
        client = Client()
        client.force_login(person, backend="notifications.backends.AuthenticationBackend")
        return lambda: client.post(f"/kk/helpers/{profile.public_id}/").status_code

    assert sorted(at_once(*map(ask, people))) == [200, 200, 302, 302]
    assert Assignment.objects.open().count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_are_one_request(owner, make_helper):
    profile = make_helper("popular")

    def ask():
        return services.ask(user=owner, helper=profile, languages=[], ways=[]).pk

    assert len(set(at_once(ask, ask, ask))) == 1


@pytest.mark.django_db(transaction=True)
def test_administrators_and_people_at_once_keep_the_limit(owner, other_user, admin, make_helper):
    profile = make_helper("popular", own_limit=1)

    def assign():
        try:
            services.assign(user=owner, helper=profile.user, actor=admin, reason="x")
        except Refused:
            return "refused"
        return "done"

    def ask():
        try:
            services.ask(user=other_user, helper=profile, languages=[], ways=[])
        except Refused:
            return "refused"
        return "done"

    assert sorted(at_once(assign, ask)) == ["done", "refused"]
    assert Assignment.objects.open().count() == 1
