"""Answers and subscales in words, for files that people take with them; in the active language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext

from tests_app.questionnaire import Answers, Item, Questionnaire, band_in

NOTHING = "–"  # in place of a score where too much was left out


@dataclass(frozen=True)
class Given:
    """A question that was answered or passed over; the value is none where it was passed over."""

    item: Item
    value: int | None

    @property
    def answer(self) -> str:
        """Return the answer in words, and what was passed over as such."""
        return self.item.label_of(self.value) or pgettext("a question of a test", "Passed over")


def given(questionnaire: Questionnaire, answers: Answers) -> list[Given]:
    """Return the questions that were answered or passed over, in the order of the test."""
    return [Given(item, answers[item.id]) for item in questionnaire.items if item.id in answers]


def parts_in_words(questionnaire: Questionnaire, parts: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return each subscale of a result as `name: score (band)`."""
    found = []
    for part in questionnaire.scoring.parts:
        figure = parts.get(part.code, {})
        band = band_in(part.bands, figure.get("band", ""))
        score = NOTHING if figure.get("score") is None else figure["score"]
        found.append(f"{part.name}: {score} ({band.label})" if band else f"{part.name}: {score}")
    return found
