"""Who sees results, and who asks for tests."""

from accounts.models import Assignment, User
from tests.matrix.words import ON, OWN_READ_ONLY, signed_in
from tests.support.sharing import make_result, show_answers
from tests_app.models import Invitation, Version

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


def name_all(public_id, owner: User) -> None:
    """Give the owner a result whose answers her psychologist sees, and a test that she is asked for, with this id."""
    between = Assignment.objects.get(user=owner, role="psychologist")
    version = Version.objects.select_related("instrument").get(instrument__key="phq9", state="published")
    result = make_result(owner, version, public_id=public_id)
    show_answers(result, between.helper)
    Invitation.objects.create(
        assignment=between, instrument=version.instrument, due_on=result.finished_at.date(), public_id=public_id
    )
