"""Forms of whoever asks: nothing in them is required, so that one press is enough."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.signin.forms import proof_field
from emergency.choices import Language, Talk
from emocare.forms import ForgivingTextField, FormKeyField, PlainTextField

WORDS, PLACE = 2000, 300  # characters
# What a request keeps beside the place, as the person read it.
PLACE_CONSENT = _(
    "I agree that the one who takes my request sees this place. They may tell it to 112 if my life is in danger."
)


def _words(label: Any, help_text: Any = "") -> ForgivingTextField:
    area = forms.Textarea(attrs={"rows": 4})
    return ForgivingTextField(label=label, help_text=help_text, max_length=WORDS, required=False, widget=area)


class PlaceMixin(forms.Form):
    place = ForgivingTextField(
        label=_("Where you are"),
        max_length=PLACE,
        required=False,
        help_text=_("Only if you want to. It helps if somebody has to come to you."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    place_agreed = forms.BooleanField(label=PLACE_CONSENT, required=False)

    @property
    def agreed_place(self) -> dict[str, str]:
        """Return the place with what was agreed to; nothing of it without a tick."""
        data = self.cleaned_data
        if not data["place"] or not data["place_agreed"]:
            return {}
        return {"place": data["place"], "place_agreed_to": str(PLACE_CONSENT)}


class AskForm(PlaceMixin):
    words = _words(_("What is happening"), _("A few words are enough. “I feel bad” is enough."))
    talk = forms.ChoiceField(
        label=_("How you would rather talk"),
        choices=Talk,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Here you write to each other. For voice or video, whoever takes it agrees with you how."),
    )
    interpreter = forms.BooleanField(label=_("With a sign-language interpreter, if one can be found"), required=False)
    language = forms.ChoiceField(
        label=pgettext_lazy("to talk in", "Language"), choices=Language, required=False, widget=forms.RadioSelect
    )
    form_key = FormKeyField(required=False)
    field_order = ["words", "place", "place_agreed", "talk", "interpreter", "language"]

    def __init__(self, data: Any = None, *, crowded: bool = False):
        super().__init__(data, initial={"form_key": uuid.uuid4(), "talk": Talk.TEXT, "language": get_language()})
        if crowded:
            self.fields["altcha"] = proof_field()

    def clean_talk(self) -> str:
        return self.cleaned_data["talk"] or Talk.TEXT

    def clean_language(self) -> str:
        return self.cleaned_data["language"] or get_language()


class AddForm(PlaceMixin):
    words = _words(_("What the one who takes it should know"))
    form_key = FormKeyField(required=False)
    field_order = ["words", "place", "place_agreed"]

    def __init__(self, data: Any = None):
        super().__init__(data, prefix="add", initial={"form_key": uuid.uuid4()})

    def clean(self) -> None:
        data = self.cleaned_data
        if data.get("place") and not data.get("place_agreed"):
            told = _("Please tick this if the one who helps you may see the place. Or leave the place empty.")
            self.add_error("place_agreed", ValidationError(told, code="unagreed"))
        elif not data.get("words") and not data.get("place") and not self.errors:
            self.add_error("words", ValidationError(_("Write a few words first."), code="required"))


class ComeBackForm(forms.Form):
    code = PlainTextField(
        label=_("Your code"),
        max_length=40,
        help_text=_("Twelve letters and digits. Small or capital letters and dashes make no difference."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
