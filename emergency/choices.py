"""The words of follow-ups: how urgent, where it came from, how it stands."""

from datetime import timedelta

from django.db import models
from django.utils.translation import pgettext_lazy


class Level(models.IntegerChoices):
    """How urgent it is; the higher the number, the sooner."""

    WATCH = 1, pgettext_lazy("urgency", "To keep in mind")
    HIGH = 2, pgettext_lazy("urgency", "Urgent")
    IMMINENT = 3, pgettext_lazy("urgency", "Danger right now")

    @classmethod
    def named(cls, code: str) -> "Level":
        """Return the level that a rule of a test names: `watch`, `high` or `imminent`."""
        return cls[code.upper()]


class Source(models.TextChoices):
    """Where it came from."""

    TEST = "test", pgettext_lazy("source of a follow-up", "A test")


class State(models.TextChoices):
    OPEN = "open", pgettext_lazy("follow-up", "Waits")
    TAKEN = "taken", pgettext_lazy("follow-up", "Taken")
    CLOSED = "closed", pgettext_lazy("follow-up", "Closed")


GOES_ON = (State.OPEN, State.TAKEN)
# Within which time a psychologist should have answered: our own aims, which are promised to nobody.
DUE = {
    Level.IMMINENT: timedelta(minutes=5),
    Level.HIGH: timedelta(minutes=30),
    Level.WATCH: timedelta(hours=12),
}
