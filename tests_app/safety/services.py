"""The one write path of the safety step and of the safety plan."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from emergency import services as emergency
from emergency.choices import Level, Source
from emergency.models import FollowUp
from tests_app.models import Result, SafetyPlan
from tests_app.safety import access
from tests_app.safety.plan import Step
from tests_app.sharing.services import mark_done


@transaction.atomic
def go_on(*, result: Result) -> None:
    """Remember that the person came past the step; once. Only then a psychologist's wish is met."""
    if Result.objects.filter(pk=result.pk, safety_passed_at__isnull=True).update(safety_passed_at=timezone.now()):
        mark_done(result)


def open_quietly(*, result: Result) -> FollowUp:
    """Let the dashboard ask the person the next day how they are; nobody else hears of it."""
    level = access.level_of(result)
    return emergency.open_follow_up(user=result.owner, level=level, source=Source.TEST, agreed=False)


def ask_psychologist(*, user: User, level: Level) -> FollowUp:
    """Ask for a psychologist, as the person wishes; of the answers only the level goes with it."""
    return emergency.open_follow_up(user=user, level=level, source=Source.TEST, agreed=True)


@transaction.atomic
def save_step(*, owner: User, step: Step, text: str) -> SafetyPlan:
    """Save one step of the plan, which begins with the first one; the others stay as they are."""
    _lock(owner)
    plan, _new = SafetyPlan.objects.get_or_create(owner=owner)
    setattr(plan, step.field, text)
    plan.save(update_fields=[step.field, "updated_at"])
    return plan


@transaction.atomic
def delete_plan(*, owner: User) -> None:
    """Delete the plan for good."""
    _lock(owner)
    SafetyPlan.objects.filter(owner=owner).delete()


def _lock(owner: User) -> None:
    """Let one transaction at a time write the plan of a person, also where there is none yet."""
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)
