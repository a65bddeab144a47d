"""Sentences about the risk check: sent, taken back, reviewed."""

import uuid

from accounts.models import User
from emergency.models import Judgement
from tests.matrix.words import ADMIN_PAGE, ON, OWN_FORM, OWN_PAGE, OWN_READ_ONLY, PUBLIC_PAGE, SIGN_IN, signed_in

# The row with the key of the address can be there or not; nobody else hears of either.
REVIEW = signed_in(SIGN_IN, verified_admin={200, 404}), signed_in(SIGN_IN, verified_admin={200, 404})
ROWS = {
    "risk_check": PUBLIC_PAGE,
    "misjudged": OWN_FORM,
    "missed": OWN_FORM,
    "my_judgements": OWN_PAGE,
    "take_back_judgement": (OWN_READ_ONLY, signed_in(404, owner=ON)),
    "admin:emergency_judgement_review": REVIEW,
    "admin:emergency_judgement_export": ADMIN_PAGE,
}


def name_all(public_id: uuid.UUID, owner: User) -> None:
    """Let the owner have sent a sentence of this id."""
    sent = {"complaint": "missed", "text": "7", "agreed_to": "7", "language": "kk", "release": "7"}
    Judgement.objects.create(user=owner, public_id=public_id, level=0, kind="none", confidence=1, **sent)
