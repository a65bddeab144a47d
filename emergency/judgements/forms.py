"""Forms about the risk check: what a person sends when it was wrong, and what an administrator makes of it."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from emergency.judgements import consent
from emergency.judgements.choices import Complaint, Language, Verdict
from emergency.models import Judgement
from emergency.risk.levels import Kind, Level
from emocare.forms import FormKeyField, PlainTextField

LENGTH = 1000  # characters
CHANGED = _("The words about who reads it have changed meanwhile. Please read them once more.")


class MarkField(forms.CharField):
    """The mark of the words that stood on the page; the page shows that of the words that stand there now."""

    widget = forms.HiddenInput

    def bound_data(self, data: Any, initial: Any) -> str:
        return consent.mark()


class JudgementForm(forms.Form):
    """One sentence, what was wrong about it, and the consent without which nothing is kept."""

    sentence = PlainTextField(
        label=_("The sentence"),
        max_length=LENGTH,
        help_text=_("Make it as short as you like. Leave out names, places and numbers."),
        error_messages={"required": _("There is no sentence yet. You can also go back: then nothing is sent.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    complaint = forms.ChoiceField(label=_("What was not right?"), choices=Complaint, widget=forms.RadioSelect)
    meant = PlainTextField(
        label=_("What did it mean?"),
        required=False,
        max_length=LENGTH,
        help_text=_("In your own words. Who reads the sentence reads this too."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    agrees = forms.BooleanField(
        label=consent.AGREES,
        error_messages={"required": _("Without your consent nothing is sent.")},
    )
    words = MarkField(required=False)
    form_key = FormKeyField()

    def __init__(self, data: Any = None, *, sentence: str | None = None, complaints: tuple[Complaint, ...]):
        initial = {"form_key": uuid.uuid4(), "words": consent.mark(), "sentence": (sentence or "")[:LENGTH]}
        super().__init__(data, initial=initial)
        if complaints == (Complaint.MISSED,):
            del self.fields["complaint"]
        else:
            self.fields["complaint"].choices = [(complaint.value, complaint.label) for complaint in complaints]

    def clean(self) -> dict[str, Any]:
        answers = {"complaint": Complaint.MISSED, **super().clean()}
        if answers.get("words") != consent.mark():
            self.add_error("agrees", CHANGED)
        return answers


class ReviewForm(forms.Form):
    """What the check should have said, or that the sentence cannot be used."""

    verdict = forms.ChoiceField(
        label=pgettext_lazy("review", "Verdict"),
        choices=[(verdict.value, verdict.label) for verdict in (Verdict.LABEL, Verdict.UNUSABLE)],
        widget=forms.RadioSelect,
        help_text=_("Not to be used: it names somebody, says how to do it, or nobody can tell what it means."),
    )
    right_level = forms.TypedChoiceField(
        label=_("Right level"), choices=[("", "–"), *Level.choices], coerce=int, empty_value=None, required=False
    )
    right_kind = forms.ChoiceField(label=_("Right kind of danger"), choices=[("", "–"), *Kind.choices], required=False)
    right_language = forms.ChoiceField(label=_("Language of the sentence"), choices=Language)
    reviewed_before = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, judgement: Judgement):
        super().__init__(
            data,
            initial={
                "verdict": "" if judgement.waits else judgement.verdict,
                "right_level": judgement.right_level,
                "right_kind": judgement.right_kind,
                "right_language": judgement.right_language or judgement.language,
                "reviewed_before": judgement.review_mark,
            },
        )

    def clean(self) -> dict[str, Any]:
        """Ask for level and kind of what can be learned from; of the rest there is none."""
        answers = super().clean()
        if answers.get("verdict") == Verdict.UNUSABLE:
            return answers | {"right_level": None, "right_kind": "", "right_language": ""}
        level, kind = answers.get("right_level"), answers.get("right_kind")
        if level is None or not kind:
            raise ValidationError(_("Choose the right level and the right kind of danger."))
        if (level == Level.NONE) != (kind == Kind.NONE):
            raise ValidationError(_("Without danger there is no kind of danger, and with danger there is one."))
        return answers
