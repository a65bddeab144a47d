from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Channel(TextChoices):
    """The ways out of Emocare; the inbox has everything."""

    EMAIL = "email", _("E-mail")
    PUSH = "push", pgettext_lazy("a channel", "On this device's screen")


class State(TextChoices):
    """How far a delivery has come."""

    WAITING = "waiting", pgettext_lazy("a delivery", "waiting")
    DIGEST = "digest", pgettext_lazy("a delivery", "waits for the daily letter")
    SENT = "sent", pgettext_lazy("a delivery", "sent")
    DROPPED = "dropped", pgettext_lazy("a delivery", "not needed any more")
    FAILED = "failed", pgettext_lazy("a delivery", "could not be sent")


class Post(TextChoices):
    """How far a letter has come."""

    WAITING = "waiting", pgettext_lazy("a letter", "waiting")
    SENT = "sent", pgettext_lazy("a letter", "sent")
    REFUSED = "refused", pgettext_lazy("a letter", "refused by the mail server")
    RETURNED = "returned", pgettext_lazy("a letter", "came back")
    EXPIRED = "expired", pgettext_lazy("a letter", "too old to be sent")
