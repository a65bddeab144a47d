"""Reminders to record a mood: who is to be told now, by the hour that they picked on their own wall clock."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from zoneinfo import ZoneInfo

from django.db.models import Case, DateTimeField, Exists, OuterRef, Q, QuerySet, Value, When

from accounts.choices import Purpose
from accounts.consents import VERSIONS
from accounts.models import Profile, consented
from accounts.zones import ZONES
from notifications.models import Notification
from notifications.services import notify_all
from tracker.models import MoodEntry

KIND = "mood_reminder"
BATCH = 1_000  # people who are told in one transaction
HOUR = timedelta(hours=1)
Zones = dict[str, list[int]]  # hours of one day, by the zone in which they are now


def remind(now: datetime) -> int:
    """Tell everybody whose hour it is, and return how many they were; whoever was told on that day is told no more."""
    told = 0
    for day, zones in due(now).items():
        for profiles in _batches(_whose_hour_it_is(day, zones)):
            people = [profile.user for profile in profiles]
            told += len(notify_all(people, KIND, {"what": "due"}, key=day.isoformat()))
    return told


def due(now: datetime) -> dict[date, Zones]:
    """Return the hours that people can have picked for now, by day and zone."""
    found: dict[date, Zones] = {}
    for name, _words in ZONES:
        for hour in hours_due(now, ZoneInfo(name)):
            found.setdefault(hour.date(), {}).setdefault(name, []).append(hour.hour)
    return found


def hours_due(now: datetime, zone: ZoneInfo) -> list[datetime]:
    """Return the hour that it is on a wall clock, after those which the clock has just left out."""
    before, hour = _wall_hour(now - HOUR, zone), _wall_hour(now, zone)
    left_out = []
    while (before := before + HOUR) < hour:
        left_out.append(before)
    return [*left_out, hour]


def _wall_hour(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None, minute=0, second=0, microsecond=0)


def _whose_hour_it_is(day: date, zones: Zones) -> QuerySet[Profile]:
    """Return those who may use Emocare now, wait for a reminder of that day, and have recorded no mood on it."""
    picked = reduce(or_, (Q(user__time_zone=name, reminder_hour__in=hours) for name, hours in zones.items()))
    begins = (When(user__time_zone=name, then=Value(_begin_of(day, name))) for name in zones)
    recorded = MoodEntry.objects.filter(
        owner=OuterRef("user"), level__isnull=False, felt_at__gte=OuterRef("day_begins_at")
    )
    told = Notification.objects.filter(user=OuterRef("user"), kind=KIND, key=day.isoformat())
    return (
        Profile.objects.filter(picked, user__is_active=True, user__erasure_due_at__isnull=True)
        .filter(consented("user"), user__agreed_version=VERSIONS[Purpose.SERVICE])
        .annotate(day_begins_at=Case(*begins, output_field=DateTimeField()))
        .filter(~Exists(recorded), ~Exists(told))
        .select_related("user")
    )


def _begin_of(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), tzinfo=ZoneInfo(zone))


def _batches(profiles: QuerySet[Profile]) -> Iterator[list[Profile]]:
    left = profiles.order_by("pk")
    while found := list(left[:BATCH]):
        yield found
        left = left.filter(pk__gt=found[-1].pk)
