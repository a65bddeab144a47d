"""A person's hours on their wall clock: when they want to be left alone, when their daily letter comes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from accounts.models import User
from notifications.models import Rhythm

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Clock:
    """The wall clock of a person with their hours; moments that it returns are in UTC.

    `quiet` are minutes of the day from and until which nothing shall come, over midnight where the first is the later.
    An hour that the clock skips or shows twice counts as the clock shows it.
    """

    zone: ZoneInfo
    quiet: tuple[int, int] | None
    daily: int  # hour of the day

    @classmethod
    def of(cls, user: User, rhythm: Rhythm | None = None) -> "Clock":
        """Return a person's clock; without hours of their own it has those of everybody."""
        hours = rhythm or Rhythm()
        quiet = None
        if hours.quiet_from is not None and hours.quiet_until is not None:
            quiet = hours.quiet_from, hours.quiet_until
        return cls(user.zone, quiet, hours.digest_hour)

    def day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def is_quiet(self, moment: datetime) -> bool:
        """Say whether a moment lies in the quiet hours; their end does not."""
        if self.quiet is None:
            return False
        start, end = self.quiet
        local = moment.astimezone(self.zone)
        minute = local.hour * 60 + local.minute
        return start <= minute < end if start < end else minute >= start or minute < end

    def free_from(self, moment: datetime) -> datetime:
        """Return the moment itself, or the end of the quiet hours that it lies in."""
        while self.is_quiet(moment):
            moment = self._next_end(moment)
        return moment.astimezone(UTC)

    def _next_end(self, moment: datetime) -> datetime:
        today = self.day(moment)
        ends = (self._at(today + days * DAY, self.quiet[1], fold) for days in range(3) for fold in (0, 1))
        return min(end for end in ends if end > moment)

    def _at(self, day: date, minute: int, fold: int = 0) -> datetime:
        wall = datetime.combine(day, time(minute // 60, minute % 60, fold=fold), self.zone)
        return wall.astimezone(UTC)

    def daily_before(self, moment: datetime) -> datetime:
        """Return the newest moment for a daily letter that is not after this one: the hour, after quiet hours."""
        today = self.day(moment)
        moments = (self.free_from(self._at(today - days * DAY, self.daily * 60)) for days in range(4))
        return max(daily for daily in moments if daily <= moment)
