"""Tasks of the duty rota."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from emergency.duty import telling
from emocare.background import SHORT, periodic


# What fails is done by the next, five minutes later.
@periodic(
    cron="*/5 * * * *", name="emergency.remind_of_shifts", title=_("Reminding psychologists of shifts"), pauses=()
)
def remind_of_shifts(timestamp: int) -> None:
    """Remind those whose shift begins soon."""
    telling.remind(timezone.now())


@periodic(cron="0 4 * * *", name="emergency.tell_of_gaps", title=_("Looking for gaps in the duty rota"), pauses=SHORT)
def tell_of_gaps(timestamp: int) -> None:
    """Tell administrators of gaps, in the morning in Kazakhstan."""
    telling.tell_of_gaps(timezone.now())
