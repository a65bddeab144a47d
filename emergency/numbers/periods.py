"""The periods that can be chosen."""

from django.utils.translation import gettext_lazy as _

PERIODS = {7: _("A week"), 30: _("30 days"), 90: _("90 days"), 365: _("A year")}
USUAL = 30


def chosen(asked: str | None) -> int:
    """Return the days that were asked for; the usual ones when there is no such period."""
    return next((days for days in PERIODS if str(days) == asked), USUAL)
