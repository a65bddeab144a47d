"""One week of a person's moods: what the chart, the table and the sentence show."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Avg
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from tracker import access
from tracker.models import Level, MoodEntry

NOTICEABLE = 0.3  # levels; a smaller change between two weeks is called "about the same"


@dataclass(frozen=True)
class Day:
    """A calendar day in the person's time zone, with its entries in the order they were felt."""

    date: date
    entries: list[MoodEntry]

    @cached_property
    def mean(self) -> float | None:
        """Return the mean level, 1 to 5, or None on a day without entries."""
        return sum(entry.level for entry in self.entries) / len(self.entries) if self.entries else None

    @property
    def short_name(self) -> str:
        return date_format(self.date, "D")

    @property
    def in_words(self) -> str:
        """Say the day and the mood nearest to its mean."""
        return f"{date_format(self.date, 'l')}: {self.nearest.label if self.nearest else _('no entry')}"

    @property
    def nearest(self) -> Level | None:
        return Level(nearest_level(self.mean)) if self.entries else None


@dataclass(frozen=True)
class Week:
    """Monday to Sunday, with the mean level of the week before."""

    days: list[Day]
    mean_before: float | None

    @cached_property
    def levels(self) -> list[int]:
        return [entry.level for day in self.days for entry in day.entries]

    @cached_property
    def mean(self) -> float | None:
        return sum(self.levels) / len(self.levels) if self.levels else None

    @property
    def in_words(self) -> str:
        """Say each day, for those who do not see the chart."""
        return "; ".join(day.in_words for day in self.days) + "."

    def sentence(self) -> str:
        """Say in plain words what the week was like, without blame for days that have nothing."""
        if not self.levels:
            return _("Nothing is recorded this week yet. One press is enough.")
        count = len(self.levels)
        parts = [
            ngettext(
                "You recorded your mood %(count)d time this week.",
                "You recorded your mood %(count)d times this week.",
                count,
            )
            % {"count": count},
            _("On average: %(mood)s.") % {"mood": str(Level(nearest_level(self.mean)).label).lower()},
        ]
        if self.mean_before is not None:
            parts.append(self._comparison(round(self.mean - self.mean_before, 6)))  # 3.3 - 3.0 is 0.2999...
        return " ".join(parts)

    @staticmethod
    def _comparison(change: float) -> str:
        if change >= NOTICEABLE:
            return _("This week is better than last week.")
        if change <= -NOTICEABLE:
            return _("This week is harder than last week.")
        return _("This week is about the same as last week.")


def nearest_level(mean: float) -> int:
    """Return the level nearest to a mean, a half counting up."""
    return int(mean + 0.5)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def week_of(user: User, today: date | None = None) -> Week:
    """Return the week that holds `today` (the person's own today when not given), in the active time zone."""
    today = today or timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    start, end = _midnight(monday), _midnight(monday + timedelta(days=7))
    own = access.entries_of(user)
    days: dict[date, list[MoodEntry]] = {monday + timedelta(days=i): [] for i in range(7)}
    for entry in own.filter(felt_at__gte=start, felt_at__lt=end).order_by("felt_at", "pk"):
        days[timezone.localtime(entry.felt_at).date()].append(entry)
    before = own.filter(felt_at__gte=_midnight(monday - timedelta(days=7)), felt_at__lt=start).order_by()
    return Week([Day(*item) for item in days.items()], before.aggregate(mean=Avg("level"))["mean"])
