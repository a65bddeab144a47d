"""What comes late, after a pause of the worker or of the mail server, keeps out of the quiet hours too."""

from django.db import transaction
from django.utils import timezone
from procrastinate.tasks import Task

from emocare.background import NEWS, later
from notifications.choices import State
from notifications.clock import Clock
from notifications.kinds import to_deliver
from notifications.models import Delivery


@transaction.atomic
def put_off(made: Task, delivery: int) -> bool:
    """Move a delivery to the end of its person's quiet hours, with its task; let it go where it is too late then.

    Return whether there is nothing to do now. Done twice, the task waits twice, and the second finds nothing to do.
    """
    waiting = Delivery.objects.select_related("notification__user__rhythm").select_for_update(of=("self",))
    row = waiting.filter(pk=delivery, state=State.WAITING).first()
    if row is None or (kind := to_deliver(row.notification.kind)).safety:
        return False
    now, user = timezone.now(), row.notification.user
    due = Clock.of(user, getattr(user, "rhythm", None)).free_from(now)
    if kind.is_over(row.notification.made_at, due):
        row.state, row.ended_at = State.DROPPED, now
        row.save(update_fields=["state", "ended_at"])
        return True
    if due <= now:
        return False
    row.due_at = due
    row.save(update_fields=["due_at"])
    later(made, at=due, priority=NEWS, delivery=delivery)
    return True
