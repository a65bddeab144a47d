"""Whether those on duty are called when the person's words tell of danger to their life: asked, and never assumed."""

from chat.access import Seat
from chat.models import Side


def answer_of(seat: Seat) -> bool | None:
    """Return what the person answered; nothing while they have not."""
    return (
        Side.objects.filter(conversation=seat.conversation, person=seat.person).values_list("alarm", flat=True).first()
    )


def answer(seat: Seat, *, agrees: bool) -> None:
    """Keep the person's answer, which holds from now on and until they change it."""
    Side.objects.filter(conversation=seat.conversation, person=seat.person).update(alarm=agrees)
