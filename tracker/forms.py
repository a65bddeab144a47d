"""Recording a mood: by one press, or with a note and another moment."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from emocare.forms import FormKeyField, PlainTextField
from tracker.models import Level, MoodEntry

NOTE_LENGTH = 5000
EARLIEST = datetime(2000, 1, 1)
CLOCK_SLACK = timedelta(minutes=5)  # a phone's clock may run ahead of ours
LEVEL_ERRORS = {
    "required": _("Choose one of the five moods."),
    "invalid_choice": _("Choose one of the five moods."),
}


class MoodForm(forms.Form):
    """The five levels, and what one may add. A missing moment means now."""

    level = forms.TypedChoiceField(
        label=_("How do you feel?"),
        coerce=int,
        choices=Level.choices,
        error_messages=LEVEL_ERRORS,
        widget=forms.RadioSelect,
    )
    note = PlainTextField(
        label=_("Note"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only you can read it."),
    )
    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    time = forms.TimeField(
        label=_("Time"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    form_key = FormKeyField(required=False)

    kept: datetime | None = None  # the moment of the entry that is edited

    @classmethod
    def blank(cls) -> "MoodForm":
        """Return a form for a new entry; its key makes a second sending harmless."""
        return cls(initial={"form_key": uuid.uuid4()})

    @classmethod
    def of(cls, entry: MoodEntry, data: QueryDict | None = None) -> "MoodForm":
        """Return a form filled with an entry; a day and time that are sent as they were shown keep its exact moment."""
        moment = timezone.localtime(entry.felt_at)
        minute = moment.time().replace(second=0, microsecond=0)
        form = cls(data, initial={"level": entry.level, "note": entry.note, "day": moment.date(), "time": minute})
        form.kept = entry.felt_at
        return form

    def clean_form_key(self) -> uuid.UUID:
        return self.cleaned_data["form_key"] or uuid.uuid4()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors.pop("form_key", None):  # nobody can correct a hidden field
            self.add_error(
                None, ValidationError(_("This form has grown old. Please send it once more."), code="form_key")
            )
        if not {"day", "time"} & self.errors.keys():
            moved = self.kept is None or {"day", "time"} & set(self.changed_data)
            cleaned["felt_at"] = self._moment(cleaned.get("day"), cleaned.get("time")) if moved else self.kept
        return cleaned

    def _moment(self, day: Any, time: Any) -> datetime | None:
        now = timezone.now()
        if day is None and time is None:
            return now
        local = timezone.localtime(now)
        naive = datetime.combine(day or local.date(), time or local.time().replace(second=0, microsecond=0))
        moment = timezone.make_aware(naive)
        if naive < EARLIEST:
            self.add_error("day", ValidationError(_("This day is too long ago."), code="past"))
        # Where clocks change, an hour is missing or comes twice: a moment is refused only if neither reading has come.
        elif naive > local.replace(tzinfo=None) + CLOCK_SLACK and moment > now + CLOCK_SLACK:
            field = "day" if naive.date() > local.date() else "time"
            self.add_error(field, ValidationError(_("This moment has not come yet."), code="future"))
        else:
            return min(moment, now)
        return None
