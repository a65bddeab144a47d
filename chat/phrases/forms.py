"""Adding a phrase of one's own."""

from django import forms
from django.utils.translation import gettext_lazy as _

from emocare.forms import PlainTextField

LONGEST = 300  # characters


class OwnPhraseForm(forms.Form):
    text = PlainTextField(
        label=_("A new phrase"),
        max_length=LONGEST,
        help_text=_("Something that you say often. Only you see this list."),
        error_messages={"required": _("Write the phrase first.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_text(self) -> str:
        return " ".join(self.cleaned_data["text"].split())
