"""What follow-ups keep of people: `accounts.personal.registry` says how to read it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.personal.registry import INNER, Erased, Table

NOTE = "The psychologist's own note; its person gets it on request, as the law says."
KEY = "It is of the form that was sent."
WORDS = {  # as the columns are called
    "level": _("urgency"),
    "source": _("where it came from"),
    "state": _("state"),
    "to_helpers": _("the person asked for somebody"),
    "opened_at": _("opened"),
    "asked_at": _("asked for somebody"),
    "due_at": _("should be answered by"),
    "taken_by": _("taken by"),
    "taken_at": _("taken"),
    "closed_at": _("closed"),
    "closed_by_person": _("closed by the person"),
}
STEPS = "It says what was done and when."

TABLES = [
    Table(
        name="follow_ups",
        model="emergency.FollowUp",
        person="user",
        title=_("Follow-ups after hard moments"),
        fields=(
            "level",
            "source",
            "state",
            "to_helpers",
            "opened_at",
            "asked_at",
            "due_at",
            "taken_by",
            "taken_at",
            "closed_at",
            "closed_by_person",
        ),
        hidden={"id": INNER, "public_id": INNER, "user": INNER, "note": NOTE},
        others={"taken_by": "a table of its own below"},
        fixed=STEPS,
        words=WORDS,
    ),
    Table(
        name="follow_up_messages",
        model="emergency.Message",
        person="follow_up__user",
        title=_("What you and a psychologist wrote in follow-ups"),
        fields=("by_person", "text", "written_at"),
        hidden={"id": INNER, "public_id": INNER, "follow_up": INNER, "author": "Another person.", "form_key": KEY},
        others={"author": "a table of its own below"},
        fixed="It was sent, and the other side has read it.",
        words={
            "by_person": pgettext_lazy("a column", "Written by you"),
            "text": pgettext_lazy("a column", "Words"),
            "written_at": pgettext_lazy("a column", "When"),
        },
    ),
    Table(
        name="follow_ups_taken",
        model="emergency.FollowUp",
        person="taken_by",
        title=_("Follow-ups that you took as a psychologist"),
        fields=("level", "source", "state", "taken_at", "closed_at", "note"),
        hidden={
            "id": INNER,
            "public_id": INNER,
            "user": "Another person.",
            "taken_by": INNER,
            "to_helpers": "It is about the other person.",
            "opened_at": "It is about the other person.",
            "asked_at": "It is about the other person.",
            "due_at": "It is about the other person.",
            "closed_by_person": "It is about the other person.",
        },
        others={"user": "a table of its own above"},
        erased=Erased.LOSE_THE_PERSON,
        fixed=STEPS,
        words=WORDS | {"note": pgettext_lazy("a column", "Your note")},
    ),
    Table(
        name="follow_up_messages_written",
        model="emergency.Message",
        person="author",
        title=_("What you wrote in follow-ups"),
        fields=("text", "written_at"),
        hidden={
            "id": INNER,
            "public_id": INNER,
            "follow_up": INNER,
            "author": INNER,
            "by_person": INNER,
            "form_key": KEY,
        },
        others={"follow_up__user": "a table of its own above"},
        erased=Erased.LOSE_THE_PERSON,
        fixed="It was sent, and the other side has read it.",
        words={
            "text": pgettext_lazy("a column", "Words"),
            "written_at": pgettext_lazy("a column", "When"),
        },
    ),
]
