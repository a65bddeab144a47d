"""The queue of urgent requests and the workspace: the owner's own psychologist has taken hers."""

import uuid

from accounts.models import Assignment, User
from emergency.choices import Level, Origin, Rung
from emergency.models import Check, ChecklistStep, HelpRequest
from emergency.requests.services import open_request
from emergency.workspace import services
from tests.matrix.words import ON, OWN_READ_ONLY, signed_in
from tests.support.urgent_help import called_up_to, shipped_steps

QUEUE = signed_in(403, unrelated_psychologist=200, assigned_psychologist=200, verified_admin=200)
# Administrators see that it is there, and its timeline.
SEEN = signed_in(404, assigned_psychologist=200, verified_admin=200)
HOLDERS = signed_in(404, assigned_psychologist=200)
PRESS = signed_in(404, assigned_psychologist=ON)
NOBODYS = signed_in(404)  # whoever is the second person or is asked to come

ROWS = {
    "urgent_queue": (QUEUE, OWN_READ_ONLY),
    "urgent_case": (SEEN, SEEN),
    "take_case": (OWN_READ_ONLY, PRESS),
    "give_back_case": (HOLDERS, HOLDERS),
    "hand_over_case": (HOLDERS, HOLDERS),
    "invite_to_case": (HOLDERS, HOLDERS),
    "join_case": (OWN_READ_ONLY, NOBODYS),
    "leave_case": (OWN_READ_ONLY, NOBODYS),
    "take_back_asking": (OWN_READ_ONLY, PRESS),
    "note_on_case": (HOLDERS, HOLDERS),
    "check_of_case": (HOLDERS, HOLDERS),
    "called_to_case": (HOLDERS, HOLDERS),
    "close_case": (HOLDERS, HOLDERS),
}


def name_all(public_id: uuid.UUID, owner: User) -> None:
    """Let the owner's own psychologist have an urgent request of this id, with a step of this id."""
    shipped_steps()
    request = open_request(user=owner, level=Level.HIGH, origin=Origin.BUTTON, language="kk")
    called_up_to(request, Rung.DUTY)
    HelpRequest.objects.filter(pk=request.pk).update(public_id=public_id)
    psychologist = Assignment.objects.get(user=owner, role="psychologist", state="active").helper
    services.take(request=request, helper=psychologist)
    step = Check.objects.filter(request=request, step=ChecklistStep.objects.first())
    step.update(public_id=public_id)
