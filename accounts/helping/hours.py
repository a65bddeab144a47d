"""When a helper has time: hours of their week on their clock, told on the clock of whoever reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from accounts.models import HelperHours, HelperProfile
from accounts.zones import ZONES

SHOWN_DAYS = 7
Stretch = tuple[datetime, datetime]


@dataclass(frozen=True)
class Availability:
    """Whether a helper has time at a moment; `coming` are the stretches of the next days, in order, not touching."""

    known: bool
    free_until: datetime | None
    next_start: datetime | None
    coming: list[Stretch]

    def days(self) -> list[tuple[date, list[str]]]:
        """Return the next seven days in the active zone, each with its times; days without time are left out."""
        today = timezone.localdate()
        found = [(day, _on(day, self.coming)) for day in (today + timedelta(days=i) for i in range(SHOWN_DAYS))]
        return [(day, times) for day, times in found if times]


def availability(profile: HelperProfile, hours: Iterable[HelperHours], now: datetime) -> Availability:
    """Work out when the helper has time from now on; a break without an end leaves nothing."""
    zone = profile.user.zone
    hours = list(hours)
    first = now.astimezone(zone).date() - timedelta(days=1)
    if profile.on_break:
        if profile.break_until is None:
            return Availability(bool(hours), None, None, [])
        first = max(first, profile.break_until + timedelta(days=1))
    coming = [(start, end) for start, end in stretches(hours, zone, first, SHOWN_DAYS + 3) if end > now]
    free_until = coming[0][1] if coming and coming[0][0] <= now else None
    return Availability(bool(hours), free_until, next((start for start, _end in coming if start > now), None), coming)


def stretches(hours: Iterable[HelperHours], zone: ZoneInfo, first: date, days: int) -> list[Stretch]:
    """Return the moments of these hours on days from `first` on, in order; those that touch, at midnight, are one."""
    by_weekday: dict[int, list[HelperHours]] = {}
    for part in hours:
        by_weekday.setdefault(part.weekday, []).append(part)
    found: list[Stretch] = []
    for day in (first + timedelta(days=i) for i in range(days)):
        for part in sorted(by_weekday.get(day.weekday(), []), key=lambda part: part.start_minute):
            start, end = _moment(day, part.start_minute, zone), _moment(day, part.end_minute, zone)
            if found and start <= found[-1][1]:
                found[-1] = (found[-1][0], max(found[-1][1], end))
            elif start < end:
                found.append((start, end))
    return found


def _moment(day: date, minute: int, zone: ZoneInfo) -> datetime:
    days, minute = divmod(minute, 24 * 60)
    clock = time(minute // 60, minute % 60)
    return datetime.combine(day + timedelta(days=days), clock, zone).astimezone(UTC)


def _on(day: date, coming: list[Stretch]) -> list[str]:
    """Return what of the stretches falls on a day of the active zone, as `18:00–21:00`."""
    zone = timezone.get_current_timezone()
    begin, end = _moment(day, 0, zone), _moment(day, 24 * 60, zone)
    parts = [(max(a, begin), min(b, end)) for a, b in coming if a < end and b > begin]
    return [f"{a.astimezone(zone):%H:%M}–{'24:00' if b == end else f'{b.astimezone(zone):%H:%M}'}" for a, b in parts]


def now_within(now: datetime, zone_field: str) -> Q:
    """Return a condition for rows of HelperHours: the helper's clock, whose zone the field names, is within them."""
    condition = Q(pk=None)
    for zone, _name in ZONES:
        local = now.astimezone(ZoneInfo(zone))
        minute = local.hour * 60 + local.minute
        condition |= Q(**{zone_field: zone}, weekday=local.weekday(), start_minute__lte=minute, end_minute__gt=minute)
    return condition


def away(now: datetime, zone_field: str = "user__time_zone") -> Q:
    """Return a condition for rows of HelperProfile: the helper is on a break, today included on their calendar."""
    days: dict[date, list[str]] = {}
    for zone, _name in ZONES:
        days.setdefault(now.astimezone(ZoneInfo(zone)).date(), []).append(zone)
    condition = Q(on_break=True, break_until__isnull=True)
    for day, zones in days.items():
        condition |= Q(on_break=True, break_until__gte=day, **{f"{zone_field}__in": zones})
    return condition


def is_away(profile: HelperProfile, now: datetime) -> bool:
    """Say whether the helper is on a break today, on their own calendar."""
    today = now.astimezone(profile.user.zone).date()
    return profile.on_break and (profile.break_until is None or profile.break_until >= today)
