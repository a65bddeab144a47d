"""Small pieces every template uses; loaded everywhere through the settings."""

from datetime import datetime
from functools import cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from emocare import background, dates

register = template.Library()


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """Draw a decorative icon of static/vendor/lucide/icons.svg; the words beside it carry the meaning."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("vendor/lucide/icons.svg"),
        name,
    )


@register.simple_tag
@cache
def face(level: int) -> SafeString:
    """Draw the face of a mood, 1 to 5; decorative, its word stands beside it."""
    return format_html(
        '<svg class="face face--{}" viewBox="0 0 48 48" aria-hidden="true" focusable="false">'
        '<use href="{}#face-{}"></use></svg>',
        level,
        static("icons/faces.svg"),
        level,
    )


@register.simple_tag
def work_is_late() -> bool:
    """Say whether letters and downloads take longer than usual now; asks the database every few seconds at most."""
    return background.is_late()


@register.filter
def moment(value: datetime) -> str:
    """Write a moment as day and time on the person's clock."""
    return dates.moment(value)


@register.filter
def iso(value: datetime) -> str:
    """Write a moment for the attribute of a <time>."""
    return timezone.localtime(value).isoformat(timespec="seconds")


@register.filter
def get_item(mapping: dict[str, Any], key: str) -> Any:
    """Return mapping[key]."""
    return mapping[key]


@register.filter
def attribute(thing: object, name: str) -> Any:
    """Return thing.name for a name that a variable holds."""
    return getattr(thing, name)
