"""What people wrote to each other."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.personal.registry import INNER, Erased, Table
from chat.models import Message
from emergency.risk.levels import Kind, Level

ANOTHER = "Another person."
SENT = "It was sent, and the other side has read it; for some minutes it is changed in the conversation itself."
KEY = "It is of the page from which it was sent."
WORDS = {
    "number": pgettext_lazy("a column", "Number"),
    "by_owner": pgettext_lazy("a column", "Written by you"),
    "is_bot": pgettext_lazy("a column", "Written by a program"),
    "text": pgettext_lazy("a column", "Words"),
    "reply_to": pgettext_lazy("a column", "Answers number"),
    "written_at": pgettext_lazy("a column", "When"),
    "edited_at": pgettext_lazy("a column", "Changed"),
    "deleted_at": pgettext_lazy("a column", "Deleted"),
    "risk_level": _("level that the check gave"),
    "risk_kind": _("kind of danger that the check gave"),
}
OF_MESSAGES = {"id": INNER, "public_id": INNER, "conversation": INNER, "client_id": KEY}
FIELDS = ("number", "by_owner", "is_bot", "text", "reply_to", "written_at", "edited_at", "deleted_at")


class _Answers(Table):
    """What somebody wrote as a helper: their own conversations hold the rest of what they wrote."""

    def rows_of(self, user: User) -> QuerySet:
        return super().rows_of(user).filter(by_owner=False)


def _level(row: Message, person: User) -> str:
    """Return what the check said of the person's own words; of the helper's it is theirs."""
    return str(Level(row.risk_level).label) if row.by_owner and row.risk_level is not None else ""


def _kind(row: Message, person: User) -> str:
    return str(Kind(row.risk_kind).label) if row.by_owner and row.risk_kind else ""


def _level_for_programs(row: Message, person: User) -> int | None:
    return row.risk_level if row.by_owner else None


def _kind_for_programs(row: Message, person: User) -> str | None:
    return row.risk_kind if row.by_owner else None


TABLES = [
    Table(
        name="messages",
        model="chat.Message",
        person="conversation__owner",
        title=_("What you and your helpers wrote to each other"),
        fields=(*FIELDS, "risk_level", "risk_kind"),
        hidden=OF_MESSAGES | {"author": ANOTHER},
        others={"author": "a table of its own below"},
        fixed=SENT,
        words=WORDS,
        shown={"risk_level": _level, "risk_kind": _kind},
        as_data={"risk_level": _level_for_programs, "risk_kind": _kind_for_programs},
    ),
    _Answers(
        name="messages_as_helper",
        model="chat.Message",
        person="author",
        title=_("What you wrote to people as a helper"),
        fields=("number", "text", "reply_to", "written_at", "edited_at", "deleted_at"),
        hidden=OF_MESSAGES
        | {"author": INNER, "by_owner": INNER, "is_bot": INNER, "risk_level": INNER, "risk_kind": INNER},
        others={"conversation__owner": "a table of its own above"},
        erased=Erased.LOSE_THE_PERSON,
        fixed=SENT,
        words=WORDS,
    ),
]
