"""The safety step, the safety plan and follow-ups."""

import uuid

from accounts.models import Assignment, User
from emergency import services
from emergency.choices import Level, Source
from emergency.models import FollowUp
from tests.matrix.words import ON, OWN_PAGE, OWN_READ_ONLY, signed_in

OWNERS = signed_in(404, owner=200)
# The owner's own psychologist has taken what the address names.
BOTH = signed_in(404, owner=200, assigned_psychologist=200)
TAKER, TAKERS_PRESS = signed_in(404, assigned_psychologist=200), signed_in(404, assigned_psychologist=ON)
OWNERS_PRESS = OWN_READ_ONLY, signed_in(404, owner=ON)

ROWS = {
    "safety_step": (OWNERS, OWNERS),
    "safety_plan": OWN_PAGE,
    "edit_safety_plan": (signed_in(200), signed_in(ON)),
    "delete_safety_plan": (signed_in(200), signed_in(ON)),
    "follow_ups": (signed_in(ON), OWN_READ_ONLY),
    "follow_up": (BOTH, BOTH),
    "take_follow_up": (OWN_READ_ONLY, TAKERS_PRESS),
    "give_back_follow_up": (OWN_READ_ONLY, TAKERS_PRESS),
    "close_follow_up": (TAKER, TAKER),
    "ask_psychologist": OWNERS_PRESS,
    "end_follow_up": OWNERS_PRESS,
}


def name_all(public_id: uuid.UUID, owner: User) -> None:
    """Give the owner a follow-up of this id, which her own psychologist has taken."""
    follow_up = services.open_follow_up(user=owner, level=Level.HIGH, source=Source.TEST, agreed=True)
    psychologist = Assignment.objects.get(user=owner, role="psychologist", state="active").helper
    services.take(follow_up=follow_up, psychologist=psychologist)
    FollowUp.objects.filter(pk=follow_up.pk).update(public_id=public_id)
