"""What messages and conversations are made of."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LONGEST = 4000  # characters of one message


class Reacted(models.TextChoices):
    """What one can answer a message with in one press; none of it can hurt."""

    SUPPORT = "support", pgettext_lazy("a reaction", "Support")
    THANKS = "thanks", pgettext_lazy("a reaction", "Thanks")


class Wish(models.TextChoices):
    """What is shown or shared only where both sides want it; the names of the columns of a side."""

    TYPING = "typing", _("to see that the other is writing")
    LIVE = "live", _("to see each other's words while they are written")
    PRESENCE = "presence", _("to see that the other is here")
    CONTACTS = "contacts", _("that telephone numbers, addresses and card numbers are not masked")
