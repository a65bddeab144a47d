"""What is kept only for a time is forgotten when the time is over, and not before."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from accounts.kin import services as kin
from accounts.models import GuardianRequest, KnownDevice, LockOut, SignIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(owner, as_person):
    """Leave one row of each kind."""
    as_person(owner)
    KnownDevice.objects.get_or_create(user=owner, digest=b"1" * 32)
    LockOut.objects.create(account="x", place="10.0.0.0")
    kin.ask_guardian(child=owner, email="ana@example.kz")


def left() -> dict[str, object]:
    return {
        "sessions": Session.objects.exists(),
        "sign-ins": SignIn.objects.exists(),
        "devices": KnownDevice.objects.exists(),
        "lock-outs": LockOut.objects.exists(),
        "address": GuardianRequest.objects.get().address != "",
    }


@pytest.mark.parametrize(
    ("days", "gone"),
    [
        (1, set()),
        (13, set()),
        (15, {"sessions", "address"}),
        (31, {"sessions", "address", "lock-outs"}),
        (364, {"sessions", "address", "lock-outs"}),
        (366, {"sessions", "address", "lock-outs", "sign-ins", "devices"}),
    ],
)
def test_each_goes_in_its_time(rows, days, gone, capsys):
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        for _twice in range(2):
            call_command("forget_old")
        assert {what for what, there in left().items() if not there} == gone
