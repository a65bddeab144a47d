"""The one write path of the register."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from accounts.models import Breach, BreachStep, User


@transaction.atomic
def keep(
    *,
    breach: Breach,
    actor: User,
    fields: Collection[str] = (),
    ticked: Collection[str] = (),
    unticked: Collection[str] = (),
    closes: bool = False,
) -> None:
    """Store a new entry, or these fields of one that is there, and the steps that were ticked or unticked.

    Who did a step, and when, is kept from its first time. A closed entry stays as it is until it is opened again.
    """
    if breach.pk is None:
        breach.opened_by = actor
        breach.save()
    elif Breach.objects.select_for_update().get(pk=breach.pk).is_closed:
        return
    else:
        # The deadline goes with its moment: another administrator may have moved it since this page was shown.
        breach.save(update_fields=[*fields, "due_at"] if "detected_at" in fields else fields)
    now = timezone.now()
    for step in ticked:
        row, _created = BreachStep.objects.get_or_create(breach=breach, step=step)
        if row.done_at is None:
            row.done_at, row.done_by = now, actor
            row.save(update_fields=["done_at", "done_by"])
    breach.steps.filter(step__in=unticked).update(done_at=None, done_by=None)
    if closes and not breach.missing():
        breach.closed_at = now
        breach.save(update_fields=["closed_at"])


def open_again(*, breach: Breach) -> None:
    """Let a closed entry be changed again."""
    Breach.objects.filter(pk=breach.pk).update(closed_at=None)
