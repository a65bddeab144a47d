"""What the risk check says of a text: how urgent it is, what it is about, and which words say so."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import pgettext_lazy


class Level(models.IntegerChoices):
    """How urgent it is; the higher the number, the sooner."""

    NONE = 0, pgettext_lazy("urgency", "No sign of danger")
    WATCH = 1, pgettext_lazy("urgency", "To keep in mind")
    HIGH = 2, pgettext_lazy("urgency", "Urgent")
    IMMINENT = 3, pgettext_lazy("urgency", "Danger right now")

    @classmethod
    def named(cls, code: str) -> "Level":
        """Return the level that a rule of a test, or a line of the training set, names: `watch`, `high`, ..."""
        return cls[code.upper()]


class Kind(models.TextChoices):
    """What the danger is."""

    NONE = "none", pgettext_lazy("danger", "None")
    SUICIDE = "suicide", pgettext_lazy("danger", "Suicide")
    SELF_HARM = "self-harm", pgettext_lazy("danger", "Hurting oneself")
    ABUSE = "abuse", pgettext_lazy("danger", "Violence or abuse suffered")
    CHILD = "child", pgettext_lazy("danger", "A child in danger")
    THREAT = "threat", pgettext_lazy("danger", "A threat to somebody else")
    SOMEONE_ELSE = "someone-else", pgettext_lazy("danger", "Somebody else in danger")


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the text as it was given, text[start:end], and the rule that it was found by."""

    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a text says. `confidence` is from 0 to 1; `spans` are in the order of the text, and say why."""

    level: Level = Level.NONE
    kind: Kind = Kind.NONE
    confidence: float = 1.0
    spans: tuple[Span, ...] = ()
