"""Days in words for a browser, which does not know the Kazakh ones; loaded by the template that needs it."""

from datetime import date

from django import template

from emocare.dates import written

register = template.Library()
YEAR, DAY = 2345, 11  # which static/js/chat-message.js replaces by others


@register.simple_tag
def days_in_words() -> str:
    """Return a day of each month in words, with "|" between them."""
    return "|".join(written(date(YEAR, month, DAY)) for month in range(1, 13))
