"""The form in which somebody gives a message other words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.helping.steps import Refused
from chat.writing.words import EMPTY, cleaned
from emocare.forms import ForgivingTextField


class EditForm(forms.Form):
    words = ForgivingTextField(
        label=_("Your message"), error_messages={"required": EMPTY}, widget=forms.Textarea(attrs={"rows": 5})
    )

    def clean_words(self) -> Any:
        try:
            return cleaned(self.cleaned_data["words"])
        except Refused as refused:
            raise forms.ValidationError(refused.words) from refused
