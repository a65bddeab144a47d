import json
from collections.abc import Callable

import pytest
from django.utils import timezone, translation

from accounts.models import User
from tests_app import services
from tests_app.models import Result, Version


@pytest.fixture
def take(instruments) -> Callable[..., Result]:
    """Return a way to take a test: `take(owner, "phq9", {"1": 2, "2": None}, rest=0)`, in Kazakh unless said."""

    def taken(
        owner: User, test: str | Version = "phq9", answers: dict | None = None, *, rest: int | None = 0, language="kk"
    ) -> Result:
        version = instruments[test] if isinstance(test, str) else test
        run = services.begin(owner=owner, version=version)
        given = dict(answers or {})
        for item in services.of(version).items:
            fallback = rest if rest in item.values else min(item.values)
            given.setdefault(item.id, None if rest is None and item.may_skip else fallback)
        with translation.override(language):
            services.answer(run=run, answers=given)
            return services.finish(run=run)

    return taken


@pytest.fixture
def passed() -> Callable[[Result], None]:
    """Return a way to come past the safety step of a result."""

    def go(result: Result) -> None:
        Result.objects.filter(pk=result.pk).update(safety_passed_at=timezone.now())

    return go


@pytest.fixture
def imported(instruments) -> Callable[..., Version]:
    """Return a way to publish a test that differs from PHQ-9 in parts of its content."""
    from tests.support.instruments import published

    def publish(**changed) -> Version:
        content = json.loads(json.dumps(instruments["phq9"].content)) | {"key": "imported", "version": 1} | changed
        return published(content)

    return publish
