"""What a person is told of, how, and when."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import zones
from accounts.models import User
from emocare.notices import How, Kind
from notifications import kinds
from notifications.choices import Channel
from notifications.preferences import access

PREFIX = "how"
DAY = timedelta(days=1)
HALF_HOURS = [(minute, f"{minute // 60:02}:{minute % 60:02}") for minute in range(0, 24 * 60, 30)]
HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]
CHANNELS = {Channel.EMAIL: _("By e-mail"), Channel.PUSH: pgettext_lazy("notifications", "On the screen")}
SAME = _("Choose another time: quiet hours cannot begin and end at the same time.")
USUAL = "usual"  # the button that sets all kinds to what everybody has


def hour_field(label: Any, choices: list, help_text: Any = "", required: bool = False) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=choices, coerce=int, empty_value=None, required=required, help_text=help_text
    )


def offered(kind: Kind, channel: Channel) -> list[How]:
    """Return how news of a kind can come over a channel; what does not last a day has no place in a daily letter."""
    daily = channel == Channel.EMAIL and (kind.lasts is None or kind.lasts >= DAY)
    return [How.NOW, How.DIGEST, How.OFF] if daily else [How.NOW, How.OFF]


def name_of(kind: Kind, channel: Channel) -> str:
    return f"{PREFIX}-{kind.key}-{channel}"


class PreferencesForm(forms.Form):
    """A group of radios for each kind and channel, and the hours; on the person's own clock."""

    quiet_from = hour_field(
        pgettext_lazy("quiet hours", "From"), [("", pgettext_lazy("quiet hours", "No quiet hours")), *HALF_HOURS]
    )
    quiet_until = hour_field(
        pgettext_lazy("quiet hours", "Until"),
        [("", pgettext_lazy("quiet hours", "No quiet hours")), *HALF_HOURS],
    )
    digest_hour = hour_field(
        _("Hour of the daily letter"), HOURS, _("For what comes once a day, together."), required=True
    )
    reminder_hour = hour_field(_("Remind me to record my mood"), [("", _("No reminder")), *HOURS])
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=zones.ZONES, help_text=_("All hours here are on this clock.")
    )

    def __init__(self, data: QueryDict | None = None, *, user: User):
        rhythm = access.rhythm_of(user)
        initial = {name: getattr(rhythm, name) for name in ("quiet_from", "quiet_until", "digest_hour")}
        initial |= {"time_zone": user.time_zone, "reminder_hour": access.reminder_hour_of(user)}
        super().__init__(data, initial=initial)
        self.user, self.chosen = user, access.choices_of(user)
        of_person = kinds.for_person(user)
        self.safety = [kind for kind in of_person if kind.safety]
        self.kinds = [kind for kind in of_person if not kind.safety]
        self.channels = list(Channel) if user.email else [Channel.PUSH]
        if not user.email:
            del self.fields["digest_hour"]
        if user.time_zone not in dict(zones.ZONES):
            self.fields["time_zone"].choices = [(user.time_zone, user.time_zone), *zones.ZONES]
        for kind, channel in self._places():
            self.fields[name_of(kind, channel)] = self._field(kind, channel)

    def _places(self) -> Iterator[tuple[Kind, Channel]]:
        return ((kind, channel) for kind in self.kinds for channel in self.channels)

    def _field(self, kind: Kind, channel: Channel) -> forms.ChoiceField:
        usual = access.usual(kind, channel)
        words = {how: _("%(how)s (usual)") % {"how": how.label} if how == usual else how.label for how in How}
        return forms.ChoiceField(
            label=format_html('{}<span class="sr">: {}</span>', CHANNELS[channel], kind.label),
            choices=[(how.value, words[how]) for how in offered(kind, channel)],
            initial=self.chosen.get((kind.key, channel), usual),
            widget=forms.RadioSelect,
        )

    def groups(self) -> list[dict[str, Any]]:
        """Return for the page each kind with its fields."""
        return [
            {"kind": kind, "fields": [self[name_of(kind, channel)] for channel in self.channels]} for kind in self.kinds
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if any(name.startswith(f"{PREFIX}-") and name not in self.fields for name in self.data):
            self.add_error(
                None,
                ValidationError(_("This page has changed since you opened it. Please look and save again."), "old"),
            )
        if not {"quiet_from", "quiet_until"} & self.errors.keys():
            self._check_quiet(cleaned["quiet_from"], cleaned["quiet_until"])
        return cleaned

    def _check_quiet(self, start: int | None, end: int | None) -> None:
        if start is None and end is not None:
            self.add_error("quiet_from", ValidationError(_("Choose from when, or no quiet hours in both."), "half"))
        elif end is None and start is not None:
            self.add_error("quiet_until", ValidationError(_("Choose until when, or no quiet hours in both."), "half"))
        elif start is not None and start == end:
            self.add_error("quiet_until", ValidationError(SAME, "same"))

    def choices(self) -> dict[tuple[str, Channel], How]:
        """Return what was chosen for each kind and channel of the page; the usual where that button was pressed."""
        if USUAL in self.data:
            return {(kind.key, channel): access.usual(kind, channel) for kind, channel in self._places()}
        return {(kind.key, channel): How(self.cleaned_data[name_of(kind, channel)]) for kind, channel in self._places()}

    def hours(self) -> dict[str, Any]:
        """Return the hours as services.save_hours takes them."""
        cleaned = self.cleaned_data
        start, end = cleaned["quiet_from"], cleaned["quiet_until"]
        return {
            "quiet": None if start is None else (start, end),
            "digest_hour": cleaned.get("digest_hour"),
            "time_zone": cleaned["time_zone"],
            "reminder_hour": cleaned["reminder_hour"],
        }
