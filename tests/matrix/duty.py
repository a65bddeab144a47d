"""The duty rota: seen by psychologists and administrators, changed by administrators, given on by whose shift it is."""

import uuid
from datetime import timedelta

from django.utils import timezone

from accounts.models import Assignment, User
from emergency.choices import SwapState
from emergency.models import Shift, Swap
from tests.matrix.words import ON, OWN_READ_ONLY, signed_in
from tests.support.cast import make_person

SEEN = signed_in(403, unrelated_psychologist=200, assigned_psychologist=200, verified_admin=200)
# The shift is the assigned psychologist's, who asks a colleague; that one answers in tests/emergency/duty.
HOLDER, HOLDERS_PRESS = signed_in(404, assigned_psychologist=200), signed_in(404, assigned_psychologist=ON)
ADMIN, ADMINS_PRESS = signed_in(404, verified_admin=200), signed_in(404, verified_admin=ON)

ROWS = {
    "duty": (SEEN, OWN_READ_ONLY),
    "plan_shift": (SEEN, SEEN),
    "change_shift": (ADMIN, ADMIN),
    "remove_shift": (OWN_READ_ONLY, ADMINS_PRESS),
    "give_up_shift": (HOLDER, HOLDERS_PRESS),
    "ask_swap": (HOLDER, HOLDER),
    "answer_swap": (OWN_READ_ONLY, signed_in(404)),
    "decide_swap": (OWN_READ_ONLY, ADMINS_PRESS),
    "take_back_swap": (OWN_READ_ONLY, HOLDERS_PRESS),
}


def name_all(public_id: uuid.UUID, owner: User) -> None:
    """Give the owner's own psychologist a shift of this id, and an exchange of it with a colleague."""
    holder = Assignment.objects.get(user=owner, role="psychologist", state="active").helper
    colleague = make_person("colleague", role="psychologist")
    begins = timezone.now() + timedelta(days=1)
    times = {"starts_at": begins, "ends_at": begins + timedelta(hours=8)}
    shift = Shift.objects.create(psychologist=holder, public_id=public_id, **times)
    Swap.objects.create(shift=shift, asked_by=holder, to=colleague, state=SwapState.ASKED, public_id=public_id)
