"""Asking for help: open to everybody, and each request to the one who asked alone."""

import uuid

from accounts.models import User
from emergency.models import HelpRequest
from tests.matrix.words import ON, PUBLIC_FORM, READ_ONLY, who
from tests.support.urgent import open_for

OWNERS, OWNERS_PRESS = who(404, owner=200), who(404, owner=ON)

ROWS = {
    "ask_for_help": (who(200, owner=ON), who(ON)),  # the owner has asked already
    "come_back": PUBLIC_FORM,
    "help_request": (OWNERS, OWNERS),
    "add_words": (READ_ONLY, OWNERS),
    "undo_request": (READ_ONLY, OWNERS_PRESS),
    "end_request": (OWNERS, OWNERS_PRESS),
    "take_back_place": (READ_ONLY, OWNERS_PRESS),
    "renew_request_code": (READ_ONLY, OWNERS_PRESS),
}


def name_all(public_id: uuid.UUID, owner: User) -> None:
    """Let the owner have asked for help in a request of this id."""
    HelpRequest.objects.filter(pk=open_for(owner).pk).update(public_id=public_id)
