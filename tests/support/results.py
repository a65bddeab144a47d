"""Results of shipped tests, as somebody comes to have them, and what is shown of them."""

import json
from datetime import timedelta
from typing import Any

from django.utils import timezone, translation

from accounts.models import Assignment, User
from tests.support.instruments import load_shipped, published
from tests_app import library, services
from tests_app.models import Result, Version
from tests_app.questionnaire import Answers, of
from tests_app.safety.services import go_on
from tests_app.scoring import outcome_of
from tests_app.sharing import services as sharing


def phq9(score: int, **other: int | None) -> dict[str, int | None]:
    """Return answers to the ten questions that make this score; the ninth, on dying, is 0 while it is below 25."""
    answers: dict[str, int | None] = {}
    for number in range(1, 10):
        answers[str(number)] = min(3, score)
        score -= min(3, score)
    return answers | {"difficulty": 1} | other


def take(
    owner: User,
    answers: Answers | None = None,
    *,
    key: str = "phq9",
    version: Version | None = None,
    pass_over: bool = False,
    days_ago: float = 0,
    passed: bool = True,
    language: str = "kk",
) -> Result:
    """Let somebody finish a test some days ago; what `answers` leaves open is passed over, or has the first answer.

    They are past the safety step, where answers open it, unless `passed` says no.
    """
    load_shipped()
    version = version or Version.objects.get(instrument__key=key, state="published")
    run = services.begin(owner=owner, version=version)
    with translation.override(language):
        services.answer(run=run, answers=all_answers(version, answers, pass_over=pass_over))
        result = services.finish(run=run)
    if passed:
        go_on(result=result)
    if days_ago:
        then = result.finished_at - timedelta(days=days_ago)
        Result.objects.filter(pk=result.pk).update(finished_at=then, safety_passed_at=then if passed else None)
    result.refresh_from_db()
    return result


def all_answers(version: Version, answers: Answers | None = None, *, pass_over: bool = False) -> dict[str, int | None]:
    """Return these answers and those to the other questions that are asked then: the first one, or none at all."""
    given = dict(answers or {})
    for item in of(version).items:
        if item.id not in given and (item.ask_if is None or item.ask_if.holds(given)):
            given[item.id] = None if pass_over and item.may_skip else item.options[0].value
    return given


def make_result(owner: User, version: Version, *, value: int = 0, days_ago: float = 0, **fields: Any) -> Result:
    """Let somebody have answered every question with the same value, some days ago, without taking the test."""
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


def more_like(result: Result, count: int) -> None:
    """Give the owner of a result so many more like it."""
    names = ("owner", "instrument", "version", "answers", "score", "band", "language", "started_at", "safety_passed_at")
    given = {name: getattr(result, name) for name in names}
    Result.objects.bulk_create([Result(**given) for _ in range(count)])


def show_answers(result: Result, psychologist: User) -> Assignment:
    """Let the owner show the single answers of a result to a psychologist who helps her."""
    assignment = Assignment.objects.get(user=result.owner, helper=psychologist, state="active")
    assert sharing.show_answers(result=result, assignment=assignment, language="kk")
    return assignment


def changed(version: Version, **content: object) -> Version:
    """Publish a text of the same test with other contents in place of the last one."""
    return published(version.content | {"version": version.number + 1} | content)


def label(code: str, key: str = "phq9", language: str = "en") -> str:
    """Return the words of a band of a shipped test."""
    content = next(content for content in library.shipped() if content["key"] == key)
    return next(band["label"][language] for band in content["bands"] if band["code"] == code)
