"""Changing, deleting and answering a message, and what the two see of each other: the owner wrote to her volunteer."""

import uuid

from accounts.models import Assignment, User
from chat.access import Seat
from chat.conversations.services import of_assignment
from chat.models import Conversation
from chat.writing.services import write
from tests.matrix.words import ON, OWN_READ_ONLY, signed_in

AUTHORS = signed_in(404, owner=200)
FOR_BOTH = signed_in(404, owner=200, assigned_volunteer=200)

ROWS = {
    "edit_message": (AUTHORS, AUTHORS),
    "delete_message": (AUTHORS, signed_in(404, owner=ON)),
    "react": (OWN_READ_ONLY, signed_in(404, owner=ON, assigned_volunteer=ON)),
    "chat_wishes": (FOR_BOTH, signed_in(404, owner=ON, assigned_volunteer=ON)),
}


def name_all(public_id: uuid.UUID, owner: User) -> None:
    """Let the owner's conversation with her volunteer have this id, and a message of hers as its first."""
    between = Assignment.objects.get(user=owner, role="volunteer", state="active")
    conversation = of_assignment(between)
    Conversation.objects.filter(pk=conversation.pk).update(public_id=public_id)
    conversation.refresh_from_db()
    if not conversation.last_number:
        write(Seat(conversation, owner, can_write=True), "7", client_id=uuid.uuid4())
