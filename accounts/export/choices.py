"""The words of a download."""

from django.db import models
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("download", "Being prepared")
    READY = "ready", pgettext_lazy("download", "Ready")
    FAILED = "failed", pgettext_lazy("download", "Not prepared")
    EXPIRED = "expired", pgettext_lazy("download", "Deleted after its time")
