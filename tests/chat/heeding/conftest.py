import pytest

from accounts.models import User
from chat.access import Seat
from notifications.models import Notification
from tests.chat.heeding.support import seats_of


@pytest.fixture
def seats(owner: User, assigned_volunteer: User) -> tuple[Seat, Seat]:
    """Return the seats of the person and of the helper; nobody was told anything yet."""
    found = seats_of(owner, assigned_volunteer)
    Notification.objects.all().delete()
    return found
