"""Forms of the rota: hours of a shift, and the colleague who is asked to take one."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from emergency.duty.clock import moment, wall
from emergency.models import Shift

FARTHEST = timedelta(days=366)


def _date(label: Any, help_text: Any = "", required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, required=required, widget=widget)


def _time(label: Any, help_text: Any = "") -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, help_text=help_text, widget=widget)


class PersonField(forms.ChoiceField):
    """One of some people, by the public id."""

    people: dict[str, User]

    def offer(self, people: Iterable[User], nobody: Any) -> None:
        """Let these people be chosen; `nobody` stands where nobody is chosen yet."""
        self.people = {str(person.public_id): person for person in people}
        self.choices = [("", nobody), *((key, str(person)) for key, person in self.people.items())]

    def clean(self, value: Any) -> User:
        return self.people[super().clean(value)]


class OwnShiftForm(forms.Form):
    """Hours of one shift, on the clock of whoever fills it in."""

    day = _date(_("Day"))
    start = _time(pgettext_lazy("time", "From"))
    end = _time(pgettext_lazy("time", "To"), _("A time before the beginning means the next day."))

    def clean_day(self) -> Any:
        day, today = self.cleaned_data["day"], timezone.localdate()
        if day < today - timedelta(days=1):
            raise forms.ValidationError(_("This day is over already."))
        if day > today + FARTHEST:
            raise forms.ValidationError(_("Choose a day within the next year."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in ("start", "end"):
            if cleaned.get(name):
                cleaned[name] = cleaned[name].replace(second=0, microsecond=0)
        if cleaned.get("start") and cleaned.get("start") == cleaned.get("end"):
            self.add_error("end", _("Beginning and end are the same."))
        return cleaned

    def hours(self) -> dict[str, datetime]:
        """Return the moments at which the shift begins and ends."""
        day, start, end = (self.cleaned_data[name] for name in ("day", "start", "end"))
        last = day if end > start else day + timedelta(days=1)
        return {
            "starts_at": moment(datetime.combine(day, start)),
            "ends_at": moment(datetime.combine(last, end)),
        }


class ShiftForm(OwnShiftForm):
    """A shift of anybody."""

    who = PersonField(label=_("Who is on duty?"))
    field_order = ("who",)

    def __init__(self, data: Any = None, *, people: Iterable[User], **options: Any):
        super().__init__(data, **options)
        self.fields["who"].offer(people, _("Choose a psychologist"))


class PlanForm(ShiftForm):
    """A shift, or one every week."""

    weekly_until = _date(
        _("Every week until"),
        _("The last day on which it may be repeated. Leave it empty for a single shift."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("weekly_until") and cleaned.get("day") and cleaned["weekly_until"] < cleaned["day"]:
            self.add_error("weekly_until", _("This is before the first shift."))
        return cleaned


class ChangeForm(ShiftForm):
    """Other hours, or another person; of a repeated shift, whether the later ones change too."""

    rest = forms.TypedChoiceField(
        label=_("Which shifts?"),
        choices=[("", _("Only this one")), ("rest", _("This one and all later ones of the series"))],
        coerce=bool,
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, shift: Shift, people: Iterable[User]):
        begins, ends = wall(shift.starts_at), wall(shift.ends_at)
        initial = {"who": str(shift.psychologist.public_id), "day": begins.date(), "rest": ""}
        super().__init__(data, people=people, initial=initial | {"start": begins.time(), "end": ends.time()})
        if not shift.series:
            del self.fields["rest"]


class ColleagueForm(forms.Form):
    """One colleague to ask."""

    colleague = PersonField(
        label=_("Whom do you ask?"), help_text=_("Only those who have no shift of their own at that time.")
    )

    def __init__(self, data: Any = None, *, people: Iterable[User]):
        super().__init__(data)
        self.fields["colleague"].offer(people, _("Choose a colleague"))
