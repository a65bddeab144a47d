"""Writing and searching without JavaScript."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chat.conversations.reading import number_in
from chat.writing.words import EMPTY
from emocare.forms import ForgivingTextField, FormKeyField, PlainTextField


class AnyKeyField(FormKeyField):
    """The key where nothing may stand in the way of sending: one that cannot be read is a new one."""

    def clean(self, value: Any) -> uuid.UUID:
        try:
            return super().clean(value)
        except forms.ValidationError:
            return uuid.uuid4()


class SendForm(forms.Form):
    """A message; how long it may be says the one service that writes it."""

    text = ForgivingTextField(
        label=_("Your message"),
        error_messages={"required": EMPTY},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    form_key = AnyKeyField()
    reply_to = forms.Field(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, last_number: int, reply_to: int | None = None):
        super().__init__(data, initial={"form_key": uuid.uuid4(), "reply_to": reply_to})
        self.last_number = last_number

    def clean_reply_to(self) -> int | None:
        """Forget what is no message of the conversation: the words matter."""
        number = number_in(self.cleaned_data["reply_to"] or "")
        return number if number and number <= self.last_number else None

    def begin_anew(self) -> None:
        """Take another key: what is sent next with these words is another message."""
        self.data = self.data.copy()
        self.data["form_key"] = str(uuid.uuid4())


class SearchForm(forms.Form):
    words = PlainTextField(
        label=pgettext_lazy("search", "Words to look for"),
        max_length=100,
        help_text=_("A part of a word is enough, with or without a Kazakh keyboard."),
        error_messages={"required": _("Write a word to look for.")},
    )
