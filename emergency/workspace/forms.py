"""Forms of the workspace: notes, steps, colleagues, the police or an ambulance, closing."""

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from emergency.choices import OUTCOMES, Called, Done
from emergency.forms import NOTE, WORDS
from emocare.forms import PlainTextField

YES, NO = "yes", "no"


def words(label: Any, help_text: Any = "", required: bool = False, most: int = WORDS) -> PlainTextField:
    area = forms.Textarea(attrs={"rows": 4})
    return PlainTextField(label=label, help_text=help_text, required=required, max_length=most, widget=area)


class NoteForm(forms.Form):
    note = words(_("Your note"), _("Only you read it here."), required=True, most=NOTE)


class CheckForm(forms.Form):
    done = forms.ChoiceField(
        label=_("How is it with this step?"),
        choices=[*Done.choices, (NO, pgettext_lazy("step of a checklist", "Not done yet"))],
        widget=forms.RadioSelect,
    )
    what = words(_("Whom you told and when, or why it is not needed"), _("The second person reads it too."))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("done") == Done.NOT_NEEDED and not cleaned.get("what") and "what" not in self.errors:
            self.add_error("what", _("Write in a few words why it is not needed."))
        return cleaned


class GiveBackForm(forms.Form):
    next_words = words(
        _("Words for the next one"),
        _("What you did, what you agreed, what the person needs now. Whoever takes it reads this."),
        required=True,
    )


class ColleagueForm(forms.Form):
    """Who should come: `people` know whether they are on duty, or help the person who asks."""

    colleague = forms.ChoiceField(label=_("Whom do you ask?"))

    def __init__(self, data: Any, people: list[User]):
        super().__init__(data)
        self.people = {str(person.public_id): person for person in people}
        self.fields["colleague"].choices = [("", "—"), *((key, said(person)) for key, person in self.people.items())]

    def chosen(self) -> User:
        return self.people[self.cleaned_data["colleague"]]


class HandOverForm(ColleagueForm, GiveBackForm):
    field_order = ["colleague", "next_words"]


def said(person: User) -> str:
    """Return a name with what matters for the choice."""
    known = [
        gettext("helps this person") if getattr(person, "helps_asker", False) else "",
        gettext("on duty now") if getattr(person, "is_on_duty", False) else "",
        person.get_role_display() if person.is_volunteer else "",
    ]
    return ", ".join([str(person), *filter(None, known)])


class CalledForm(forms.Form):
    whom = forms.ChoiceField(label=_("Who was called?"), choices=Called, widget=forms.RadioSelect)
    reason = words(_("Why?"), _("What you saw or read that made you call."), required=True)
    told = forms.ChoiceField(
        label=_("Did you tell the person?"),
        help_text=_("Nobody is sent to a person secretly. They see it in their request at once."),
        choices=[
            (YES, pgettext_lazy("told of the call", "Yes, they know")),
            (NO, pgettext_lazy("told of the call", "No, it would put somebody in danger")),
        ],
        initial=YES,
        widget=forms.RadioSelect,
    )
    untold_reason = words(
        _("If you did not: why?"), _("The person sees that somebody was called as soon as the request is closed.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        silent = cleaned.get("told") == NO and not cleaned.get("untold_reason")
        if silent and "untold_reason" not in self.errors:
            self.add_error("untold_reason", _("Write why the person could not be told."))
        return cleaned


class CloseCaseForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("How did it end?"), choices=[(o.value, o.label) for o in OUTCOMES], widget=forms.RadioSelect
    )
    note = words(
        _("Your note"),
        _("What you talked about, how the person is now, what comes next. Only you read it here."),
        required=True,
        most=NOTE,
    )
