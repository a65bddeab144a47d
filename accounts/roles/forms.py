"""Forms for those who want to help and for those who decide."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import Role
from accounts.consents import words
from accounts.roles import documents
from accounts.roles.choices import DocumentKind
from emocare.forms import PlainTextField

NAME_LENGTH = 120
NUMBER_LENGTH = 80
TEXT_LENGTH = 3000
REASON_LENGTH = 1000
LONGEST = 5 * 366  # days for which a role may be given


def _text(label: str, help_text: str, length: int = TEXT_LENGTH) -> PlainTextField:
    return PlainTextField(label=label, help_text=help_text, max_length=length, widget=forms.Textarea(attrs={"rows": 5}))


class ApplicationForm(forms.Form):
    """What somebody who wants to help says about themselves; only a psychologist gives a number."""

    legal_name = PlainTextField(
        label=_("Your name as in your documents"),
        max_length=NAME_LENGTH,
        help_text=_("Only the administrators who check your application see it. Users see the name of your profile."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    number = PlainTextField(
        label=_("Number in the register of psychologists, or of your diploma"), max_length=NUMBER_LENGTH
    )
    about = _text(_("Your education and experience"), _("What have you learned, and where have you worked or helped?"))
    motive = _text(_("Why do you want to help?"), _("A few sentences in your own words are enough."))
    adult = forms.BooleanField(
        label=_("I am 18 or older"), error_messages={"required": _("Only adults can be helpers here.")}
    )

    def __init__(self, *args: Any, role: Role, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if role != Role.PSYCHOLOGIST:
            del self.fields["number"]


class DocumentForm(forms.Form):
    """One document; its clean file is a `documents.Checked`."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=DocumentKind)
    file = forms.FileField(
        label=_("File"),
        help_text=_("A PDF, or a photo as JPEG, PNG or WebP, up to 10 MB."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png,image/webp"}),
        error_messages={
            "required": _("Choose a file first."),
            "invalid": _("Choose a file first."),
            "empty": _("This file is empty."),
        },
    )

    def clean_file(self) -> documents.Checked:
        return documents.clean(self.cleaned_data["file"])

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if "file" in self.files:
            answers["name"] = "".join(c for c in self.files["file"].name if c.isprintable())[:120]
        return answers


class SendForm(forms.Form):
    """The consent with which an application goes to the administrators."""

    consent = forms.BooleanField(
        label=words.AGREES_TO_BE_CHECKED,
        error_messages={"required": _("Please agree: without it nobody may check your application.")},
    )


class DecisionForm(forms.Form):
    """What an administrator decides; a day or a reason belongs to it."""

    decision = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    until = forms.DateField(
        label=_("The role holds until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = PlainTextField(
        label=_("Reason"),
        required=False,
        max_length=REASON_LENGTH,
        help_text=_("The person reads it on their page. It is needed to refuse and to suspend."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    DECISIONS = {
        "approve": pgettext_lazy("decision", "Approve"),
        "refuse": pgettext_lazy("decision", "Refuse"),
        "suspend": pgettext_lazy("decision", "Suspend"),
        "renew": pgettext_lazy("decision", "Renew"),
    }

    def __init__(self, *args: Any, possible: list[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = [(name, self.DECISIONS[name]) for name in possible]

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        decision, until = answers.get("decision"), answers.get("until")
        if decision in {"approve", "renew"} and "until" not in self.errors:
            today = timezone.localdate()
            if not until:
                self.add_error("until", ValidationError(_("Choose a day."), code="required"))
            elif not today < until <= today + datetime.timedelta(days=LONGEST):
                self.add_error("until", ValidationError(_("Choose a day in the next five years."), code="range"))
        if decision in {"refuse", "suspend"} and not answers.get("reason") and "reason" not in self.errors:
            self.add_error("reason", ValidationError(_("Please give the reason."), code="required"))
        return answers
