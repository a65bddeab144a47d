"""Who sees results, and who asks for tests."""

import uuid

from django.utils import timezone

from accounts.models import Assignment, User
from tests.matrix.words import ON, OWN_READ_ONLY, signed_in
from tests.support.results import show_answers
from tests_app.models import Invitation, Result

OWNERS = signed_in(404, owner=200)
OWNERS_PRESS = OWN_READ_ONLY, signed_in(404, owner=ON)
FOR_BOTH = signed_in(404, assigned_volunteer=200, assigned_psychologist=200)
FOR_THE_PSYCHOLOGIST = signed_in(404, assigned_psychologist=200)

ROWS = {
    "share_result": (OWNERS, OWN_READ_ONLY),
    "hide_result": OWNERS_PRESS,
    "show_answers": (OWNERS, signed_in(404, owner=ON)),
    "stop_showing_answers": OWNERS_PRESS,
    "person_results": (FOR_BOTH, OWN_READ_ONLY),
    "person_answers": (FOR_THE_PSYCHOLOGIST, OWN_READ_ONLY),
    "ask_for_test": (FOR_THE_PSYCHOLOGIST, FOR_THE_PSYCHOLOGIST),
    "decline_test": OWNERS_PRESS,
    "withdraw_invitation": (OWN_READ_ONLY, signed_in(404, assigned_psychologist=ON)),
}


def name_all(public_id: uuid.UUID, owner: User) -> None:
    """Show the answers of the result of this id to her psychologist, and ask the owner for a test."""
    between = Assignment.objects.get(user=owner, role="psychologist")
    result = Result.objects.get(public_id=public_id)
    show_answers(result, between.helper)
    Invitation.objects.create(
        assignment=between, instrument=result.instrument, due_on=timezone.localdate(), public_id=public_id
    )
