"""Help after words of a conversation, whom they call, and blocking; the conversation of the owner and the volunteer."""

from accounts.models import Assignment, User
from chat.conversations.services import of_assignment
from chat.models import Conversation
from tests.matrix.words import ON, OWN_READ_ONLY, signed_in

THE_TWO = ("owner", "assigned_volunteer")
PAGE = signed_in(404, **dict.fromkeys(THE_TWO, 200))
PRESS = signed_in(404, **dict.fromkeys(THE_TWO, ON))

ROWS = {
    "chat_help": (PAGE, OWN_READ_ONLY),
    "chat_alarm": (signed_in(404, owner=200), signed_in(404, owner=200)),
    "block_chat": (PAGE, PRESS),
    "unblock_chat": (OWN_READ_ONLY, PRESS),
}


def name_all(public_id, owner: User) -> None:
    """Give the conversation of the owner and the assigned volunteer the id that the addresses hold."""
    between = of_assignment(Assignment.objects.get(user=owner, role="volunteer"))
    Conversation.objects.filter(pk=between.pk).update(public_id=public_id)
