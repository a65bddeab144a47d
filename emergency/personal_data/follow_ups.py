"""What follow-ups, and what both sides write to each other, keep of people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.personal.registry import INNER, Erased, Table
from emergency.personal_data.reasons import ANOTHER, KEY, NOTE, SENT, STEPS, THEIRS, TIMERS

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
    "rung": _("who was called"),
}
WRITTEN = {
    "by_person": pgettext_lazy("a column", "Written by you"),
    "text": pgettext_lazy("a column", "Words"),
    "written_at": pgettext_lazy("a column", "When"),
}
OF_MESSAGES = {"id": INNER, "public_id": INNER, "follow_up": INNER, "request": INNER, "form_key": KEY}

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
            "rung",
        ),
        hidden={"id": INNER, "public_id": INNER, "user": INNER, "request": INNER, "note": NOTE, **TIMERS},
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
        hidden=OF_MESSAGES | {"author": ANOTHER},
        others={"author": "a table of its own below"},
        fixed=SENT,
        words=WRITTEN,
    ),
    Table(
        name="help_request_messages",
        model="emergency.Message",
        person="request__user",
        title=_("What you and a psychologist wrote in urgent requests"),
        fields=("by_person", "text", "written_at"),
        hidden=OF_MESSAGES | {"author": ANOTHER},
        others={"author": "a table of its own below"},
        fixed=SENT,
        words=WRITTEN,
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
            "user": ANOTHER,
            "taken_by": INNER,
            "to_helpers": THEIRS,
            "opened_at": THEIRS,
            "asked_at": THEIRS,
            "due_at": THEIRS,
            "closed_by_person": THEIRS,
            "request": THEIRS,
            "rung": THEIRS,
            **TIMERS,
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
        title=_("What you wrote in follow-ups and in urgent requests"),
        fields=("text", "written_at"),
        hidden=OF_MESSAGES | {"author": INNER, "by_person": INNER},
        others={"follow_up__user": "a table of its own above", "request__user": "a table of its own above"},
        erased=Erased.LOSE_THE_PERSON,
        fixed=SENT,
        words=WRITTEN,
    ),
]
