import pytest

from accounts.models import User
from chat.access import Seat
from chat.conversations.services import of_assignment
from tests.support.talking import seats_of


@pytest.fixture
def seats(owner: User, assigned_volunteer: User) -> tuple[Seat, Seat]:
    """Return the seats of the person and of the helper."""
    assert of_assignment(owner.assignments.get(helper=assigned_volunteer))
    return seats_of(owner, assigned_volunteer)
