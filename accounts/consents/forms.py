"""What a person shows to their psychologist."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import SHARING


class ShareForm(forms.Form):
    purposes = forms.MultipleChoiceField(
        label=_("What do you show?"),
        required=False,
        choices=[(purpose.value, purpose.label) for purpose in SHARING],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing is shown that you do not tick. You can change it at any time, without a reason."),
    )
