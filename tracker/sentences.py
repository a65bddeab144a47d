"""What the statistics of moods say in plain words: no blame, no diagnosis, and nothing that the numbers do not hold."""

from datetime import date
from functools import lru_cache

from django.template.defaultfilters import floatformat
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from emocare.dates import written
from tracker.choices import mood_word
from tracker.dynamics import Dynamics, Point, WordEffect, nearest_level
from tracker.periods import Span

NOTICEABLE = 0.3  # levels; a smaller change is called "about the same"
EVEN, UNEVEN = 0.7, 1.2  # standard deviation, levels
EMPTY = gettext_lazy("no entry")

COMPARISONS = {
    Span.WEEK: (
        gettext_lazy("This week is better than last week."),
        gettext_lazy("This week is harder than last week."),
        gettext_lazy("This week is about the same as last week."),
    ),
    Span.FORTNIGHT: (
        gettext_lazy("These two weeks are better than the two before."),
        gettext_lazy("These two weeks are harder than the two before."),
        gettext_lazy("These two weeks are about the same as the two before."),
    ),
    Span.MONTH: (
        gettext_lazy("This month is better than the month before."),
        gettext_lazy("This month is harder than the month before."),
        gettext_lazy("This month is about the same as the month before."),
    ),
    Span.QUARTER: (
        gettext_lazy("This quarter is better than the quarter before."),
        gettext_lazy("This quarter is harder than the quarter before."),
        gettext_lazy("This quarter is about the same as the quarter before."),
    ),
    Span.YEAR: (
        gettext_lazy("This year is better than the year before."),
        gettext_lazy("This year is harder than the year before."),
        gettext_lazy("This year is about the same as the year before."),
    ),
}


@lru_cache(maxsize=4096)
def _tenths(value: float, language: str) -> str:
    return floatformat(value, 1)


def tenths(value: float) -> str:
    """Write a number with one decimal place, as the active language does."""
    return _tenths(value, get_language())


def mood(mean: float) -> str:
    """Return the word of the level nearest to a mean, as it stands inside a sentence."""
    return mood_word(nearest_level(mean)).lower()


def compared(span: Span, change: float) -> str:
    """Compare a period to the one before; `change` is the difference of the means in levels."""
    better, harder, same = COMPARISONS[span]
    return str(better if change >= NOTICEABLE else harder if change <= -NOTICEABLE else same)


def overview(dynamics: Dynamics) -> str:
    """Say how a period was: how often, how on average, compared to the time before, how even."""
    summary = dynamics.summary
    if not summary:
        return _("No mood is recorded in this period. That is all right.")
    recorded = ngettext(
        "You recorded your mood %(count)d time.", "You recorded your mood %(count)d times.", summary.count
    ) % {"count": summary.count}
    parts = [recorded, _("On average: %(mood)s.") % {"mood": mood(summary.mean)}]
    if dynamics.change is not None:
        parts.append(compared(dynamics.period.span, dynamics.change))
    if summary.count > 1:
        parts.append(evenness(summary.spread))
    return " ".join(parts)


def evenness(spread: float) -> str:
    """Say how much moods differ; `spread` is their standard deviation in levels."""
    if spread < EVEN:
        return _("Your mood was even.")
    return _("Your mood changed a little.") if spread < UNEVEN else _("Your mood changed a lot.")


def of_point(point: Point) -> str:
    """Say a column of a chart: what it belongs to, its mean and how many moods it holds."""
    if not point.levels:
        return f"{point.name}: {EMPTY}"
    count = len(point.levels)
    many = ngettext("%(count)d entry", "%(count)d entries", count) % {"count": count}
    mean = tenths(point.mean)
    return f"{point.name}: {mood(point.mean)}, {mean} ({many})"


def of_points(points: list[Point]) -> str:
    """Say the columns of a chart that hold something."""
    return "; ".join(of_point(point) for point in points if point.levels) + "."


def best_of(points: list[Point], best: str, hardest: str, same: str) -> str:
    """Fill "highest: NAME" and "lowest: NAME"; `same` when they do not differ noticeably, nothing when there is one."""
    held = [point for point in points if point.levels]
    if len(held) < 2:  # nothing to compare
        return ""
    top, bottom = (choose(held, key=lambda point: point.mean) for choose in (max, min))
    if round(top.mean - bottom.mean, 6) < NOTICEABLE:
        return same
    return " ".join([best % {"name": top.name}, hardest % {"name": bottom.name}])


def of_weekdays(points: list[Point]) -> str:
    return best_of(
        points,
        _("Highest on average: %(name)s."),
        _("Lowest on average: %(name)s."),
        _("The days of the week are about the same."),
    )


def of_hours(points: list[Point]) -> str:
    return best_of(
        points,
        _("Highest on average: %(name)s."),
        _("Lowest on average: %(name)s."),
        _("The hours of the day are about the same."),
    )


def of_effect(found: WordEffect) -> str:
    """Say how days with a word differ from days without it."""
    difference = found.effect.difference
    words = {"word": found.word.label, "number": tenths(abs(difference))}
    if abs(difference) < NOTICEABLE:
        return _("On days with “%(word)s” your mood is about the same.") % words
    if difference > 0:
        return _("On days with “%(word)s” your mood is %(number)s higher.") % words
    return _("On days with “%(word)s” your mood is %(number)s lower.") % words


def of_day(day: date, mean: float) -> str:
    """Say a single day and its mood."""
    return f"{written(day, 'l')}, {written(day, 'DATE_FORMAT')}: {mood(mean)} ({tenths(mean)})"
