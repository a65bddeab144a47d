"""What one can choose about age, legal representatives and supporters."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REFERENCE = 16  # years; what User.sixteen_from speaks of


class AgeGroup(StrEnum):
    """Who has to agree: a legal representative, the person with some limits, the person; the form has the words."""

    CHILD = "child"
    YOUTH = "youth"
    ADULT = "adult"


class Relation(models.TextChoices):
    """What a legal representative is to the child."""

    MOTHER = "mother", _("Mother")
    FATHER = "father", _("Father")
    GUARDIAN = "guardian", pgettext_lazy("legal representative", "Guardian")
    OTHER = "other", _("Another legal representative")


class Way(models.TextChoices):
    """How the question reached the legal representative."""

    LETTER = "letter", _("By a letter")
    LINK = "link", _("By a link that the child passed on")


class Answer(models.TextChoices):
    AGREED = "agreed", _("Agreed")
    REFUSED = "refused", _("Refused")


class SupportKind(models.TextChoices):
    CARER = "carer", _("Carer")
    ASSISTANT = "assistant", pgettext_lazy("a person", "Assistant")
    INTERPRETER = "interpreter", _("Interpreter")


class Right(models.TextChoices):
    """What a supporter may do on somebody's account; no right covers password, sign-in, privacy or deleting."""

    SEE_MOODS = "see-moods", _("See how my mood goes, without my words")
    SEE_NOTES = "see-notes", _("Read my notes and my journal, with the moods beside them")
    RECORD_MOOD = "record-mood", _("Record a mood for me")
    SET_DISPLAY = "set-display", _("Change how pages look for me: text size, colours, font")


# The same, said to the supporter.
TO_SUPPORTER = {
    Right.SEE_MOODS: _("See how their mood goes, without their words"),
    Right.SEE_NOTES: _("Read their notes and journal, with the moods beside them"),
    Right.RECORD_MOOD: _("Record a mood for them; it says that you wrote it"),
    Right.SET_DISPLAY: _("Change how pages look for them: text size, colours, font"),
}
