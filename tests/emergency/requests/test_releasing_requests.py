"""Whoever is gone stands beside nobody; and what an asker who is gone had asked for calls nobody."""

import pytest

from accounts.choices import Role
from accounts.erasure import services as erasure
from accounts.models import User
from emergency.choices import Happened, Part, State
from emergency.models import Claim, HelpRequest, Step
from emergency.requests.releasing import release_abandoned
from tests.support.cast import make_person
from tests.support.past_requests import held

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_of_owner(owner, unrelated_psychologist) -> HelpRequest:
    return held(owner, unrelated_psychologist)


def steps(request: HelpRequest) -> list[str]:
    return list(Step.objects.filter(request=request, what=Happened.SECOND_LEFT).values_list("what", flat=True))


def test_a_second_person_whose_role_ends_has_left_and_the_first_one_stays(request_of_owner, unrelated_volunteer):
    second = Claim.objects.create(request=request_of_owner, helper=unrelated_volunteer, part=Part.SECOND)
    assert release_abandoned() == 0
    User.objects.filter(pk=unrelated_volunteer.pk).update(role=Role.USER)
    assert (release_abandoned(), release_abandoned()) == (1, 0)
    second.refresh_from_db()
    assert second.ended_at
    assert steps(request_of_owner) == [Happened.SECOND_LEFT]
    assert HelpRequest.objects.get().state == State.TAKEN


def test_somebody_who_is_gone_is_asked_no_more_to_take_it_over(request_of_owner):
    asked = make_person("asked", role=Role.PSYCHOLOGIST)
    Claim.objects.create(request=request_of_owner, helper=asked, part=Part.OVER)
    erasure.erase(user=asked)
    assert release_abandoned() == 1
    assert steps(request_of_owner) == []
    assert [claim.part for claim in Claim.objects.filter(ended_at=None)] == [Part.MAIN]


def test_when_the_asker_is_erased_nothing_is_left_to_call_to(
    request_of_owner, owner, unrelated_psychologist, other_user
):
    theirs = held(other_user, unrelated_psychologist)
    erasure.erase(user=owner)
    assert list(HelpRequest.objects.all()) == [theirs]
    assert list(Claim.objects.values_list("request", flat=True)) == [theirs.pk]
