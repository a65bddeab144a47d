"""Helpers, those whom they help, and those who look for help."""

from accounts.models import Assignment, HelperHours, HelperProfile, User
from tests.matrix.words import ON, OWN_FORM, OWN_PAGE, OWN_READ_ONLY, signed_in

HELPERS = ("unrelated_volunteer", "unrelated_psychologist", "assigned_volunteer", "assigned_psychologist")
ASSIGNED = ("assigned_volunteer", "assigned_psychologist")
HELPERS_PAGE = signed_in(403, **dict.fromkeys(HELPERS, 200))
OWN_PRESS = OWN_READ_ONLY, signed_in(ON)
# The address names what the owner has with the assigned volunteer.
BETWEEN_THE_TWO = signed_in(404, owner=ON, assigned_volunteer=200)
FOR_THE_VOLUNTEER = signed_in(403, **dict.fromkeys(HELPERS, 404) | {"assigned_volunteer": ON})

ROWS = {
    "find_helper": OWN_FORM,
    "match_helper": OWN_FORM,
    "helper": (signed_in(200), signed_in(ON, assigned_volunteer=200)),
    "my_helpers": OWN_PAGE,
    "withdraw_request": (OWN_READ_ONLY, signed_in(404, owner=ON)),
    "wait_for_helper": OWN_PRESS,
    "leave_waiting": OWN_PRESS,
    "pass_offer": OWN_PRESS,
    "end_helping": (signed_in(404, owner=200, assigned_volunteer=200), BETWEEN_THE_TWO),
    "my_people": (HELPERS_PAGE, OWN_READ_ONLY),
    "person": (signed_in(404, **dict.fromkeys(ASSIGNED, 200)), OWN_READ_ONLY),
    "helper_profile": (HELPERS_PAGE, HELPERS_PAGE),
    "helper_hours": (HELPERS_PAGE, HELPERS_PAGE),
    "remove_hours": (OWN_READ_ONLY, signed_in(404, assigned_volunteer=ON)),
    "accept_request": (OWN_READ_ONLY, FOR_THE_VOLUNTEER),
    "decline_request": (FOR_THE_VOLUNTEER, FOR_THE_VOLUNTEER),
}


def name_all(public_id, owner: User) -> None:
    """Give the owner, and what she has with the assigned volunteer, the id that the addresses hold."""
    between = Assignment.objects.filter(user=owner, role="volunteer")
    helper = HelperProfile.objects.get(user__in=between.values("helper"))
    HelperHours.objects.create(profile=helper, weekday=0, start_minute=60, end_minute=120, public_id=public_id)
    User.objects.filter(pk=owner.pk).update(public_id=public_id)
    between.update(public_id=public_id)
    HelperProfile.objects.filter(pk=helper.pk).update(public_id=public_id)
