"""What messages carry goes with them: after their time, and with whose it is."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from accounts.erasure import services as erasure
from accounts.retention.services import run
from chat.models import Attachment, Message
from tests.chat.attachments.test_sending_files import files
from tests.support import carried

pytestmark = pytest.mark.django_db


@pytest.fixture
def from_both(as_person, seats) -> None:
    """Let each of the two have sent a file."""
    for seat in seats:
        carried.send(as_person(seat.person), seat, carried.PDF, "a.pdf")
    assert len(files()) == 2


def test_after_their_time_they_go_with_their_bytes(from_both, django_capture_on_commit_callbacks):
    late = timezone.now() + timedelta(days=settings.KEEP_DAYS["messages"], hours=1)
    with time_machine.travel(late), django_capture_on_commit_callbacks(execute=True):
        assert run().counts["messages"] == 2
    assert (Attachment.objects.count(), files()) == (0, [])


@pytest.mark.parametrize(("who", "left"), [(0, []), (1, [True])])
def test_with_whose_account_they_go(from_both, seats, django_capture_on_commit_callbacks, who, left):
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(user=seats[who].person)
    assert list(Attachment.objects.values_list("message__by_owner", flat=True)) == left
    assert len(files()) == len(left)
    assert Message.objects.count() == 2 * len(left)
