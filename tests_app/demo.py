"""Two months of results for the demonstration user, and a test that her psychologist asks for."""

from datetime import date, timedelta

from django.utils import timezone, translation

from accounts.demo import DOMAIN
from accounts.helping import access as helping
from accounts.models import User
from tests_app import library, services
from tests_app.models import Invitation, Result, Version
from tests_app.questionnaire import of
from tests_app.sharing import services as sharing

TAKEN = [  # key, days ago, answers in the order of the questions
    ("phq9", 58, (2, 2, 3, 2, 1, 2, 2, 1, 0, 2)),
    ("who5", 57, (1, 2, 1, 1, 2)),
    ("phq9", 42, (2, 2, 2, 2, 1, 1, 2, 1, 0, 1)),
    ("who5", 29, (2, 2, 2, 2, 3)),
    ("phq9", 27, (1, 2, 2, 2, 1, 1, 1, 0, 0, 1)),
    ("who5", 3, (3, 3, 2, 3, 4)),
    ("phq9", 2, (1, 1, 2, 1, 0, 1, 1, 0, 0, 1)),
]
ASKED = "gad7"
DAYS = 5


def load() -> None:
    """Let the demonstration user have taken tests, once; the psychologist sees the answers of the last PHQ-9."""
    owner = User.objects.get(email=f"user@{DOMAIN}")
    if Result.objects.of(owner).exists():
        return
    library.load()
    versions = {v.instrument.key: v for v in Version.objects.filter(state="published").select_related("instrument")}
    with translation.override(owner.language):
        results = {key: _take(owner, versions[key], days, values) for key, days, values in TAKEN if key in versions}
    assignment = helping.helpers_of(owner).filter(role="psychologist").first()
    if not assignment:
        return
    if "phq9" in results:
        sharing.show_answers(result=results["phq9"], assignment=assignment, language=owner.language)
    if ASKED in versions:
        due_on: date = timezone.localdate() + timedelta(days=DAYS)
        Invitation.objects.create(assignment=assignment, instrument=versions[ASKED].instrument, due_on=due_on)


def _take(owner: User, version: Version, days_ago: int, values: tuple[int, ...]) -> Result:
    items = of(version).items
    run = services.begin(owner=owner, version=version)
    services.answer(run=run, answers={item.id: value for item, value in zip(items, values, strict=True)})
    result = services.finish(run=run)
    when = timezone.now() - timedelta(days=days_ago, hours=days_ago % 7)
    result.started_at = result.finished_at = result.safety_passed_at = when
    result.save(update_fields=["started_at", "finished_at", "safety_passed_at"])
    return result
