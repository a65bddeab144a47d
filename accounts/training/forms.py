"""The forms of the training: the final test, the oath, and the code of a certificate."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Certificate, TestAttempt
from accounts.training import access
from accounts.training import course as courses
from emocare.forms import PlainTextField

# The letters of names that the font of the certificate has, and the signs between them.
LETTERS = (
    "A-Za-zÀ-ÖØ-öø-ćĊ-ēĖ-ěĞ-ģĦħĪīĮ-ıĶķĹ-ľŁ-ňŊ-ōŐ-śŞ-šŤťŪ-žȘ-ț"  # Latin
    "ЁІА-яёіҒғҚқҢңҮүҰұҺһӘәӨө"  # Cyrillic
)
printable_name = RegexValidator(
    rf"^[{LETTERS}][{LETTERS} .'’-]*$",
    _("Please write the name in Kazakh, Russian or Latin letters, without digits and other signs."),
    code="letters",
)


class AttemptForm(forms.Form):
    """The questions of an attempt, each with its options in the order drawn; `chosen` is what was answered."""

    def __init__(self, *args: Any, attempt: TestAttempt, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.attempt = attempt
        questions = courses.load(attempt.course).questions
        for number, (key, order) in enumerate(attempt.questions, 1):
            question, kept = questions[key], attempt.answers.get(key)
            self.fields[f"q{number}"] = forms.ChoiceField(
                label=f"{number}. {question.text}",
                choices=[(str(place), str(question.answers[option].text)) for place, option in enumerate(order)],
                widget=forms.RadioSelect,
                initial=str(order.index(kept)) if kept in order else None,
                error_messages={
                    "required": _("Please choose an answer."),
                    "invalid_choice": _("Please choose one of the answers."),
                },
            )

    @cached_property
    def chosen(self) -> dict[str, int]:
        """Return {id of the question: number of the option} for every question that has a known answer."""
        self.is_valid()
        return {
            key: order[int(self.cleaned_data[f"q{number}"])]
            for number, (key, order) in enumerate(self.attempt.questions, 1)
            if self.cleaned_data.get(f"q{number}")
        }


class OathForm(forms.Form):
    """The name on the certificate, and the promise."""

    name = PlainTextField(
        label=_("Your name on the certificate"),
        max_length=80,
        validators=[printable_name],
        help_text=_("Write it as you want others to read it. It cannot be changed later. Here only you see it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    promise = forms.BooleanField(
        label=_("I promise all of this"),
        error_messages={"required": _("The certificate needs your promise. If something is unclear, ask us first.")},
    )

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class CodeForm(forms.Form):
    """The code of somebody's certificate, typed from paper."""

    code = PlainTextField(
        label=_("Code of the certificate"),
        max_length=40,
        help_text=_("Twelve letters and digits. Small letters, spaces and dashes do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        code = access.read_code(self.cleaned_data["code"])
        if not code:
            raise ValidationError(_("A code has twelve letters and digits. Please compare it once more."), code="shape")
        return Certificate(code=code).written_code


class WithdrawForm(forms.Form):
    """Why an administrator takes a certificate back."""

    reason = PlainTextField(
        label=_("Reason"),
        max_length=1000,
        help_text=_("The person can read it in the copy of their data."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
