"""The questions of a test as a form, one of them or all; it takes answers as strictly as the instrument has them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from tests_app.choices import Layout
from tests_app.questionnaire import Answers, Item, Questionnaire
from tests_app.services import CANNOT_SKIP, NO_SUCH_QUESTION, NOT_AN_OPTION

PREFIX = "q_"
SKIP = "skip"
TWO_ANSWERS = _("Two answers came for this question. Please choose one.")
MISSING = _("Please choose one of the answers.")
MISSING_MAY_SKIP = _("Please choose one of the answers, or pass over the question.")
QUESTION = _("Question %(number)s")  # short: the list of what has no answer yet can be long
HIGHEST_KEY = 9


class _OneAnswer(forms.RadioSelect):
    """Radio buttons that notice when more than one of them was sent."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        given = list(dict.fromkeys(data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])))
        return given if len(given) > 1 else next(iter(given), None)


class QuestionField(forms.Field):
    """A question; cleaned it is the value of an option, or SKIP, or nothing where nothing was chosen."""

    widget = _OneAnswer

    def __init__(self, item: Item, label: str):
        super().__init__(label=label, required=False)
        self.item = item

    def to_python(self, value: Any) -> int | str | None:
        if value in (None, ""):
            return None
        if isinstance(value, list):
            raise ValidationError(TWO_ANSWERS, code="two")
        if value == SKIP:
            if not self.item.may_skip:
                raise ValidationError(CANNOT_SKIP, code="skip")
            return SKIP
        found = next((option.value for option in self.item.options if str(option.value) == value), None)
        if found is None:
            raise ValidationError(NOT_AN_OPTION, code="option")
        return found


@dataclass(frozen=True)
class Choice:
    """An answer to choose; `key` is the digit on the keyboard that chooses it."""

    value: str
    label: str
    key: str
    checked: bool


@dataclass(frozen=True)
class Question:
    """A question as a page shows it; `only_if` names the question and the answers after which it is asked."""

    item: Item
    number: int
    field: BoundField
    choices: list[Choice]
    skipped: bool
    only_if: tuple[int, list[str]] | None

    @property
    def asked_after(self) -> str:
        """Return the values of the other question after which this one is asked, for the page's script."""
        return " ".join(str(value) for value in sorted(self.item.ask_if.values)) if self.item.ask_if else ""

    @property
    def first(self) -> str:
        """Return which radio button is the way in: the chosen one, else the first."""
        chosen = next((choice.value for choice in self.choices if choice.checked), "")
        return chosen or (SKIP if self.skipped else self.choices[0].value)


class AnswersForm(forms.Form):
    """Questions with what is known of their answers; `answers` holds what was sent.

    With `whole` each question that is asked needs an answer, or to be passed over.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        questionnaire: Questionnaire,
        items: Sequence[Item],
        known: Answers | None = None,
        whole: bool = True,
    ):
        super().__init__(data)
        self.questionnaire, self.items, self.known, self.whole = questionnaire, items, known or {}, whole
        self.numbers = {item.id: number for number, item in enumerate(questionnaire.items, 1)}
        for item in items:
            self.fields[PREFIX + item.id] = QuestionField(item, QUESTION % {"number": self.numbers[item.id]})

    def clean(self) -> dict[str, Any]:
        if any(name.startswith(PREFIX) and name not in self.fields for name in self.data):
            self.add_error(None, NO_SUCH_QUESTION)
        if self.whole:
            asked = {item.id for item in self.questionnaire.asked({**self.known, **self.answers})}
            for item in self.items:
                self._require(item, asked)
        return self.cleaned_data

    def _require(self, item: Item, asked: set[str]) -> None:
        name = PREFIX + item.id
        is_open = item.id not in self.answers and item.id not in self.known
        if is_open and name not in self.errors and (item.id in asked or len(self.items) == 1):
            self.add_error(name, ValidationError(MISSING_MAY_SKIP if item.may_skip else MISSING, code="missing"))

    @property
    def answers(self) -> dict[str, int | None]:
        """Return {id of the question: value} for what was sent and fits; null where it was passed over."""
        given = {item.id: self.cleaned_data.get(PREFIX + item.id) for item in self.items}
        return {key: None if value == SKIP else value for key, value in given.items() if value is not None}

    @property
    def is_only_incomplete(self) -> bool:
        """Say whether nothing is wrong but that answers are missing: what was sent can be kept."""
        return all(error.code == "missing" for errors in self.errors.as_data().values() for error in errors)

    @cached_property
    def questions(self) -> list[Question]:
        """Return the questions to show, with what the person chose, also where it does not fit."""
        return [self._question(item) for item in self.items]

    def _question(self, item: Item) -> Question:
        field = self[PREFIX + item.id]
        chosen = self._chosen(field, item)
        keys = {option.value: str(option.value) for option in item.options if 0 <= option.value <= HIGHEST_KEY}
        choices = [
            Choice(str(option.value), option.label, keys.get(option.value, ""), str(option.value) == chosen)
            for option in item.options
        ]
        condition = item.ask_if
        only_if = None
        if condition:
            other = self.questionnaire.by_id[condition.item]
            labels = [option.label for option in other.options if option.value in condition.values]
            only_if = self.numbers[condition.item], labels
        return Question(item, self.numbers[item.id], field, choices, chosen == SKIP, only_if)

    def _chosen(self, field: BoundField, item: Item) -> str:
        sent = field.data if self.is_bound else None
        if isinstance(sent, list):
            sent = next((value for value in sent if value in {str(option.value) for option in item.options}), None)
        if sent is None and item.id in self.known:
            value = self.known[item.id]
            return SKIP if value is None else str(value)
        return sent or ""


class LayoutForm(forms.Form):
    """How the person wants to answer."""

    layout = forms.ChoiceField(
        label=_("How would you like to answer?"),
        choices=Layout.choices,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Please choose one of the two ways.")},
    )
