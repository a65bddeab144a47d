"""Results as somebody comes to have them without taking a test, and what is shown of them."""

import json
from datetime import timedelta

from django.utils import timezone

from accounts.models import Assignment, User
from tests_app.models import Result, Version
from tests_app.questionnaire import of
from tests_app.scoring import outcome_of
from tests_app.sharing import services


def make_result(owner: User, version: Version, *, value: int = 0, days_ago: float = 0, **fields) -> Result:
    """Let somebody have answered every question of a test with the same value, some days ago."""
    questionnaire, when = of(version), timezone.now() - timedelta(days=days_ago)
    answers = {item.id: value for item in questionnaire.items if value in item.values and not item.ask_if}
    outcome = outcome_of(questionnaire, answers)
    parts = {code: {"score": part.score, "band": part.band} for code, part in outcome.parts.items()}
    known = {"score": outcome.score, "band": outcome.band, "parts": parts, "answers": json.dumps(answers)}
    times = {"started_at": when, "finished_at": when, "safety_passed_at": when}
    return Result.objects.create(
        **{"owner": owner, "instrument_id": version.instrument_id, "version": version, "language": "kk"}
        | known
        | times
        | fields
    )


def show_answers(result: Result, psychologist: User) -> Assignment:
    """Let the owner show the single answers of a result to a psychologist who helps her."""
    assignment = Assignment.objects.get(user=result.owner, helper=psychologist, state="active")
    assert services.show_answers(result=result, assignment=assignment, language="kk")
    return assignment
