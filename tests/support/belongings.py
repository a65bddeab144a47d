"""What somebody has, so that no page of theirs is empty; words are digits, which are of no language."""

from django.utils import timezone

from accounts.breaches import services as breaches
from accounts.breaches.choices import Kind, Step
from accounts.choices import Role
from accounts.models import Application, Breach, Document, User
from accounts.roles.choices import State
from emergency import services as follow_ups
from emergency.choices import Level, Source
from tests_app.models import SafetyPlan
from tracker.models import MoodEntry, OwnWord


def furnish(person: User) -> None:
    """Give a person something on each page that shows what is theirs."""
    OwnWord.objects.create(owner=person, kind="cause", word="7")
    MoodEntry.objects.bulk_create([MoodEntry(owner=person, level=1 + i % 5, note="7" * (i % 2)) for i in range(31)])
    SafetyPlan.objects.create(owner=person, people="7")
    follow_ups.open_follow_up(user=person, level=Level.HIGH, source=Source.TEST, agreed=True)
    somebody_else = person.is_staff or person.role != Role.USER  # whoever walks through the site sees one of each kind
    application_of(person, Role.PSYCHOLOGIST, State.SUSPENDED if somebody_else else State.DRAFT)


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
