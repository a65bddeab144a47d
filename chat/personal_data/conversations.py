"""With whom somebody has a conversation, how far they read, and what they let the other see."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.personal.registry import INNER, Erased, Table

STEPS = "It says what was done and when."
ANOTHER = "Another person."
BLOCKED = "Who closed it is nobody's business but theirs."
WORDS = {
    "helper": _("helper"),
    "started_at": _("begun"),
    "written_at": _("last words"),
    "blocked_at": _("blocked"),
    "delivered": _("number of the last message that came"),
    "read": _("number of the last message that was read"),
    "told": _("number of the last message that a notification told of"),
    "told_at": _("when a notification told of it"),
    "typing": _("to see that the other is writing"),
    "live": _("to see each other's words while they are written"),
    "presence": _("to see that the other is here"),
    "contacts": _("that telephone numbers, addresses and card numbers are not masked"),
    "alarm": _("to call the psychologist on duty"),
    "what": pgettext_lazy("a column", "Reaction"),
    "at": _("when"),
}
OF_CONVERSATIONS = {"id": INNER, "public_id": INNER, "last_number": INNER, "blocked_by": BLOCKED}
SET_NULL = "the row loses them"

TABLES = [
    Table(
        name="conversations",
        model="chat.Conversation",
        person="owner",
        title=_("Your conversations"),
        fields=("helper", "started_at", "written_at", "blocked_at"),
        hidden=OF_CONVERSATIONS | {"owner": INNER},
        others={"helper": "a table of its own below", "blocked_by": SET_NULL},
        fixed=STEPS,
        words=WORDS,
    ),
    Table(
        name="conversations_as_helper",
        model="chat.Conversation",
        person="helper",
        title=_("Conversations that you have as a helper"),
        fields=("started_at", "written_at", "blocked_at"),
        hidden=OF_CONVERSATIONS | {"owner": ANOTHER, "helper": INNER},
        others={"owner": "a table of its own above", "blocked_by": SET_NULL},
        erased=Erased.LOSE_THE_PERSON,
        fixed=STEPS,
        words=WORDS,
    ),
    Table(
        name="conversation_sides",
        model="chat.Side",
        person="person",
        title=_("How far you read in conversations, and what you let the other see"),
        fields=("delivered", "read", "told", "told_at", "typing", "live", "presence", "contacts", "alarm"),
        hidden={"id": INNER, "public_id": INNER, "conversation": INNER, "person": INNER},
        fixed="It says how far one read; what one lets the other see is changed in the conversation itself.",
        words=WORDS,
    ),
    Table(
        name="message_reactions",
        model="chat.Reaction",
        person="person",
        title=_("Messages that you answered with one press"),
        fields=("what", "at"),
        hidden={"id": INNER, "public_id": INNER, "message": INNER, "person": INNER},
        fixed="It is changed and taken back in the conversation itself.",
        words=WORDS,
    ),
]
