"""What can be a message."""

import unicodedata

from django.utils.translation import gettext_lazy as _

from accounts.helping.steps import Refused
from chat.choices import LONGEST

EMPTY = _("There is nothing in this message yet. Write a few words, then send it.")
TOO_LONG = _("This message is too long: 4,000 characters fit into one. Send it in two parts.")
CONTROLS = {"Cc", "Cs"}  # which no keyboard types; lines and tabs stay


def readable(text: str) -> str:
    """Return a text without what cannot be seen or stored, its lines as they are kept."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(mark for mark in text if mark in "\n\t" or unicodedata.category(mark) not in CONTROLS)


def cleaned(text: str, *, may_be_none: bool = False) -> str:
    """Return the words as they are stored; Refused when there are none, or too many for one message.

    With a picture or a file there `may_be_none`.
    """
    text = readable(text).strip()
    if not text and not may_be_none:
        raise Refused(EMPTY)
    if len(text) > LONGEST:
        raise Refused(TOO_LONG)
    return text
