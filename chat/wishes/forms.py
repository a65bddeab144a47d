"""The form in which one side says what the two may see of each other."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from chat.choices import Wish

ON = _("Now it is on: both of you want it.")
OFF = _("Now it is off. It is on only when both of you want it.")


class WishesForm(forms.Form):
    """One tick for each Wish that is offered, under its name; what is not offered stays as it was chosen."""

    typing = forms.BooleanField(
        label=_("We see when the other is writing"),
        required=False,
        help_text=_("While one of you writes, the other sees that, without the words."),
    )
    live = forms.BooleanField(
        label=_("We see each other's words while they are written"),
        required=False,
        help_text=_(
            "Live text, letter by letter, as in a talk. What you delete was seen too. Nothing of it is kept until you "
            "send it, and only then do we look for signs of danger in it. It works where JavaScript is on."
        ),
    )
    presence = forms.BooleanField(
        label=_("We see when the other is here"),
        required=False,
        help_text=_("Each of you sees whether the other has this conversation open."),
    )
    contacts = forms.BooleanField(
        label=_("We see telephone numbers, addresses and card numbers"),
        required=False,
        help_text=_("Otherwise they are covered, for the safety of both. To talk here nobody needs them."),
    )

    def __init__(self, data: Any, *, offered: Collection[Wish], chosen: Collection[Wish], shared: Collection[Wish]):
        super().__init__(data, initial={wish.value: wish in chosen for wish in Wish})
        self._kept = set(chosen) - set(offered)
        for wish in set(Wish) - set(offered):
            del self.fields[wish.value]
        for name, field in self.fields.items():
            field.help_text = format_html("{}<br>{}", field.help_text, ON if Wish(name) in shared else OFF)

    def chosen(self) -> set[Wish]:
        """Return what this person wants now."""
        return self._kept | {Wish(name) for name, ticked in self.cleaned_data.items() if ticked}
