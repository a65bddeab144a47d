"""The duty rota in tests: shifts by day and hour in Kazakhstan."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from emergency.models import Shift
from tests.support.cast import make_person

ALMATY = ZoneInfo("Asia/Almaty")


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return a moment of November 2026 in Kazakhstan; the 23rd is a Monday, and the 31st is the first of December."""
    return datetime(2026, 11, 1, hour, minute, tzinfo=ALMATY) + timedelta(days=day - 1)


def shift_of(person: User, begins: datetime, hours: float = 8, **more: object) -> Shift:
    """Let somebody be on duty from a moment on."""
    return Shift.objects.create(psychologist=person, starts_at=begins, ends_at=begins + timedelta(hours=hours), **more)


def on_duty(name: str, **fields: object) -> User:
    """Return a psychologist who is on duty from now on."""
    person = make_person(name, role=Role.PSYCHOLOGIST, **fields)
    shift_of(person, timezone.now())
    return person
