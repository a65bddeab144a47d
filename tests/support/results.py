"""Results of shipped tests, as somebody comes to have them."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from tests.support.instruments import published
from tests_app import library, services
from tests_app.models import Result, Version
from tests_app.questionnaire import of


def phq9(score: int, **other: int | None) -> dict[str, int | None]:
    """Return answers to the ten questions that make this score; the ninth, on dying, is 0 while it is below 25."""
    answers: dict[str, int | None] = {}
    for number in range(1, 10):
        answers[str(number)] = min(3, score)
        score -= min(3, score)
    return answers | {"difficulty": 1} | other


def take(
    owner: User,
    answers: Mapping[str, int | None] | None = None,
    *,
    key: str = "phq9",
    version: Version | None = None,
    days_ago: float = 0,
    passed: bool = True,
) -> Result:
    """Let somebody finish a test some days ago, with the first answers where none are told.

    They are past the safety step unless `passed` says no.
    """
    library.load()
    version = version or Version.objects.get(instrument__key=key, state="published")
    run = services.begin(owner=owner, version=version)
    services.answer(run=run, answers=first_answers(version) if answers is None else answers)
    result = services.finish(run=run)
    result.finished_at = timezone.now() - timedelta(days=days_ago)
    result.safety_passed_at = result.finished_at if passed else None
    result.save(update_fields=["finished_at", "safety_passed_at"])
    return result


def first_answers(version: Version) -> dict[str, int | None]:
    """Return the first answer to every question that is asked then."""
    answers: dict[str, int | None] = {}
    for item in of(version).items:
        if item.ask_if is None or item.ask_if.holds(answers):
            answers[item.id] = item.options[0].value
    return answers


def changed(version: Version, **content: object) -> Version:
    """Publish a text of the same test with other contents in place of the last one."""
    return published(version.content | {"version": version.number + 1} | content)


def label(code: str, key: str = "phq9", language: str = "en") -> str:
    """Return the words of a band of a shipped test."""
    content = next(content for content in library.shipped() if content["key"] == key)
    return next(band["label"][language] for band in content["bands"] if band["code"] == code)
