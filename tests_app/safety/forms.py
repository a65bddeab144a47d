"""Forms of the safety step and of the safety plan."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from emergency.choices import Level
from emocare.forms import PlainTextField
from tests_app.questionnaire import Item, Questionnaire
from tests_app.safety.plan import Step

UNSAID = ("", _("I would rather not say"))
STEP_LENGTH = 3000


class QuestionsForm(forms.Form):
    """The questions of the safety step, each optional, that about right now first; nothing of it is stored."""

    def __init__(self, data: Any = None, *, questionnaire: Questionnaire | None):
        super().__init__(data)
        self.questionnaire = questionnaire
        for item in sorted(questionnaire.items if questionnaire else (), key=self._not_now):
            options = [(str(option.value), option.label) for option in item.options]
            self.fields[f"q{item.id}"] = forms.ChoiceField(
                label=item.text,
                required=False,
                choices=[*options, UNSAID],
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("Please choose one of the answers of this question.")},
            )

    @property
    def text_status(self) -> str:
        """Return how far the words of the questions can be relied on."""
        return self.questionnaire.text_status if self.questionnaire else ""

    def _not_now(self, item: Item) -> bool:
        """Put what asks about danger right now before the rest, for somebody alone with a page."""
        rules = self.questionnaire.critical
        return not any(rule.item == item.id and Level.named(rule.level) == Level.IMMINENT for rule in rules)

    def level(self, least: Level) -> Level:
        """Return how urgent it is after these answers; never less than before, whatever was said or left out."""
        if not self.is_bound or self.questionnaire is None:
            return least
        self.is_valid()
        said = {name.removeprefix("q"): int(value) for name, value in self.cleaned_data.items() if value}
        rules = [rule for rule in self.questionnaire.critical if rule.holds(said)]
        return max([least, *(Level.named(rule.level) for rule in rules)])


class StepForm(forms.Form):
    """One step of the plan; empty is fine."""

    words = PlainTextField(required=False, max_length=STEP_LENGTH, widget=forms.Textarea(attrs={"rows": 8}))

    def __init__(self, data: Any = None, *, step: Step, text: str):
        super().__init__(data, initial={"words": text})
        self.fields["words"].label = step.title
        self.fields["words"].help_text = f"{step.help} {step.examples}"
