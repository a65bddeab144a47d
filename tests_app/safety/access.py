"""Whether a result waits behind the safety step, and what the step shows; it never keeps anybody from the result."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.http import Http404

from accounts.kin import age
from accounts.models import User
from emergency import helplines
from emergency.choices import Level
from tests_app.access import answers_in, get_result_for
from tests_app.choices import Kind, State
from tests_app.models import Result, SafetyPlan, Version
from tests_app.questionnaire import Answers, Critical, Questionnaire, of
from tests_app.scoring import outcome_of

QUESTIONS = "asq"
OF_DYING = {"suicide", "self-harm"}
URGENT = ("112", "103")


def passed(result: Result) -> bool:
    """Say whether the result can be shown: no answer opens the safety step, or the person has come past it."""
    return result.safety_passed_at is not None


def get_critical_result_for(user: User, public_id: uuid.UUID) -> Result:
    """Return the person's own result whose answers open the safety step (404 for others and for other results)."""
    result = get_result_for(user, public_id)
    if not _critical(of(result.version), answers_in(result)):
        raise Http404
    return result


def level_of(result: Result) -> Level:
    """Return the highest level of the rules that hold for a result, `watch` when none does."""
    rules = _critical(of(result.version), answers_in(result))
    return max((Level.named(rule.level) for rule in rules), default=Level.WATCH)


def of_dying(result: Result) -> bool:
    """Say whether what was answered is about dying or hurting oneself: then the step asks openly."""
    return _of_dying(of(result.version), answers_in(result))


def questions() -> Questionnaire | None:
    """Return the questions of the step; nothing where an administrator retired them: the step stands without."""
    found = Version.objects.filter(instrument__key=QUESTIONS, state=State.PUBLISHED).defer("content").first()
    read = of(found) if found else None
    return read if read and read.kind == Kind.SAFETY else None


def is_child(user: User) -> bool:
    """Say whether words for a child come first."""
    return not age.is_adult(user)


def lines(child: bool = False) -> dict[str, Any]:
    """Return the numbers as the step shows them: for danger, and for somebody to talk to; for a child 111 first."""
    known = helplines.to_talk(child)
    return {
        "urgent_lines": [line for line in known if line.key in URGENT],
        "lines": [line for line in known if line.key not in URGENT],
        "in_writing": helplines.in_writing(),
    }


def open_step(questionnaire: Questionnaire, answers: Answers, *, child: bool = False) -> dict[str, Any]:
    """Return what templates/tests_app/_safety_open.html shows to somebody who tries a test without an account."""
    return {"of_dying": _of_dying(questionnaire, answers), "child": child, **lines(child)}


def plan_of(user: User) -> SafetyPlan | None:
    """Return the person's own safety plan, if they began one; nobody else has a way to it."""
    return SafetyPlan.objects.filter(owner=user).first()


def _critical(questionnaire: Questionnaire, answers: Answers) -> Iterable[Critical]:
    return outcome_of(questionnaire, answers).critical


def _of_dying(questionnaire: Questionnaire, answers: Answers) -> bool:
    return any(rule.kind in OF_DYING for rule in _critical(questionnaire, answers))
