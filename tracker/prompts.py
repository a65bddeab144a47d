"""Questions that help to begin writing; nobody has to answer them."""

from django.utils.translation import gettext_lazy as _

PROMPTS = {
    "now": _("What is going on in me right now?"),
    "day": _("What of today do I want to remember?"),
    "good": _("What was good today, even if it was small?"),
    "hard": _("What was hard today, and what helped a little?"),
    "body": _("What does my body tell me?"),
    "people": _("Who was near me today, and how did I feel with them?"),
    "worry": _("What worries me, and which part of it is in my hands?"),
    "thanks": _("What am I grateful for?"),
    "self": _("What would I say to a friend who feels as I do?"),
    "tomorrow": _("What small thing would make tomorrow easier?"),
    "rest": _("When did I rest, and what gave me strength?"),
    "letter": _("What do I want to say to someone, without sending it?"),
}
