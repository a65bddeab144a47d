"""Tasks of the tracker."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from emocare.background import periodic
from tracker import reminders


# What fails is done by the next, five minutes later.
@periodic(cron="*/5 * * * *", name="tracker.remind", title=_("Reminding people of their mood"), pauses=())
def remind(timestamp: int) -> None:
    """Remind those whose hour it is now: one that runs late reminds nobody of an hour that is over."""
    reminders.remind(timezone.now())
