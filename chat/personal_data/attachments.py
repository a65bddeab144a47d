"""What people sent each other besides words."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.personal.registry import INNER, SECRET, Erased, Table

SENT = "It was sent, and the other side has seen it; the whole message is deleted in the conversation itself."
LOOK = "How it is drawn; the file itself says it."
WORDS = {
    "kind": pgettext_lazy("a column", "Kind"),
    "description": pgettext_lazy("a column", "What is in it"),
    "seconds": pgettext_lazy("a column", "Length in seconds"),
}
FIELDS = ("kind", "name", "description", "file", "content_type", "size", "seconds", "added_at")
HIDDEN = {
    "id": INNER,
    "public_id": INNER,
    "message": INNER,
    "key": SECRET,
    "width": LOOK,
    "height": LOOK,
    "waveform": LOOK,
}


class _Answers(Table):
    """What somebody sent as a helper: their own conversations hold the rest."""

    def rows_of(self, user: User) -> QuerySet:
        return super().rows_of(user).filter(message__by_owner=False)


TABLES = [
    Table(
        name="message_attachments",
        model="chat.Attachment",
        person="message__conversation__owner",
        title=_("Pictures, files and voice messages in your conversations"),
        fields=FIELDS,
        hidden=HIDDEN,
        files=("file",),
        fixed=SENT,
        words=WORDS,
    ),
    # They go before the account does: chat.personal_data.endings.
    _Answers(
        name="message_attachments_as_helper",
        model="chat.Attachment",
        person="message__author",
        title=_("Pictures, files and voice messages that you sent as a helper"),
        fields=FIELDS,
        hidden=HIDDEN,
        files=("file",),
        erased=Erased.WITH_THE_PERSON,
        fixed=SENT,
        words=WORDS,
    ),
]
