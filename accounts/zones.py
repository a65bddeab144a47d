"""Time zones a person can choose: Kazakhstan's first, then those of neighbours and of the diaspora."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext_lazy as _

DEFAULT_ZONE = "Asia/Almaty"
ZONES = [
    ("Asia/Almaty", _("Kazakhstan (Astana, Almaty)")),
    ("Asia/Tashkent", _("Tashkent")),
    ("Asia/Bishkek", _("Bishkek")),
    ("Asia/Omsk", _("Omsk")),
    ("Asia/Yekaterinburg", _("Yekaterinburg")),
    ("Europe/Moscow", _("Moscow")),
    ("Europe/Istanbul", _("Istanbul")),
    ("Europe/Berlin", _("Berlin, Warsaw, Prague")),
    ("Europe/London", _("London")),
    ("Asia/Dubai", _("Dubai")),
    ("Asia/Ulaanbaatar", _("Ulaanbaatar")),
    ("Asia/Shanghai", _("Beijing, Urumqi")),
    ("Asia/Seoul", _("Seoul")),
    ("America/New_York", _("New York")),
    ("America/Los_Angeles", _("Los Angeles")),
    ("UTC", "UTC"),
]


def zone_of(name: str) -> ZoneInfo:
    """Return a time zone; that of Kazakhstan for a name that does not exist, or does not any more."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo(DEFAULT_ZONE)
