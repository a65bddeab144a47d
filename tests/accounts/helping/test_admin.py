"""Administrators bring people together and end it, within the limits; what people wrote stays with them."""

import pytest
from django.test import Client
from django_otp.plugins.otp_static.models import StaticDevice

from accounts.helping import services
from accounts.models import Assignment, HelperProfile
from tests.support.cast import make_person
from tests.support.html import page, text_of
from tests.support.journal import actions

pytestmark = pytest.mark.django_db
LIST, ADD = "/admin/accounts/assignment/", "/admin/accounts/assignment/add/"


@pytest.fixture
def client(admin) -> Client:
    device = StaticDevice.objects.create(user=admin, name="paper")
    device.token_set.create(token="abcd1234")
    client = Client()
    client.force_login(admin, backend="notifications.backends.AuthenticationBackend")
    client.post("/kk/account/second-factor/", {"code": "abcd1234"})
    return client


def bring_together(client, user, helper, reason="She asked for it"):
    return client.post(ADD, {"user": user.pk, "helper": helper.pk, "reason": reason})


def wrong(answer) -> str:
    return " ".join(text_of(line) for line in page(answer).select(".errorlist li"))


def test_two_people_are_brought_together_with_a_reason(client, owner, saule, admin):
    assert bring_together(client, owner, saule.user).status_code == 302
    made = Assignment.objects.get()
    assert (made.user, made.helper, made.state, made.how) == (owner, saule.user, "active", "administrator")
    (event,) = actions(owner)
    assert (event.actor, event.reason.text) == (admin.journal_key, "She asked for it")


def test_the_limits_hold_here_too(client, owner, other_user, make_helper):
    full = make_helper("full", own_limit=1)
    bring_together(client, other_user, full.user)
    assert wrong(bring_together(client, owner, full.user))
    assert Assignment.objects.count() == 1


def test_what_cannot_be_is_said_in_the_form(client, owner, other_user, saule, assigned_psychologist, make_helper):
    refused = [
        bring_together(client, owner, other_user),
        bring_together(client, saule.user, saule.user),
        bring_together(client, owner, saule.user, reason=""),
        bring_together(client, owner, make_helper("second", role="psychologist").user),
        bring_together(client, owner, assigned_psychologist),
    ]
    assert all(wrong(answer) for answer in refused)
    assert Assignment.objects.count() == 1


def test_an_assignment_is_ended_by_an_action_and_never_deleted(client, owner, assigned_volunteer, admin):
    link = Assignment.objects.get()
    client.post(LIST, {"action": "end_them", "_selected_action": [link.pk]})
    link.refresh_from_db()
    assert (link.state, link.end_reason, link.ended_by) == ("ended", "administrator", admin)
    assert client.post(f"{LIST}{link.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.get(f"/admin/accounts/user/{owner.pk}/delete/").status_code == 200


def test_words_of_parting_are_not_shown_and_what_is_public_is(client, owner, assigned_volunteer):
    profile = HelperProfile.objects.get()
    profile.about = "Асықпай тыңдаймын"
    profile.save()
    link = Assignment.objects.get()
    services.end(assignment=link, actor=assigned_volunteer, reason="done", note="Сау болыңыз")
    shown = [client.get(f"{LIST}{link.pk}/change/"), client.get(f"{LIST}{link.pk}/history/"), client.get(LIST)]
    assert not [answer for answer in shown if "Сау болыңыз" in answer.content.decode()]
    public = client.get(f"/admin/accounts/helperprofile/{profile.pk}/change/")
    assert "Асықпай тыңдаймын" in public.content.decode()


def test_an_administrator_raises_the_limit_of_a_helper(client, saule):
    changed = client.post(f"/admin/accounts/helperprofile/{saule.pk}/change/", {"granted_limit": "12"})
    assert changed.status_code == 302
    saule.refresh_from_db()
    assert saule.load_limit == 12


def test_lists_take_as_many_queries_for_eight_as_for_two(client, admin, make_helper, django_assert_max_num_queries):
    def more(count: int) -> None:
        for _ in range(count):
            number = Assignment.objects.count()
            helper = make_helper(f"h{number}").user
            services.assign(user=make_person(f"p{number}"), helper=helper, actor=admin, reason="")

    more(2)
    for address in (LIST, f"{LIST}?q=p1", "/admin/accounts/helperprofile/"):
        with django_assert_max_num_queries(15) as few:
            assert client.get(address).status_code == 200
        more(3)
        with django_assert_max_num_queries(len(few)):
            client.get(address)


def test_the_profile_of_a_helper_goes_only_with_the_helper(client, owner, saule, ask, as_person):
    ask(owner, saule)
    place = "/admin/accounts/helperprofile/"
    client.post(place, {"action": "delete_selected", "_selected_action": [saule.pk], "post": "yes"})
    assert client.post(f"{place}{saule.pk}/delete/", {"post": "yes"}).status_code == 403
    taken_back = as_person(owner).post(f"/kk/helpers/mine/{Assignment.objects.get().public_id}/withdraw/")
    assert taken_back.status_code == 302
    assert client.get(f"/admin/accounts/user/{saule.user_id}/delete/").status_code == 200


@pytest.mark.parametrize("forged", ["x", "-1", "9" * 400, "\u0663", "1e9"])
def test_a_person_who_is_no_number_is_refused_beside_the_field(admin, as_person, forged):
    for model in ("helperprofile", "assignment"):
        answer = as_person(admin).post(f"/admin/accounts/{model}/add/", {"user": forged})
        assert answer.status_code == 200
        assert "errorlist" in answer.content.decode()
