"""Tasks of conversations: what nobody has looked at, and who has not come to read."""

from django.utils.translation import gettext_lazy as _

from chat.heeding import services, telling
from emocare.background import NEWS, SAFETY, periodic


@periodic(
    cron="* * * * *",
    name="chat.look_again",
    title=_("Reading messages that the risk check has missed"),
    priority=SAFETY,
    pauses=(),
)
def look_again(timestamp: int) -> None:
    """Assess messages that nobody has looked at for a minute."""
    services.look_again()


@periodic(
    cron="* * * * *",
    name="chat.tell_of_words",
    title=_("Telling people that there are new words for them"),
    priority=NEWS,
    pauses=(),
)
def tell_of_words(timestamp: int) -> None:
    """Tell whoever has not read what the other side wrote."""
    telling.tell_all()
