"""Spans of the calendar that a person looks back on: a week, a month, a quarter, a year, all of it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from emocare.dates import written

FORTNIGHT = 14  # days
MONTHS = {"month": 1, "quarter": 3, "year": 12}


class Span(models.TextChoices):
    """The lengths to choose from."""

    WEEK = "week", pgettext_lazy("period", "Week")
    FORTNIGHT = "fortnight", pgettext_lazy("period", "Two weeks")
    MONTH = "month", pgettext_lazy("period", "Month")
    QUARTER = "quarter", pgettext_lazy("period", "Quarter")
    YEAR = "year", pgettext_lazy("period", "Year")
    ALL = "all", pgettext_lazy("period", "All time")


def midnight(day: date) -> datetime:
    """Return the beginning of a day in the active time zone."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _months_later(day: date, months: int) -> date:
    """Return the first day of the month that is so many months after the month of `day`."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


@dataclass(frozen=True)
class Period:
    """Whole days from `first` to `last`, both included."""

    span: Span
    first: date
    last: date

    @classmethod
    def around(cls, span: Span, day: date, earliest: date | None = None) -> "Period":
        """Return the week, month, quarter or year of the calendar that holds `day`.

        Two weeks end with `day`; all time goes from `earliest` to `day`.
        """
        if span == Span.ALL:
            return cls(span, min(earliest or day, day), day)
        if span == Span.WEEK:
            monday = day - timedelta(days=day.weekday())
            return cls(span, monday, monday + timedelta(days=6))
        if span == Span.FORTNIGHT:
            return cls(span, day - timedelta(days=FORTNIGHT - 1), day)
        length = MONTHS[span]
        first = date(day.year, (day.month - 1) // length * length + 1, 1)
        return cls(span, first, _months_later(first, length) - timedelta(days=1))

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def before(self) -> "Period | None":
        """Return the period of the same kind before this one; nothing lies before all time."""
        if self.span == Span.ALL or self.first.year < 2000:
            return None
        return self.around(self.span, self.first - timedelta(days=1))

    def after(self) -> "Period | None":
        """Return the period of the same kind after this one."""
        if self.span == Span.ALL:
            return None
        return self.around(self.span, self.last + timedelta(days=FORTNIGHT if self.span == Span.FORTNIGHT else 1))

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def moments(self) -> tuple[datetime, datetime]:
        """Return where it begins and where the day after it begins, in the active time zone."""
        return midnight(self.first), midnight(self.last + timedelta(days=1))

    def title(self) -> str:
        """Name it as people do: its days, its month, its quarter, its year."""
        if self.span == Span.MONTH:
            return written(self.first, "YEAR_MONTH_FORMAT")
        if self.span == Span.QUARTER:
            return _("Quarter %(number)d of %(year)d") % {
                "number": (self.first.month + 2) // 3,
                "year": self.first.year,
            }
        if self.span == Span.YEAR:
            return str(self.first.year)
        return f"{written(self.first, 'DATE_FORMAT')} – {written(self.last, 'DATE_FORMAT')}"

    def parts(self) -> list["Part"]:
        """Cut it into what one point of the chart stands for: days, from a quarter on weeks, from a year on months."""
        if self.span in {Span.WEEK, Span.FORTNIGHT, Span.MONTH}:
            return [Part(self.first + timedelta(days=i), self.first + timedelta(days=i)) for i in range(self.days)]
        if self.days <= 100:
            return self._cut(lambda day: day + timedelta(days=7 - day.weekday()))
        if self.days <= 750:
            return self._cut(lambda day: _months_later(day, 1))
        return self._cut(lambda day: date(day.year + 1, 1, 1))

    def _cut(self, following) -> list["Part"]:
        parts, first = [], self.first
        while first <= self.last:
            end = min(following(first) - timedelta(days=1), self.last)
            parts.append(Part(first, end))
            first = end + timedelta(days=1)
        return parts


@dataclass(frozen=True)
class Part:
    """Days of a period that one point of the chart stands for."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def short_name(self, span: Span) -> str:
        """Name it under the chart."""
        if span == Span.WEEK:
            return written(self.first, "D")
        if self.days == 1:
            return str(self.first.day)
        if self.days <= 7:
            return written(self.first, "d.m")
        return written(self.first, "M") if self.days <= 31 else str(self.first.year)

    def name(self) -> str:
        """Name it in a sentence or a table."""
        if self.days == 1:
            return f"{written(self.first, 'l')}, {written(self.first, 'j E')}"
        if self.days <= 7:
            return f"{written(self.first, 'j E')} – {written(self.last, 'j E')}"
        return written(self.first, "YEAR_MONTH_FORMAT") if self.days <= 31 else str(self.first.year)
