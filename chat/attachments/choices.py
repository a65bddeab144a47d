"""What a message can carry."""

from django.db import models
from django.utils.translation import pgettext_lazy

MAX_BYTES = 10 * 1024 * 1024
LONGEST_NAME = 120  # characters
LONGEST_VOICE = 3 * 60  # seconds
MOST_BARS = 64  # of a waveform


class Carried(models.TextChoices):
    """How what a message carries is shown."""

    PICTURE = "picture", pgettext_lazy("with a message", "Picture")
    FILE = "file", pgettext_lazy("with a message", "File")
    VOICE = "voice", pgettext_lazy("with a message", "Voice message")
