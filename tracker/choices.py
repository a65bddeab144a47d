"""The words of the tracker: levels of a mood, feelings, and what a mood may come from."""

from functools import lru_cache

from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _


class Level(models.IntegerChoices):
    """The five levels of a mood, from the worst to the best."""

    VERY_BAD = 1, _("Very bad")
    BAD = 2, _("Bad")
    SO_SO = 3, _("So-so")
    GOOD = 4, _("Good")
    VERY_GOOD = 5, _("Very good")


@lru_cache(maxsize=64)
def _word(level: int, language: str) -> str:
    return str(Level(level).label)


def mood_word(level: int) -> str:
    """Return the word of a level in the active language; get_level_display() builds all choices anew each time."""
    return _word(level, get_language())


class Feeling(models.TextChoices):
    """Feelings to choose from; static/icons/feelings.svg has a face for each."""

    CALM = "calm", pgettext_lazy("feeling", "Calm")
    JOY = "joy", pgettext_lazy("feeling", "Joy")
    GRATITUDE = "gratitude", pgettext_lazy("feeling", "Gratitude")
    HOPE = "hope", pgettext_lazy("feeling", "Hope")
    LOVE = "love", pgettext_lazy("feeling", "Love")
    PRIDE = "pride", pgettext_lazy("feeling", "Pride")
    INTEREST = "interest", pgettext_lazy("feeling", "Interest")
    RELIEF = "relief", pgettext_lazy("feeling", "Relief")
    ANXIETY = "anxiety", pgettext_lazy("feeling", "Anxiety")
    STRESS = "stress", pgettext_lazy("feeling", "Stress")
    SADNESS = "sadness", pgettext_lazy("feeling", "Sadness")
    LONELINESS = "loneliness", pgettext_lazy("feeling", "Loneliness")
    ANGER = "anger", pgettext_lazy("feeling", "Anger")
    TIREDNESS = "tiredness", pgettext_lazy("feeling", "Tiredness")
    SHAME = "shame", pgettext_lazy("feeling", "Shame")
    FEAR = "fear", pgettext_lazy("feeling", "Fear")


class Cause(models.TextChoices):
    """What a mood may come from."""

    SLEEP = "sleep", pgettext_lazy("cause", "Sleep")
    PAIN = "pain", pgettext_lazy("cause", "Pain")
    BODY = "body", pgettext_lazy("cause", "Body")
    PEOPLE = "people", pgettext_lazy("cause", "People")
    CARE = "care", pgettext_lazy("cause", "Caring for someone")
    BARRIERS = "barriers", pgettext_lazy("cause", "Barriers around me")
    STUDY = "study", pgettext_lazy("cause", "Study")
    WORK = "work", pgettext_lazy("cause", "Work")
    MONEY = "money", pgettext_lazy("cause", "Money")
    REST = "rest", pgettext_lazy("cause", "Rest")
    NEWS = "news", pgettext_lazy("cause", "News")
    WEATHER = "weather", pgettext_lazy("cause", "Weather")


class WordKind(models.TextChoices):
    """What a person's own word is a name for."""

    FEELING = "feeling", _("Feeling")
    CAUSE = "cause", _("Cause")


# Icons of static/vendor/lucide/icons.svg.
CAUSE_ICONS = {
    Cause.SLEEP: "moon",
    Cause.PAIN: "bandage",
    Cause.BODY: "person-standing",
    Cause.PEOPLE: "users",
    Cause.CARE: "hand-heart",
    Cause.BARRIERS: "construction",
    Cause.STUDY: "graduation-cap",
    Cause.WORK: "briefcase",
    Cause.MONEY: "wallet",
    Cause.REST: "armchair",
    Cause.NEWS: "newspaper",
    Cause.WEATHER: "cloud-sun",
}
