"""What somebody keeps to say it in one press."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.personal.registry import INNER, Table

TABLES = [
    Table(
        name="own_phrases",
        model="chat.OwnPhrase",
        person="owner",
        title=_("Your own phrases for conversations"),
        fields=("text", "created_at"),
        hidden={"id": INNER, "public_id": INNER, "owner": INNER},
        corrected_at={"own_phrases": ("text",)},
        fixed="It says when it was written.",
        words={"text": pgettext_lazy("a column", "Words"), "created_at": pgettext_lazy("a column", "When")},
    )
]
