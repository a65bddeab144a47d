"""The one write path for taking a test: begin, answer, give up, finish; and for deleting what came out."""

import json
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tests_app.access import answers_in
from tests_app.choices import Layout
from tests_app.models import Result, Run, TakingStyle, Version
from tests_app.questionnaire import Answers, of
from tests_app.safety import services as safety
from tests_app.scoring import outcome_of
from tests_app.sharing.services import mark_done

NOT_AN_OPTION = _("Please choose one of the answers of this question.")
NO_SUCH_QUESTION = _("This question does not belong to the test.")
CANNOT_SKIP = _("This question cannot be passed over.")
STILL_OPEN = _("Some questions are not answered yet.")


class Refused(Exception):
    """Answers that do not fit; `errors` says why, by item id, in words for the person."""

    def __init__(self, errors: Mapping[str, object]):
        self.errors = dict(errors)
        super().__init__(self.errors)


def begin(*, owner: User, version: Version) -> Run:
    """Begin a test, or return the run that waits; one of an older version stays at its version until it is over."""
    run, _created = Run.objects.get_or_create(
        owner=owner, instrument_id=version.instrument_id, defaults={"version": version}
    )
    return run


def check(version: Version, answers: Answers) -> None:
    """Raise Refused unless every answer is one of its question's options, or passes over where that is allowed."""
    questionnaire, errors = of(version), {}
    for key, value in answers.items():
        item = questionnaire.by_id.get(key)
        if item is None:
            errors[key] = NO_SUCH_QUESTION
        elif value is None:
            if not item.may_skip:
                errors[key] = CANNOT_SKIP
        elif type(value) is not int or value not in item.values:  # true and 1.0 would pass for 1
            errors[key] = NOT_AN_OPTION
    if errors:
        raise Refused(errors)


@transaction.atomic
def answer(*, run: Run, answers: Answers) -> dict[str, int | None]:
    """Add answers to a run, in place of earlier ones to the same questions; return all of them.

    Raises Refused, and then nothing is stored; Run.DoesNotExist when the run is over meanwhile.
    """
    check(run.version, answers)
    run = Run.objects.select_for_update().get(pk=run.pk)
    known = answers_in(run)
    changed = known | dict(answers)
    if changed != known:
        run.answers = json.dumps(changed)
        run.save(update_fields=["answers", "updated_at"])
    return changed


def give_up(*, run: Run) -> None:
    """Throw a run and its answers away; Run.DoesNotExist when it is over meanwhile."""
    gone, _each = Run.objects.filter(pk=run.pk).delete()
    if not gone:
        raise Run.DoesNotExist


@transaction.atomic
def finish(*, run: Run) -> Result:
    """End a run with its result; a second press returns the first result.

    Raises Refused while questions are open; Run.DoesNotExist when it was thrown away meanwhile.
    """
    runs = Run.objects.select_for_update(of=["self"]).select_related("version").defer("version__content")
    locked = runs.filter(pk=run.pk).first()
    if locked is None:
        return _finished_before(run)
    questionnaire = of(locked.version)
    answers = answers_in(locked)
    if open_items := questionnaire.open_items(answers):
        raise Refused({item.id: STILL_OPEN for item in open_items})
    asked = {item.id for item in questionnaire.asked(answers)}
    outcome, now = outcome_of(questionnaire, answers), timezone.now()
    result = Result.objects.create(
        public_id=locked.public_id,
        owner_id=locked.owner_id,
        instrument_id=locked.instrument_id,
        version_id=locked.version_id,
        answers=json.dumps({key: value for key, value in answers.items() if key in asked}),
        score=outcome.score,
        band=outcome.band,
        parts={code: {"score": part.score, "band": part.band} for code, part in outcome.parts.items()},
        language=get_language() or "kk",
        started_at=locked.started_at,
        finished_at=now,
        safety_passed_at=None if outcome.critical else now,
    )
    locked.delete()
    if outcome.critical:
        safety.open_quietly(result=result)
    else:
        mark_done(result)
    return result


def _finished_before(run: Run) -> Result:
    found = Result.objects.filter(public_id=run.public_id, owner_id=run.owner_id).first()
    if found is None:
        raise Run.DoesNotExist
    return found


def remember_layout(*, owner: User, layout: Layout) -> None:
    """Keep how the person likes to answer."""
    TakingStyle.objects.update_or_create(owner=owner, defaults={"layout": layout})


def delete(*, result: Result) -> None:
    """Delete a result with its answers, and what was shown of it to anybody; it cannot be brought back."""
    result.delete()
