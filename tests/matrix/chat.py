"""Conversations: the owner has one with her volunteer; to all others it does not exist."""

import uuid

from accounts.models import Assignment, User
from chat.access import Seat
from chat.conversations.services import of_assignment
from chat.models import Attachment, Conversation
from chat.writing.services import write
from tests.matrix.words import ON, OWN_PAGE, OWN_READ_ONLY, signed_in

SIDES = ("owner", "assigned_volunteer")
SEEN = signed_in(404, **dict.fromkeys(SIDES, 200))

ROWS = {
    "chats": OWN_PAGE,
    "chat_with": (OWN_READ_ONLY, signed_in(404, owner=ON, assigned_psychologist=ON)),  # of another assignment
    "chat": (SEEN, OWN_READ_ONLY),
    "send_message": (OWN_READ_ONLY, SEEN),
    "chat_search": (SEEN, SEEN),
    "chat_copy": (SEEN, OWN_READ_ONLY),
    "attach_to_chat": (SEEN, SEEN),
    "chat_attachment": (SEEN, OWN_READ_ONLY),
}


def name_all(public_id: uuid.UUID, owner: User) -> None:
    """Give the owner's conversation with the assigned volunteer the id that the addresses hold."""
    conversation = of_assignment(Assignment.objects.get(user=owner, role="volunteer", state="active"))
    Conversation.objects.filter(pk=conversation.pk).update(public_id=public_id)
    seat = Seat(conversation, owner, can_write=True)
    write(seat, "7", client_id=uuid.uuid4())
    carried = Attachment(
        message=conversation.messages.get(), kind="file", public_id=public_id, content_type="text/plain"
    )
    carried.keep(b"7", "txt")
    carried.save()
