"""Forms for legal representatives, for a person's own consent, and for supporters."""

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from accounts.choices import Purpose
from accounts.consents import words
from accounts.consents.forms import TextForm
from accounts.kin import supporting
from accounts.kin.choices import Relation, SupportKind
from accounts.models import Support, User
from emocare.forms import PlainTextField

NAME_LENGTH = 100
CONTACT_LENGTH = 254
PHONE = re.compile(r"^\+?[\d\s()-]{6,25}$")
PERIODS = {"week": 7, "month": 30, "quarter": 90}  # days


class GuardianLetterForm(forms.Form):
    """Where a letter to the legal representative goes."""

    email = forms.EmailField(
        label=_("E-mail of your mother, father or other legal representative"),
        max_length=CONTACT_LENGTH,
        help_text=_("We send one letter there with the question. It says nothing of what you feel or write."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, child: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.child = child

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if email == self.child.email:
            told = _("This is your own address. Give that of your mother, father or other legal representative.")
            raise ValidationError(told, code="own")
        return email


class GuardianForm(forms.Form):
    """What a legal representative declares."""

    name = PlainTextField(
        label=_("Your first and last name"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    relation = forms.ChoiceField(
        label=_("Who are you to the child?"),
        choices=Relation,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who you are to the child.")},
    )
    contact = PlainTextField(
        label=_("Your e-mail or phone number"),
        max_length=CONTACT_LENGTH,
        help_text=_(
            "The people who run this Emocare may ask you there whether it was you. With an e-mail, a letter comes."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
    )
    is_representative = forms.BooleanField(
        label=words.REPRESENTS,
        error_messages={"required": _("Only a legal representative can agree. Please confirm that you are one.")},
    )
    agrees = forms.BooleanField(
        label=words.REPRESENTATIVE_AGREES,
        error_messages={"required": _("To agree, tick this. If you do not agree, use the button below.")},
    )

    def clean_contact(self) -> str:
        contact = self.cleaned_data["contact"].strip()
        if "@" in contact:
            validate_email(contact)
            return contact.lower()
        if not PHONE.match(contact):
            raise ValidationError(_("Write an e-mail address or a phone number, for example +7 701 123 45 67."))
        return contact


class OwnConsentForm(TextForm):
    purposes_of_text = (Purpose.SERVICE,)
    consent = forms.BooleanField(
        label=words.AGREES,
        error_messages={"required": _("To use Emocare, please agree to how your data are kept.")},
    )


class RightsForm(forms.Form):
    """What a supporter may do, and until when."""

    rights = forms.MultipleChoiceField(
        label=_("What may this person do?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nobody gets more than you tick. Your password, your privacy and deleting stay with you alone."),
        error_messages={"required": _("Tick at least one thing.")},
    )
    period = forms.ChoiceField(
        label=_("For how long?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose for how long.")},
    )
    until = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("Only if you chose “until a day”."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, owner: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.owner = owner
        self.fields["rights"].choices = [(right.value, right.label) for right in supporting.rights_of(owner)]
        periods = [("week", _("A week")), ("month", _("A month")), ("quarter", _("Three months"))]
        longest = supporting.longest(owner)
        self.fields["period"].choices = [
            *((name, label) for name, label in periods if PERIODS[name] <= longest),
            ("date", pgettext_lazy("for how long", "Until a day")),
        ]

    @classmethod
    def of(cls, support: Support, data: Any = None) -> "RightsForm":
        """Return the form filled with what holds now."""
        day = support.last_day.astimezone(support.owner.zone).date()
        return cls(data, owner=support.owner, initial={"rights": support.rights, "period": "date", "until": day})

    @cached_property
    def _today(self) -> date:
        return supporting.today_of(self.owner)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (period := cleaned.get("period")) in PERIODS:
            cleaned["last_day"] = self._today + timedelta(days=PERIODS[period])
        elif period and "until" not in self.errors:
            cleaned["last_day"] = self._last_day(cleaned.get("until"))
        return cleaned

    def _last_day(self, day: date | None) -> date | None:
        longest = supporting.longest(self.owner)
        if day is None:
            self.add_error("until", ValidationError(_("Choose the last day."), code="required"))
        elif day < self._today:
            self.add_error("until", ValidationError(_("This day has passed. Choose a later one."), code="past"))
        elif day > self._today + timedelta(days=longest):
            told = ngettext_lazy("At most %(days)d day from today.", "At most %(days)d days from today.", longest)
            self.add_error("until", ValidationError(told, code="far", params={"days": longest}))
        return day


class InviteForm(RightsForm):
    """Who is invited, and to what."""

    field_order = ["name", "kind", "rights", "period", "until"]
    name = PlainTextField(
        label=_("What do you call this person?"),
        max_length=60,
        help_text=_("Only you see it here, to know who is who."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label=_("How does this person help you?"),
        choices=SupportKind,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how this person helps you.")},
    )
