"""Ready phrases and pictograms: the owner has a phrase of her own, and a conversation with her volunteer."""

import uuid

from accounts.models import User
from chat.models import OwnPhrase
from tests.matrix.chat import SEEN
from tests.matrix.words import ON, OWN_FORM, OWN_READ_ONLY, signed_in

ROWS = {
    "own_phrases": OWN_FORM,
    "delete_own_phrase": (signed_in(404, owner=200), signed_in(404, owner=ON)),
    "use_phrase": (OWN_READ_ONLY, SEEN),
    "chat_board": (SEEN, SEEN),
    "send_board": (OWN_READ_ONLY, SEEN),
}


def name_all(public_id: uuid.UUID, owner: User) -> None:
    """Give the owner a phrase with the id that the addresses hold; the conversation is there: tests/matrix/chat.py."""
    OwnPhrase.objects.create(owner=owner, text="7", public_id=public_id)
