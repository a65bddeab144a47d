"""Forms for finding a helper, for what helpers say of themselves, and for answering and ending."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.helping import finding
from accounts.helping.choices import (
    DAYS,
    HELPERS_END_REASONS,
    ROLE_CHOICES,
    DeclineReason,
    Tongue,
    Topic,
    Way,
)
from accounts.helping.finding import Wish
from accounts.models import HelperProfile, User
from emocare.forms import PlainTextField

TEXT_LENGTH = 1500
NOTE_LENGTH = 500
ANY_ROLE = [("", _("Either")), *ROLE_CHOICES]


def ticks(label: Any, choices: Any, help_text: Any = "", required: bool = False) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=required, help_text=help_text, widget=forms.CheckboxSelectMultiple
    )


def long_text(label: Any, help_text: Any, length: int = TEXT_LENGTH, rows: int = 5) -> PlainTextField:
    return PlainTextField(
        label=label,
        required=False,
        max_length=length,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class HelperProfileForm(forms.Form):
    """What a helper offers; the hours have a page of their own."""

    languages = ticks(_("Languages"), Tongue, required=True)
    ways = ticks(_("Ways of talking"), Way, _("Only those that you know well."), required=True)
    topics = ticks(_("Topics"), Topic, _("What you can talk about with somebody."))
    about = long_text(
        _("About you"), _("A few sentences. People read this before they choose. No telephone, no address.")
    )
    limits = long_text(
        _("What you cannot help with"), _("For example: legal questions, medicines. It saves both of you time.")
    )
    own_limit = forms.IntegerField(
        label=_("How many people do you want to help at a time?"), required=False, min_value=1
    )
    on_break = forms.BooleanField(
        label=_("I need a break"),
        required=False,
        help_text=_("You get no new people. Those whom you help already stay with you."),
    )
    break_until = forms.DateField(
        label=_("Until which day?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The last day of the break. Leave it empty if you do not know yet."),
    )

    def __init__(self, data: Any = None, *, profile: HelperProfile):
        initial = {name: getattr(profile, name) for name in self.base_fields}
        super().__init__(data, initial=initial)
        self.most = profile.allowed_limit
        own = self.fields["own_limit"]
        own.max_value = self.most
        own.widget.attrs |= {"min": 1, "max": self.most}
        own.help_text = _("Up to %(count)d. Leave it empty for %(count)d.") % {"count": self.most}
        for name in ("languages", "ways"):
            self.fields[name].error_messages["required"] = _("Tick at least one, so that people can find you.")

    def clean_own_limit(self) -> int | None:
        number = self.cleaned_data["own_limit"]
        if number and number > self.most:
            raise ValidationError(_("It can be %(count)d at most."), code="too_many", params={"count": self.most})
        return number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        until = cleaned.get("break_until")
        if until and not cleaned.get("on_break"):
            self.add_error("break_until", _("Tick “I need a break” as well, or empty the day."))
        elif until and until < timezone.localdate():
            self.add_error("break_until", _("This day is over. Choose a later one, or end the break."))
        return cleaned


class HoursForm(forms.Form):
    """The same hours for one day of the week or several."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days"), coerce=int, choices=DAYS, widget=forms.CheckboxSelectMultiple
    )
    start = forms.TimeField(
        label=pgettext_lazy("time", "From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    end = forms.TimeField(
        label=pgettext_lazy("time", "To"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("A time before the beginning means the next day."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("start") and cleaned.get("start") == cleaned.get("end") and self._minute("start"):
            self.add_error("end", _("Beginning and end are the same."))
        return cleaned

    def _minute(self, name: str) -> int:
        clock = self.cleaned_data[name]
        return clock.hour * 60 + clock.minute

    def content(self) -> dict[str, Any]:
        """Return days and minutes as profiles.add_hours takes them."""
        return {
            "weekdays": self.cleaned_data["weekdays"],
            "start": self._minute("start"),
            "end": self._minute("end"),
        }


class WishForm(forms.Form):
    """What a person looks for; nothing is required."""

    role = forms.ChoiceField(label=_("Who should it be?"), required=False, choices=ANY_ROLE, widget=forms.RadioSelect)
    languages = ticks(_("Languages"), Tongue, _("Those in which you can talk."))
    ways = ticks(_("Ways of talking"), Way, _("Those that suit you."))
    topics = ticks(_("Topics"), Topic, _("What you want to talk about. Only the choice of a helper uses it."))

    @classmethod
    def begin(cls, user: User, disabilities: list[str]) -> "WishForm":
        """Return the form filled with what the profile says."""
        return cls(initial={"languages": [user.language], "ways": finding.ways_for(disabilities)})

    def wish(self) -> Wish:
        return Wish(**{name: self.cleaned_data[name] for name in ("role", "languages", "ways", "topics")})


class FilterForm(forms.Form):
    """What the list of helpers is narrowed to."""

    role = forms.ChoiceField(
        label=_("Who"), required=False, choices=[("", _("Volunteers and psychologists")), *ROLE_CHOICES]
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("Any language")), *Tongue.choices]
    )
    topic = forms.ChoiceField(label=_("Topic"), required=False, choices=[("", _("Any topic")), *Topic.choices])
    way = forms.ChoiceField(label=_("Way of talking"), required=False, choices=[("", _("Any way")), *Way.choices])
    free_now = forms.BooleanField(label=_("Has time now"), required=False)

    def wish(self) -> Wish:
        parts = {"languages": "language", "ways": "way", "topics": "topic"}
        chosen = self.cleaned_data if self.is_bound and self.is_valid() else {}
        several = {many: [chosen[one]] if chosen.get(one) else [] for many, one in parts.items()}
        return Wish(role=chosen.get("role", ""), **several)


class AskForm(forms.Form):
    """What the person tells the helper with the request."""

    languages = ticks(_("Languages"), Tongue)
    ways = ticks(_("Ways of talking"), Way)


class DeclineForm(forms.Form):
    reason = forms.ChoiceField(label=_("What should the person read?"), choices=DeclineReason, widget=forms.RadioSelect)


class EndForm(forms.Form):
    """A helper says why, and may say goodbye; the person who is helped needs no reason."""

    reason = forms.ChoiceField(label=_("Why does it end?"), choices=HELPERS_END_REASONS, widget=forms.RadioSelect)
    note = long_text(_("Words of parting"), _("The person reads them. Thank them, say something good."), NOTE_LENGTH, 3)
