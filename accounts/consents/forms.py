"""Forms that agree to a text: they carry its version, and what a person shows to their psychologist."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import SHARED_ENTRIES, Purpose
from accounts.consents import VERSIONS


class TextForm(forms.Form):
    """A form under a text; a page that stood open while the text changed must not agree to the new one."""

    purposes_of_text: tuple[Purpose, ...]
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> object:
        return self._current() if field_name == "version" else super().get_initial_for_field(field, field_name)

    def is_of_another_text(self) -> bool:
        """Say whether the person had another version before them than the one that is in force now."""
        return self.is_bound and self.data.get("version", self._current()) != self._current()

    def _current(self) -> str:
        return " ".join(VERSIONS[purpose] for purpose in self.purposes_of_text)


class ShareForm(TextForm):
    purposes_of_text = SHARED_ENTRIES
    purposes = forms.MultipleChoiceField(
        label=_("What do you show?"),
        required=False,
        choices=[(purpose.value, purpose.label) for purpose in SHARED_ENTRIES],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing is shown that you do not tick. You can change it at any time, without a reason."),
    )
