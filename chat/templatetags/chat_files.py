"""How large files are, how long sounds are and how they look; static/js/chat-carried.js says and draws the same."""

from django import template
from django.utils.translation import gettext as _

from chat.attachments.showing import length

register = template.Library()
KILOBYTE = 1024
WIDTH, HEIGHT = 256, 32
BARS = 48  # where nobody heard how loud it is


@register.filter
def size_in_words(size: int | None) -> str:
    """Return a size in whole kilobytes or megabytes, at least one."""
    if not size:
        return ""
    kilobytes = max(1, round(size / KILOBYTE))
    return f"{kilobytes} {_('KB')}" if kilobytes < KILOBYTE else f"{round(kilobytes / KILOBYTE)} {_('MB')}"


@register.filter
def length_in_words(seconds: int | None) -> str:
    """Return minutes and seconds."""
    return length(seconds or 0)


@register.filter
def waveform_path(bars: list[int] | None) -> str:
    """Return the path of a drawing 256 wide and 32 high: a stroke for each of the numbers from 0 to 255."""
    bars = bars or [0] * BARS
    step = WIDTH / len(bars)
    heights = [2 + bar * (HEIGHT - 2) / 255 for bar in bars]
    return "".join(f"M{(at + 0.5) * step:.1f} {(HEIGHT - high) / 2:.1f}v{high:.1f}" for at, high in enumerate(heights))
