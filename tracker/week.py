"""One week of a person's moods: what the chart, the table and the sentence of the first screen show."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from emocare.dates import written
from tracker import access, sentences, statistics
from tracker.choices import Level, mood_word
from tracker.dynamics import nearest_level
from tracker.models import MoodEntry
from tracker.periods import Period, Span


@dataclass(frozen=True)
class Day:
    """A calendar day in the person's time zone, with its entries in the order they were felt."""

    date: date
    entries: list[MoodEntry]

    @property
    def levels(self) -> list[int]:
        return [entry.level for entry in self.entries]

    @cached_property
    def mean(self) -> float | None:
        """Return the mean level, 1 to 5, or None on a day without entries."""
        return statistics.mean(self.levels)

    @property
    def short_name(self) -> str:
        return written(self.date, "D")

    @property
    def name(self) -> str:
        return f"{written(self.date, 'l')}, {written(self.date, 'j E')}"

    @property
    def average(self) -> str:
        return f"{sentences.tenths(self.mean)} ({sentences.mood(self.mean)})" if self.entries else _("no entry")

    @property
    def listing(self) -> str:
        """Return time and mood of each entry."""
        return ", ".join(f"{timezone.localtime(entry.felt_at):%H:%M} – {entry.mood.lower()}" for entry in self.entries)

    @cached_property
    def in_words(self) -> str:
        """Say the day and the mood nearest to its mean."""
        return f"{written(self.date, 'l')}: {mood_word(self.nearest) if self.nearest else _('no entry')}"

    @property
    def nearest(self) -> Level | None:
        return Level(nearest_level(self.mean)) if self.entries else None


@dataclass(frozen=True)
class Week:
    """Monday to Sunday, with the mean level of the week before, and those of the last 14 days that hold a mood."""

    days: list[Day]
    mean_before: float | None
    recorded_lately: list[date] = field(default_factory=list)

    @cached_property
    def levels(self) -> list[int]:
        return [level for day in self.days for level in day.levels]

    @cached_property
    def mean(self) -> float | None:
        return statistics.mean(self.levels)

    @property
    def in_words(self) -> str:
        """Say each day, for those who do not see the chart."""
        return "; ".join(day.in_words for day in self.days) + "."

    @property
    def table(self) -> SafeString:
        """Return the rows of a table: each day, its mean with the nearest mood, and its single entries."""
        rows = ((day.name, day.average, day.listing) for day in self.days)
        return format_html_join("\n", '<tr><th scope="row">{}</th><td>{}</td><td>{}</td></tr>', rows)

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
            _("On average: %(mood)s.") % {"mood": sentences.mood(self.mean)},
        ]
        if self.mean_before is not None:  # 3.3 - 3.0 is 0.2999...
            parts.append(sentences.compared(Span.WEEK, round(self.mean - self.mean_before, 6)))
        return " ".join(parts)


def week_of(user: User, today: date | None = None) -> Week:
    """Return the week that holds `today` (the person's own when not given), in the active time zone; one query."""
    today = today or timezone.localdate()
    week, fortnight = Period.around(Span.WEEK, today), Period.around(Span.FORTNIGHT, today)
    read = Period(Span.ALL, min(week.before().first, fortnight.first), week.last)
    start, end = read.moments()
    days: dict[date, list[MoodEntry]] = {read.first + timedelta(days=i): [] for i in range(read.days)}
    moods = access.moods_of(user).filter(felt_at__gte=start, felt_at__lt=end).order_by("felt_at", "pk")
    for entry in moods.only("felt_at", "level"):
        days[timezone.localtime(entry.felt_at).date()].append(entry)
    in_order = [Day(*item) for item in days.items()]
    before = [level for day in in_order if week.before().holds(day.date) for level in day.levels]
    return Week(
        days=in_order[-7:],
        mean_before=statistics.mean(before),
        recorded_lately=[day.date for day in in_order if day.entries and fortnight.holds(day.date)],
    )
