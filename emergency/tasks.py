"""Tasks of urgent help: timers of alarms. The rows hold when each is due; these only look at them."""

from contextlib import ExitStack

from django.utils.translation import gettext_lazy as _

from emergency.alarms import left
from emergency.alarms import services as alarms
from emergency.duty import tasks as duty
from emergency.requests import releasing
from emocare.background import SAFETY, SHORT, periodic, task

__all__ = ["climb", "climb_all", "duty"]


@task(name="emergency.climb", title=_("Calling more people to somebody who needs help"), priority=SAFETY, pauses=SHORT)
def climb(request: int | None = None, follow_up: int | None = None) -> None:
    """Call the next rung of one request or follow-up, if its time has come."""
    alarms.climb_due(request=request, follow_up=follow_up)


@periodic(
    cron="* * * * *",
    name="emergency.climb_all",
    title=_("Looking whether somebody who needs help waits too long"),
    priority=SAFETY,
    pauses=(),
)
def climb_all(timestamp: int) -> None:
    """Call the next rung wherever the time has come, and give back what nobody can answer any more."""
    with ExitStack() as each:  # what fails in one keeps no other back
        each.callback(releasing.release_abandoned)
        each.callback(left.give_back_all)
        each.callback(alarms.climb_due)
        left.wind_up()
