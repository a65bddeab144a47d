"""Lengths of time in words."""

from datetime import timedelta

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def lasting(value: timedelta | None) -> str:
    """Return minutes and seconds, or hours and minutes, or days and hours; a line where there is nothing."""
    if value is None:
        return "—"
    minutes, seconds = divmod(max(round(value.total_seconds()), 0), 60)
    hours, left = divmod(minutes, 60)
    if hours >= 24:
        return _("%(days)d d %(hours)d h") % {"days": hours // 24, "hours": hours % 24}
    if hours:
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": left}
    return _("%(minutes)d min %(seconds)d s") % {"minutes": minutes, "seconds": seconds}
