"""The question whether those on duty are called; both answers are equally good."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

YES, NO = "yes", "no"


class AlarmForm(forms.Form):
    """What the person agrees to beforehand; nothing is chosen for them."""

    alarm = forms.ChoiceField(
        label=_("If my words sound as if my life is in danger now, call the psychologist on duty?"),
        choices=[
            (YES, pgettext_lazy("alarm", "Yes, call them")),
            (NO, pgettext_lazy("alarm", "No, only show me help and tell my helper")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one of the two. Both are fine.")},
    )

    @staticmethod
    def of(known: bool | None) -> dict[str, str]:
        """Return what was answered before."""
        return {} if known is None else {"alarm": YES if known else NO}

    @property
    def agrees(self) -> bool:
        return self.cleaned_data["alarm"] == YES
