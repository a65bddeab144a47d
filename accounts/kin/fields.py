"""The question about age at sign-up: the group, and of those who are not adults the month of birth."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.kin import age
from accounts.kin.choices import AgeGroup

YOUNGEST = 4  # years; nobody younger signs up
BIRTH = "accounts/kin/birth_field.html"  # a field that some have to fill in is not called optional


def _groups() -> list[tuple[str, str]]:
    """Return the groups with the ages in force; one that these ages leave empty is left out."""
    consent, adult = settings.CONSENT_AGE, settings.ADULT_AGE
    groups = []
    if consent:
        groups.append((AgeGroup.CHILD, gettext("Under %(age)d") % {"age": consent}))
    if adult == consent + 1:
        groups.append((AgeGroup.YOUTH, str(consent)))
    elif adult > consent:
        groups.append((AgeGroup.YOUTH, f"{consent}–{adult - 1}"))
    return [*groups, (AgeGroup.ADULT, gettext("%(age)d or older") % {"age": adult})]


def _months() -> list[tuple[str, str]]:
    return [("", "—"), *((str(number), str(name).capitalize()) for number, name in MONTHS.items())]


def _years() -> list[tuple[str, str]]:
    this = timezone.localdate().year
    return [("", "—"), *((str(this - n), str(this - n)) for n in range(YOUNGEST, settings.ADULT_AGE + 1))]


class AgeForm(forms.Form):
    """Ask no more than who has to agree; `sixteen_from` is what is kept of the answer."""

    age = forms.ChoiceField(
        label=_("How old are you?"),
        choices=_groups,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose your age."), "invalid_choice": _("Choose your age.")},
    )
    birth_month = forms.TypedChoiceField(
        label=_("Month of your birth"),
        required=False,
        choices=_months,
        coerce=int,
        empty_value=None,
        template_name=BIRTH,
        widget=forms.Select(attrs={"autocomplete": "bday-month"}),
    )
    birth_year = forms.TypedChoiceField(
        label=_("Year of your birth"),
        required=False,
        choices=_years,
        coerce=int,
        empty_value=None,
        template_name=BIRTH,
        widget=forms.Select(attrs={"autocomplete": "bday-year"}),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        ages = {"consent": settings.CONSENT_AGE, "adult": settings.ADULT_AGE}
        self.fields["age"].help_text = " ".join(self._explained(ages))
        only = gettext("Only if you are under %(adult)d. We need it to know when this changes.") % ages
        self.fields["birth_month"].help_text = only
        self.fields["birth_year"].help_text = gettext("Only if you are under %(adult)d.") % ages

    @staticmethod
    def _explained(ages: dict[str, int]) -> list[str]:
        """Say what depends on the answer, as far as these ages leave a difference."""
        told = []
        if ages["consent"]:
            told.append(
                gettext(
                    "Under %(consent)d, your mother, father or another legal representative has to agree. We explain "
                    "it on the next page. Urgent help is always open to you."
                )
            )
        if ages["adult"] > ages["consent"]:
            told.append(
                gettext(
                    "From %(consent)d you decide yourself. Until %(adult)d you cannot support others here, and those "
                    "who support you get fewer rights."
                )
            )
        return [text % ages for text in told]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        cleaned["sixteen_from"] = None
        group, month, year = (cleaned.get(name) for name in ("age", "birth_month", "birth_year"))
        if group in {None, AgeGroup.ADULT} or {"birth_month", "birth_year"} & self.errors.keys():
            return cleaned
        if not month:
            self.add_error("birth_month", ValidationError(_("Choose the month of your birth."), code="required"))
        if not year:
            self.add_error("birth_year", ValidationError(_("Choose the year of your birth."), code="required"))
        if not (month and year):
            return cleaned
        if group not in age.could_be(year, month, timezone.localdate()):
            told = _("This does not go together with the age that you chose. Please look at both again.")
            self.add_error("birth_year", ValidationError(told, code="contradiction"))
        cleaned["sixteen_from"] = age.sixteen_from(year, month)
        return cleaned
