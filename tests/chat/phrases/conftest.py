import pytest

from chat.access import Seat
from tests.support.talking import seats_of


@pytest.fixture
def seats(owner, assigned_volunteer) -> tuple[Seat, Seat]:
    return seats_of(owner, assigned_volunteer)
