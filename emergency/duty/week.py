"""A week of the rota, day by day, in words: who is on duty when, and which hours lack somebody."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from emergency.duty import words
from emergency.duty.access import shifts_between
from emergency.duty.clock import WEEK, begin_of, monday_of
from emergency.duty.gaps import Gap, gaps_of
from emergency.models import Shift

WEEKS_AWAY = 53  # that can be looked at, back and ahead


@dataclass(frozen=True)
class Line:
    shift: Shift
    hours: str


@dataclass(frozen=True)
class Day:
    date: date
    lines: list[Line]
    gaps: list[Gap]  # only hours that are still to come

    @property
    def name(self) -> str:
        return words.day_name(self.date)

    @property
    def is_today(self) -> bool:
        return self.date == timezone.localdate()


@dataclass(frozen=True)
class Week:
    """Seven days from a Monday on; `before` and `after` are the Mondays beside it, where they can be looked at."""

    monday: date
    days: list[Day]
    before: date | None
    after: date | None

    @property
    def sunday(self) -> date:
        return self.monday + WEEK - timedelta(days=1)


def week_of(asked: str) -> Week:
    """Return the week of a day (ISO), in one query; this week for what is no day, or one that is too far away."""
    this = monday_of(timezone.localdate())
    first, last = this - WEEK * WEEKS_AWAY, this + WEEK * WEEKS_AWAY
    try:
        monday = monday_of(date.fromisoformat(asked))
    except (ValueError, OverflowError):
        monday = this
    if not first <= monday <= last:
        monday = this
    shifts = shifts_between(begin_of(monday), begin_of(monday + WEEK))
    days = [_day(monday + timedelta(days=i), shifts) for i in range(7)]
    before = monday - WEEK if monday > first else None
    return Week(monday, days, before, monday + WEEK if monday < last else None)


def _day(day: date, shifts: list[Shift]) -> Day:
    begin, end = begin_of(day), begin_of(day + timedelta(days=1))
    there = [shift for shift in shifts if shift.starts_at < end and shift.ends_at > begin]
    lines = [Line(shift, words.hours_on(day, shift.starts_at, shift.ends_at)) for shift in there]
    now = max(begin, timezone.now())
    return Day(day, lines, gaps_of(there, now, end) if now < end else [])
