"""What other apps ask: who helps whom now; closed at once when it ends or the role is gone."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone

from accounts.choices import Role
from accounts.helping import access, services
from accounts.models import Assignment, User
from tests.support.html import page, text_of

pytestmark = pytest.mark.django_db


def is_open(helper: User, owner: User, as_person) -> bool:
    ways = {
        access.helps(helper, owner),
        as_person(helper).get(f"/kk/people/{owner.public_id}/").status_code == 200,
    }
    assert len(ways) == 1, "the ways to ask do not agree"
    return ways.pop()


def test_all_ways_open_with_an_assignment(owner, assigned_volunteer, unrelated_volunteer, as_person):
    assert is_open(assigned_volunteer, owner, as_person)
    assert access.get_help_for(assigned_volunteer, owner.public_id).user == owner
    assert not access.helps(unrelated_volunteer, owner)
    assert not access.helps(owner, assigned_volunteer)
    with pytest.raises(Http404):
        access.get_help_for(unrelated_volunteer, owner.public_id)


@pytest.mark.parametrize("change", [{"role": Role.USER}, {"role": Role.PSYCHOLOGIST}, {"role_until": date(2020, 1, 1)}])
def test_all_close_with_the_role(owner, assigned_volunteer, as_person, change):
    User.objects.filter(pk=assigned_volunteer.pk).update(**change)
    assert not is_open(assigned_volunteer, owner, as_person)
    assert "Assigned" not in text_of(page(as_person(owner).get("/kk/helpers/mine/")).main)


def test_all_close_with_the_end(owner, assigned_volunteer, as_person):
    services.end(assignment=Assignment.objects.get(), actor=owner, reason="user")
    assert not is_open(assigned_volunteer, owner, as_person)


def test_all_close_with_the_account_of_the_person(owner, assigned_volunteer, as_person):
    User.objects.filter(pk=owner.pk).update(is_active=False)
    assert not is_open(assigned_volunteer, owner, as_person)


@pytest.mark.parametrize("change", [{"agreed_version": ""}, {"sixteen_from": date(2040, 1, 1)}])
def test_all_close_while_a_consent_for_the_person_is_missing(owner, assigned_volunteer, as_person, change):
    User.objects.filter(pk=owner.pk).update(**change)
    assert not is_open(assigned_volunteer, owner, as_person)


def test_a_request_opens_nothing(owner, saule, ask, as_person):
    ask(owner, saule)
    assert not is_open(saule.user, owner, as_person)


def test_the_page_of_a_person_tells_the_name_and_what_they_chose(owner, assigned_volunteer, as_person):
    owner.profile.disabilities = ["hearing"]
    owner.profile.region = "turkistan"
    owner.profile.save()
    shown = as_person(assigned_volunteer).get(f"/en/people/{owner.public_id}/").content.decode()
    assert "Owner" in shown
    for secret in (owner.email, "hear", "Turkistan"):
        assert secret not in shown


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "active", "started_at": None},
        {"state": "asked", "ended_at": timezone.now()},
        {"state": "ended", "ended_at": None},
        {"started_at": timezone.now() - timedelta(days=9)},
        {"role": "staff"},
    ],
)
def test_the_database_refuses_what_cannot_be(owner, assigned_volunteer, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.update(**wrong)


def test_the_database_keeps_one_open_assignment_for_two_different_people(owner, assigned_volunteer):
    for user in (owner, assigned_volunteer):
        with pytest.raises(IntegrityError), transaction.atomic():
            Assignment.objects.create(user=user, helper=assigned_volunteer, role="volunteer", how="request")
