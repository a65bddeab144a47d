"""Urgent requests and the steps that come with Emocare, as tests need them."""

import json
from pathlib import Path

import emergency
from accounts.models import User
from emergency.choices import Called, Done, Level, Origin, Rung
from emergency.models import ChecklistStep, HelpRequest
from emergency.requests import services
from emergency.workspace import services as workspace
from tests.support.cast import make_person

STEPS = Path(emergency.__file__).parent / "data" / "checklist.json"


def asks(user: User | None, level: Level = Level.HIGH, rung: Rung = Rung.ALL, **given) -> HelpRequest:
    """Let somebody ask for help now, and everybody up to a rung be called to it."""
    request = services.open_request(user=user, level=level, origin=Origin.BUTTON, **{"language": "kk"} | given)
    called_up_to(request, rung)
    return request


def called_up_to(request: HelpRequest, rung: Rung) -> None:
    """Let everybody be called to a request up to this rung, and nobody else."""
    HelpRequest.objects.filter(pk=request.pk).update(rung=rung)
    request.alarms.filter(rung__gt=rung).delete()
    request.refresh_from_db()


def shipped_steps() -> None:
    """Have the checklist that comes with Emocare, whatever a test before threw away."""
    if not ChecklistStep.objects.exists():
        for place, step in enumerate(json.loads(STEPS.read_text(encoding="utf-8")), start=1):
            ChecklistStep.objects.create(place=10 * place, **step)


def case_of(helper: User) -> HelpRequest:
    """Return a request of somebody else's that a helper has, with something in each part of its page."""
    shipped_steps()
    asker = make_person(f"asks-{helper.pk}")
    request = asks(asker, rung=Rung.ADMINS, words="7", place="7", place_agreed_to="7", interpreter=True)
    workspace.take(request=request, helper=helper)
    workspace.write_note(request=request, author=helper, text="7")
    workspace.mark(check=request.checks.first(), helper=helper, done=Done.NOT_NEEDED, words="7")
    workspace.called(request=request, helper=helper, whom=Called.AMBULANCE, reason="7", told=True)
    asks(make_person(f"waits-{helper.pk}"), rung=Rung.ADMINS)
    asks(make_person(f"waits-too-{helper.pk}"), Level.WATCH, rung=Rung.ADMINS)
    return request
