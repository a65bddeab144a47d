"""What somebody has, so that no page of theirs is empty; words are digits, which are of no language."""

from datetime import timedelta

from django.utils import timezone

from accounts.breaches import services as breaches
from accounts.breaches.choices import Kind, Step
from accounts.choices import Role
from accounts.models import Application, Breach, Document, User
from accounts.roles.choices import State
from emergency import services as follow_ups
from emergency.choices import Level, Source
from emergency.duty import swaps
from emergency.models import Judgement
from tests.support.cast import make_person
from tests.support.duty import shift_of
from tests.support.results import phq9, take
from tests_app import services as tests_services
from tests_app.models import SafetyPlan, Version
from tracker.models import MoodEntry, OwnWord


def furnish(person: User) -> None:
    """Give a person something on each page that shows what is theirs."""
    OwnWord.objects.create(owner=person, kind="cause", word="7")
    MoodEntry.objects.bulk_create([MoodEntry(owner=person, level=1 + i % 5, note="7" * (i % 2)) for i in range(31)])
    SafetyPlan.objects.create(owner=person, people="7")
    follow_ups.open_follow_up(user=person, level=Level.HIGH, source=Source.TEST, agreed=True)
    somebody_else = person.is_staff or person.role != Role.USER  # whoever walks through the site sees one of each kind
    application_of(person, Role.PSYCHOLOGIST, State.SUSPENDED if somebody_else else State.DRAFT)
    take(person, phq9(9))
    judgement_of(person)
    shifts_around(person)
    tests_services.begin(owner=person, version=Version.objects.get(instrument__key="gad7"))


def shifts_around(person: User) -> None:
    """Let shifts stand around somebody: of a psychologist, who has one asked for; for an administrator, to approve."""
    if not (person.is_staff or person.is_psychologist):
        return
    mine, asked, agreed, to = (make_person(f"{n}-beside-{person.pk}", role=Role.PSYCHOLOGIST) for n in range(4))
    mine = person if person.is_psychologist else mine
    begins = timezone.now() - timedelta(hours=1)
    for hours in (0, 24, 48, 72):
        shift_of(mine, begins + timedelta(hours=hours), series=person.public_id)
    swaps.ask(shift=mine.shifts.latest("starts_at"), to=to)
    swaps.ask(shift=shift_of(asked, begins + timedelta(hours=10)), to=mine)
    swaps.answer(swap=swaps.ask(shift=shift_of(agreed, begins + timedelta(hours=20), 4), to=to), agreed=True)


def judgement_of(person: User, **more: object) -> Judgement:
    """Return a sentence that somebody sent because the risk check was wrong."""
    sent = {"complaint": "missed", "text": "7", "meant": "7", "agreed_to": "7", "language": "kk", "release": "7"}
    return Judgement.objects.create(user=person, **sent | {"level": 0, "kind": "none", "confidence": 1} | more)


def application_of(person: User, role: Role, state: State) -> Application:
    """Return an application with a document, in any state."""
    today = timezone.localdate()
    application = Application.objects.create(
        user=person, role=role, state=state, sent_at=timezone.now(), valid_until=today, legal_name="7", reason="7"
    )
    for kind in ("identity", "diploma"):
        Document.objects.create(application=application, kind=kind, name="7", size=7)
    return application


def breach_of(administrator: User) -> Breach:
    """Return an open entry of the register, with every kind of data and two steps done."""
    breach = Breach(what="7", contact="7", kinds=Kind.values, people=7, authority_reference="7")
    breaches.keep(breach=breach, actor=administrator, ticked=[Step.STOP, Step.LEARN])
    return breach
