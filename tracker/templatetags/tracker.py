"""How templates show words, pictures and sentences of the tracker; loaded everywhere through the settings."""

from datetime import date
from functools import cache

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from emocare.templatetags.emocare import icon
from tracker import sentences
from tracker.chart import Chart
from tracker.drawing import svg
from tracker.dynamics import Dynamics, Point, WordEffect
from tracker.models import MoodEntry
from tracker.words import PICTURES, Vocabulary, Word

register = template.Library()


@register.simple_tag
@cache
def word_picture(code: str) -> SafeString:
    """Draw the decorative picture of a feeling or a cause; its word stands beside it."""
    picture = PICTURES.get(code, "tag")
    if not picture.startswith("feeling-"):
        return icon(picture)
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("icons/feelings.svg"),
        picture,
    )


@register.simple_tag
def drawing(chart: Chart) -> SafeString:
    return svg(chart)


@cache
def _tracker(language: str) -> str:
    return reverse("tracker")


@register.filter
def place(entry: MoodEntry) -> str:
    """Return the address where an entry is changed; reversing it for each of a list takes longer than showing it."""
    return f"{_tracker(get_language())}{entry.public_id}/"


@register.filter
def words_of(vocabulary: Vocabulary, entry: MoodEntry) -> list[Word]:
    """Return feelings and causes of an entry, in the person's words."""
    return vocabulary.words([*entry.feelings, *entry.causes])


@register.filter
def overview(dynamics: Dynamics) -> str:
    return sentences.overview(dynamics)


@register.filter
def in_words(points: list[Point]) -> str:
    return sentences.of_points(points)


@register.filter
def weekdays_in_words(points: list[Point]) -> str:
    return sentences.of_weekdays(points)


@register.filter
def hours_in_words(points: list[Point]) -> str:
    return sentences.of_hours(points)


@register.filter
def effect_in_words(found: WordEffect) -> str:
    return sentences.of_effect(found)


@register.filter
def day_in_words(item: tuple[date, float]) -> str:
    return sentences.of_day(*item)
