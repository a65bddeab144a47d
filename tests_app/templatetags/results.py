"""How templates show what came out of a test."""

from datetime import date, datetime

from django import template
from django.utils.safestring import SafeString

from tests_app.questionnaire import Answers, Questionnaire
from tests_app.results import drawing, outcomes
from tests_app.results.outcomes import Reading, Shown
from tests_app.scoring import Outcome

register = template.Library()


@register.simple_tag
def in_words(
    questionnaire: Questionnaire, outcome: Outcome, answers: Answers | None = None, language: str = ""
) -> Shown:
    """Return an outcome in words, from variables of which the last two may be missing."""
    return Shown(questionnaire, outcome, answers if isinstance(answers, dict) else None, language or "")


@register.simple_tag
def scale(reading: Reading) -> SafeString:
    return drawing.scale(reading)


@register.filter
def again_on(questionnaire: Questionnaire, finished_at: datetime) -> date:
    return outcomes.again_on(questionnaire, finished_at)
