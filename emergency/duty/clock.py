"""Wall clocks: people plan in hours of their day, the rota holds moments. The zone is the active one."""

from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

WEEK = timedelta(days=7)


def moment(wall: datetime) -> datetime:
    """Return when a wall clock shows this; an hour that it leaves out in spring is the one after it."""
    return wall.replace(tzinfo=timezone.get_current_timezone()).astimezone(UTC)


def wall(value: datetime) -> datetime:
    """Return what the wall clock shows at a moment, without a zone."""
    return timezone.localtime(value).replace(tzinfo=None)


def begin_of(day: date) -> datetime:
    """Return the moment at which a day begins."""
    return moment(datetime.combine(day, time()))


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())
