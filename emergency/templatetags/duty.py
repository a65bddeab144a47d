"""Pieces of the rota's pages; loaded by them alone."""

from django import template

from emergency.duty import words
from emergency.models import Shift

register = template.Library()


@register.filter
def when(shift: Shift) -> str:
    """Return day and hours of a shift on the clock of whoever reads."""
    return words.when(shift.starts_at, shift.ends_at)
