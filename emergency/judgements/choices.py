"""What people say was wrong about the risk check, and what a review makes of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Complaint(models.TextChoices):
    """What was not right, as the person says it."""

    FALSE_ALARM = "false-alarm", _("I was not in danger: it means something else")
    OTHER = "other", _("It is about something else, or more or less urgent")
    MISSED = "missed", _("Emocare did not notice something")


class Verdict(models.TextChoices):
    """How it stands with the review."""

    WAITS = "waits", pgettext_lazy("review", "Waits")
    LABEL = "label", pgettext_lazy("review", "Can be learned from")
    UNUSABLE = "unusable", pgettext_lazy("review", "Cannot be used")


class Language(models.TextChoices):
    """In which language the sentence is; the page it was sent from says it first."""

    KK = "kk", pgettext_lazy("language", "Kazakh")
    RU = "ru", pgettext_lazy("language", "Russian")
    EN = "en", pgettext_lazy("language", "English")
    MIXED = "mixed", pgettext_lazy("language", "Mixed")
