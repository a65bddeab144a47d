"""Results of shipped tests, as somebody comes to have them."""

from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from tests_app import services
from tests_app.models import Result, Version


def phq9(score: int, **other: int | None) -> dict[str, int | None]:
    """Return answers to all ten questions that make this score, none of them about dying while it is below 25."""
    answers: dict[str, int | None] = {}
    for number in range(1, 10):
        answers[str(number)] = min(3, score)
        score -= answers[str(number)]
    return answers | {"difficulty": 1} | other


@pytest.fixture
def take(instruments) -> Callable[..., Result]:
    """Let somebody finish a test with these answers, some days ago; past the safety step unless `passed` says no."""

    def finished(
        owner: User,
        answers: Mapping[str, int | None],
        *,
        key: str = "phq9",
        version: Version | None = None,
        days_ago: float = 0,
        passed: bool = True,
    ) -> Result:
        run = services.begin(owner=owner, version=version or instruments[key])
        services.answer(run=run, answers=answers)
        result = services.finish(run=run)
        result.finished_at = timezone.now() - timedelta(days=days_ago)
        result.safety_passed_at = result.finished_at if passed else None
        result.save(update_fields=["finished_at", "safety_passed_at"])
        return result

    return finished
