"""Forms of follow-ups: a few words to the other side, and the note of closing."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from emocare.forms import FormKeyField, PlainTextField

WORDS, NOTE = 2000, 3000  # characters


class MessageForm(forms.Form):
    words = PlainTextField(
        label=_("Your words"), max_length=WORDS, strip=True, widget=forms.Textarea(attrs={"rows": 5})
    )
    form_key = FormKeyField()

    def __init__(self, data: Any = None):
        super().__init__(data, initial={"form_key": uuid.uuid4()})


class CloseForm(forms.Form):
    note = PlainTextField(
        label=_("Your note"),
        max_length=NOTE,
        help_text=_("What you talked about, how the person is now, what comes next. Only you read it here."),
        error_messages={"required": _("Write at least a few words: a follow-up is never closed without a note.")},
        widget=forms.Textarea(attrs={"rows": 6}),
    )
