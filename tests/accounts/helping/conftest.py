from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Assignment, HelperProfile, User
from tests.support.cast import make_person


def run_out(profile: HelperProfile) -> None:
    """Let the time of a helper's role be over since yesterday."""
    User.objects.filter(pk=profile.user_id).update(role_until=timezone.localdate() - timedelta(days=1))


@pytest.fixture
def make_helper(db) -> Callable[..., HelperProfile]:
    """Return a maker of helpers who speak Kazakh and write: `make_helper("saule", topics=["grief"])`."""

    def make(name: str, role: Role = Role.VOLUNTEER, zone: str = "Asia/Almaty", **fields) -> HelperProfile:
        user = make_person(name, role=role, time_zone=zone)
        return HelperProfile.objects.create(user=user, **({"languages": ["kk"], "ways": ["text"]} | fields))

    return make


@pytest.fixture
def saule(make_helper) -> HelperProfile:
    """A volunteer with room."""
    return make_helper("saule")


@pytest.fixture
def pair(owner, saule) -> Callable[..., Assignment]:
    """Return the assignment of the owner and the volunteer, as it stands now."""
    return lambda: Assignment.objects.get(user=owner, helper=saule.user)


@pytest.fixture
def ask(as_person) -> Callable:
    """Return a way to send a request from the page of a helper."""

    def send(person: User, profile: HelperProfile, **told):
        return as_person(person).post(f"/kk/helpers/{profile.public_id}/", told)

    return send


@pytest.fixture
def answer(as_person) -> Callable:
    """Return a way for a helper to answer: `answer(request, "accept")`."""

    def send(assignment: Assignment, how: str, **fields):
        place = f"/kk/people/requests/{assignment.public_id}/{how}/"
        return as_person(assignment.helper).post(place, fields, follow=True)

    return send
