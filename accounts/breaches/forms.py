"""The form of an entry, with the checklist in it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.breaches.choices import GUIDES, Kind, Step
from accounts.models import Breach, BreachStep
from emocare.forms import PlainTextField

TEXT_LENGTH = 10_000
TEXTS = ("what", "consequences", "measures", "contact")
TO_CLOSE = ("what", "consequences", "measures", "contact", "authority_notified_at")


class MomentInput(forms.DateTimeInput):
    """Day and time in the one field that every browser has for it."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


def _text(name: str, rows: int = 6, **options: Any) -> PlainTextField:
    label = capfirst(Breach._meta.get_field(name).verbose_name)
    return PlainTextField(
        label=label, max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": rows}), required=False, **options
    )


class BreachForm(forms.ModelForm):
    """An entry of the register.

    Several administrators may write at the same time. So the page remembers what it showed, and only what differs from
    that is stored: `changed_data` for the columns, `ticked` and `unticked` for the steps.
    """

    what = _text("what", help_text=gettext_lazy("Without names of the people concerned."))
    consequences = _text("consequences")
    measures = _text("measures")
    contact = _text("contact", rows=2)
    kinds = forms.MultipleChoiceField(
        label=capfirst(Breach._meta.get_field("kinds").verbose_name),
        choices=Kind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    steps = forms.MultipleChoiceField(
        label=gettext_lazy("What has to be done"), choices=Step, required=False, widget=forms.CheckboxSelectMultiple
    )
    closes = forms.BooleanField(
        label=gettext_lazy("Close this entry"),
        required=False,
        help_text=gettext_lazy("Only when every required step is done. A closed entry can be opened again."),
    )

    class Meta:
        model = Breach
        fields = [
            "detected_at",
            "happened_at",
            "what",
            "consequences",
            "measures",
            "kinds",
            "people",
            "contact",
            "authority_notified_at",
            "authority_reference",
            "people_notified_at",
        ]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["what"].required = True
        done = self.instance.done() if self.instance.pk else {}
        self.fields["steps"].choices = [(step.value, _described(step, done.get(step))) for step in Step]
        self.initial["steps"] = list(done)
        for name, field in self.fields.items():
            field.show_hidden_initial = name != "closes"

    def shown_steps(self) -> set[str]:
        """Return the steps that were done when the page was made."""
        widget = self.fields["steps"].hidden_widget()
        return set(widget.value_from_datadict(self.data, self.files, self.add_initial_prefix("steps")) or [])

    @property
    def ticked(self) -> set[str]:
        return set(self.cleaned_data["steps"]) - self.shown_steps()

    @property
    def unticked(self) -> set[str]:
        return self.shown_steps() - set(self.cleaned_data["steps"])

    def clean(self) -> dict[str, Any]:
        """Let nothing have happened in the future, no step be ticked that says too little, nothing be closed early."""
        cleaned = super().clean()
        if self.instance.pk:  # what this page leaves as it was is judged as it stands now: somebody may have changed it
            left = cleaned.keys() & {field.name for field in Breach._meta.fields} - set(self.changed_data)
            cleaned |= {name: getattr(self.instance, name) for name in left}
        for name in ("detected_at", "happened_at", "authority_notified_at", "people_notified_at"):
            if cleaned.get(name) and cleaned[name] > timezone.now():
                self.add_error(name, ValidationError(_("This moment has not come yet."), code="future"))
        steps = set(cleaned.get("steps", []))
        if Step.AUTHORITY in steps and not cleaned.get("authority_notified_at"):
            self._want("authority_notified_at", _("Enter when the authorised body was told."))
        if Step.PEOPLE in steps and not (cleaned.get("people_notified_at") or cleaned.get("measures")):
            self._want("people_notified_at", _("Enter when they were told, or under the measures why they were not."))
        if cleaned.get("closes"):
            self._check_closing(steps)
        return cleaned

    def _want(self, name: str, words: str) -> None:
        if name not in self.errors:
            self.add_error(name, ValidationError(words, code="required"))

    def _check_closing(self, steps: set[str]) -> None:
        lacking = [str(step.label) for step in Step if GUIDES[step].required and step not in steps]
        if lacking:
            words = _("These steps are still missing: %(steps)s.") % {"steps": "; ".join(lacking)}
            self.add_error("closes", ValidationError(words, code="unfinished"))
        for name in TO_CLOSE:
            if not self.cleaned_data.get(name):
                self._want(name, _("An entry cannot be closed without this."))


def _described(step: Step, row: BreachStep | None) -> str:
    """Return a step with what it asks for, and who did it when."""
    guide = GUIDES[step]
    words = _("%(step)s (required). %(help)s") if guide.required else _("%(step)s. %(help)s")
    described = words % {"step": step.label, "help": guide.help}
    if row is None:
        return described
    moment = date_format(timezone.localtime(row.done_at), "DATETIME_FORMAT")
    who = _("Done: %(when)s, %(who)s.") % {"when": moment, "who": row.done_by or "–"}
    return f"{described} {who}"
