"""What can be said of instruments, their versions, and of a test that a psychologist asks for."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What an instrument is: people are told, and each is shown in its own way."""

    SCREENING = "screening", _("Screening questionnaire")
    SELF_CHECK = "self-check", _("Self-check")  # Emocare's own, not a validated scale
    PROFILE = "profile", _("Functional profile")  # no score: the answers are the result
    SAFETY = "safety", _("Safety questions")  # asked in the safety step alone, never listed


class State(models.TextChoices):
    """Where a version of an instrument stands; at most one of an instrument is published."""

    DRAFT = "draft", pgettext_lazy("version of a test", "Draft")
    PUBLISHED = "published", pgettext_lazy("version of a test", "Published")
    RETIRED = "retired", pgettext_lazy("version of a test", "Retired")


class TextStatus(models.TextChoices):
    """How far the text of an instrument in a language can be relied on."""

    OFFICIAL = "official", _("Official text")
    ADAPTATION = "adaptation", _("Published adaptation")
    WORKING = "working", _("Working translation, not validated")
    OWN = "own", _("Written by Emocare")


class Layout(models.TextChoices):
    """How somebody likes to answer."""

    ONE = "one", _("One question a page")
    ALL = "all", _("All questions on one page")


class Asked(models.TextChoices):
    """What became of a psychologist's wish that somebody takes a test."""

    OPEN = "open", pgettext_lazy("test asked for", "Waits for an answer")
    DECLINED = "declined", pgettext_lazy("test asked for", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("test asked for", "Taken back")
    DONE = "done", pgettext_lazy("test asked for", "Done")
