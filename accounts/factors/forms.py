"""Codes of second factors, and their names."""

from datetime import datetime
from math import ceil
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext
from django_otp.models import Device

from accounts.factors import services
from accounts.factors.kinds import Kind
from accounts.factors.services import Checked
from accounts.models import User
from emocare.forms import PlainTextField

CODE_LENGTH = 32
REASON_LENGTH = 500
HELP = {
    Kind.AUTHENTICATOR: gettext_lazy("The six digits that your authenticator shows now."),
    Kind.EMAIL: gettext_lazy("The six digits from our newest letter."),
    Kind.CODES: gettext_lazy("One of the ten codes that you kept. Small letters and spaces do not matter."),
}
WRONG = {
    Kind.AUTHENTICATOR: gettext_lazy("This code is not right, or is too old. Please type the newest one."),
    Kind.EMAIL: gettext_lazy("This code is not right, or is too old. Please type the newest one."),
    Kind.CODES: gettext_lazy("This code is not right, or has been used. Please try the next one."),
}


def too_many(until: datetime) -> ValidationError:
    """Say how long no code is taken."""
    seconds = max(1, ceil((until - timezone.now()).total_seconds()))
    if seconds < 120:
        words = ngettext(
            "Too many wrong codes. Please wait %(count)d second, then type a new one.",
            "Too many wrong codes. Please wait %(count)d seconds, then type a new one.",
            seconds,
        )
        return ValidationError(words % {"count": seconds}, code="closed")
    minutes = ceil(seconds / 60)
    words = ngettext(
        "Too many wrong codes. Please wait %(count)d minute, then type a new one.",
        "Too many wrong codes. Please wait %(count)d minutes, then type a new one.",
        minutes,
    )
    return ValidationError(words % {"count": minutes}, code="closed")


def code_field(kind: Kind) -> PlainTextField:
    digits = {"inputmode": "numeric"} if kind != Kind.CODES else {"autocapitalize": "characters"}
    return PlainTextField(
        label=gettext_lazy("Code"),
        max_length=CODE_LENGTH,
        help_text=HELP[kind],
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"} | digits),
    )


def name_field() -> PlainTextField:
    return PlainTextField(
        label=gettext_lazy("Name of the device"),
        required=False,
        max_length=settings.FACTOR_NAME_LENGTH,
        help_text=gettext_lazy("So that you know it again in your list, for example: my phone."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class CodeForm(forms.Form):
    """A code of one of the person's factors of a kind; `device` is the one that took it."""

    def __init__(self, *args: Any, user: User, kind: Kind, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.user, self.kind = user, kind
        self.device: Device | None = None
        self.fields["code"] = code_field(kind)

    def check(self, code: str) -> Checked:
        return services.verify(user=self.user, kind=self.kind, code=code)

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        checked = self.check(code)
        if checked.closed_until:
            raise too_many(checked.closed_until)
        if checked.device is None:
            raise ValidationError(WRONG[self.kind], code="wrong")
        self.device = checked.device
        return code


class EmailForm(CodeForm):
    """The first code that came by e-mail."""

    def __init__(self, *args: Any, user: User, **kwargs: Any):
        super().__init__(*args, user=user, kind=Kind.EMAIL, **kwargs)

    def check(self, code: str) -> Checked:
        return services.add_email(user=self.user, code=code)


class AuthenticatorForm(forms.Form):
    """The first code of a new authenticator."""

    code = code_field(Kind.AUTHENTICATOR)
    name = name_field()

    def __init__(self, *args: Any, user: User, key: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.user, self.key = user, key
        self.device: Device | None = None

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if not self.errors:
            self.device = services.add_authenticator(
                user=self.user, key=self.key, code="".join(answers["code"].split()), name=answers["name"]
            )
            if self.device is None:
                self.add_error("code", ValidationError(WRONG[Kind.AUTHENTICATOR], code="wrong"))
        return answers


class PasskeyForm(forms.Form):
    """The name of a new passkey; the browser makes the rest."""

    name = name_field()


class ResetForm(forms.Form):
    """Why an administrator removes somebody's factors."""

    reason = PlainTextField(
        label=gettext_lazy("Reason"),
        max_length=REASON_LENGTH,
        help_text=gettext_lazy(
            "How you made sure that it is this person. It stays in the log, and the person can read it in their data."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
