"""What is asked on the pages of sharing: a consent under its text, and for which test a psychologist asks."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.choices import Purpose
from accounts.consents.forms import TextForm
from accounts.models import User
from tests_app import access
from tests_app.models import Instrument
from tests_app.questionnaire import Questionnaire

MOST_DAYS = 90
USUAL_DAYS = 7


def titled(test: Questionnaire) -> str:
    """Return the plain name of a test with the short one by which professionals know it."""
    if test.short_name == test.name:
        return test.name
    return format_html('<span>{} (<bdi translate="no">{}</bdi>)</span>', test.name, test.short_name)


class AnswersForm(TextForm):
    """Carries the version of the text that stands above the button."""

    purposes_of_text = (Purpose.SHARE_ANSWERS,)


class AskForm(forms.Form):
    """A test that the person is old enough for, and a day on their calendar."""

    test = forms.ChoiceField(
        label=_("Which test?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a test."), "invalid_choice": _("Choose a test of the list.")},
    )
    due_on = forms.DateField(
        label=_("By which day?"),
        help_text=_("Within 90 days. Nothing happens if the day passes."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("Choose a day."), "invalid": _("Please write the day as a date.")},
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.today = timezone.localdate()
        offered = [pair for pair in access.published() if access.is_old_enough(person, pair[1])]
        self.instruments = {test.key: version.instrument for version, test in offered}
        self.fields["test"].choices = [(test.key, titled(test)) for _version, test in offered]
        field = self.fields["due_on"]
        field.initial = self.today + timedelta(days=USUAL_DAYS)
        field.widget.attrs |= {"min": self.today.isoformat(), "max": self._last.isoformat()}

    @property
    def _last(self) -> date:
        return self.today + timedelta(days=MOST_DAYS)

    def clean_due_on(self) -> date:
        day = self.cleaned_data["due_on"]
        if not self.today <= day <= self._last:
            raise ValidationError(_("Choose a day from today on, within 90 days."), code="outside")
        return day

    @property
    def instrument(self) -> Instrument:
        """Return what was chosen, once the form is valid."""
        return self.instruments[self.cleaned_data["test"]]
