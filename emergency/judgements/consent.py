"""The words that somebody agrees to before a sentence of theirs is read: each row keeps them as they were shown."""

import hashlib

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from accounts.consents.texts import plain
from emergency.retention import of_judgements

AGREES = _("I agree that administrators of Emocare read what I send here")
WORDS = "emergency/judgements/_who_reads.html"


def context() -> dict[str, str]:
    """Return what the template of the words shows: how long sentences are kept."""
    return {period.key: period.length for period in of_judgements()}


def shown() -> str:
    """Return the words as they stand on the page now, in the language of the page, with those of the box."""
    return f"{plain(render_to_string(WORDS, context()))}\n☑ {AGREES}"


def mark() -> str:
    """Return what tells these words from all others: a page that stood open while they changed agrees to nothing."""
    return hashlib.sha256(shown().encode()).hexdigest()[:16]
