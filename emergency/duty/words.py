"""Hours of the rota in words, on the clock of whoever reads."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from emergency.duty.clock import begin_of, wall
from emocare.dates import written


def day_name(day: date) -> str:
    """Return a day as `Tuesday, 24 November`."""
    return f"{written(day, 'l')}, {written(day, 'j E')}"


def hours(begins: datetime, ends: datetime) -> str:
    """Return what somebody reads below the name of the day on which it begins: `22:00 to 08:00 the next day`."""
    start, end = wall(begins), wall(ends)
    given = {"start": f"{start:%H:%M}", "end": f"{end:%H:%M}"}
    if end.date() == start.date():
        return pgettext("hours of a day", "%(start)s to %(end)s") % given
    tomorrow = start.date() + timedelta(days=1)
    if ends == begin_of(tomorrow):
        return pgettext("hours of a day", "%(start)s to %(end)s") % (given | {"end": "24:00"})
    if end.date() == tomorrow:
        return _("%(start)s to %(end)s the next day") % given
    return _("%(start)s, until %(day)s, %(end)s") % (given | {"day": day_name(end.date())})


def when(begins: datetime, ends: datetime) -> str:
    """Return day and hours: `Tuesday, 24 November, 02:00 to 08:00`."""
    return f"{day_name(wall(begins).date())}, {hours(begins, ends)}"


def hours_on(day: date, begins: datetime, ends: datetime) -> str:
    """Return the hours of a shift as they stand below a day, which may be the one after it began."""
    start = wall(begins)
    if start.date() >= day:
        return hours(begins, ends)
    given = {"start": f"{start:%H:%M}", "end": f"{wall(ends):%H:%M}"}
    return _("until %(end)s, since %(start)s the day before") % given
