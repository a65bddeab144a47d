"""The one question before an account is deleted."""

from django import forms
from django.utils.translation import gettext_lazy as _


class EraseForm(forms.Form):
    sure = forms.BooleanField(
        label=_("I understand: all that I wrote here is deleted and cannot be brought back."),
        error_messages={"required": _("Please tick the box if you want to delete your account.")},
    )
