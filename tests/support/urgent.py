"""Urgent requests as they stand while somebody waits, or is helped."""

from accounts.models import User
from emergency.choices import Level, Origin
from emergency.models import Claim, HelpRequest
from emergency.requests import services
from emergency.workspace import services as workspace


def open_for(person: User | None, level: Level = Level.HIGH, **fields) -> HelpRequest:
    """Let somebody have asked for help; of nobody, without an account."""
    return services.open_request(user=person, level=level, origin=Origin.BUTTON, language="kk", **fields)


def take_by(request: HelpRequest, helper: User) -> Claim:
    """Let a helper have taken it."""
    workspace.take(request=request, helper=helper)
    return HelpRequest.objects.get(pk=request.pk).claim
