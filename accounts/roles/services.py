"""The life of an application: begun, sent, decided, suspended, renewed; each step is logged and told."""

import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import events
from accounts.choices import HELPERS, EventKind, Purpose, Role
from accounts.consents import giving
from accounts.helping import services as helping
from accounts.kin.age import is_adult
from accounts.models import Application, Document, User
from accounts.roles.choices import LIVING, REQUIRED, DocumentKind, State
from accounts.roles.documents import Checked
from accounts.training import services as training
from emocare.notices import tell

MOST_DOCUMENTS = 10
TEXTS = ("legal_name", "number", "about", "motive")
ONLY_ADULTS = gettext_lazy("Only adults can be helpers here.")


class Refused(Exception):
    """The step is not possible now; the message is for the person who tried it."""


@transaction.atomic
def save_draft(*, user: User, role: Role, answers: dict[str, Any]) -> Application:
    """Begin an application for a role or change the one that is not sent yet."""
    if not is_adult(user):
        raise Refused(ONLY_ADULTS)
    User.objects.select_for_update().get(pk=user.pk)  # two tabs begin one application
    application = user.applications.select_for_update().filter(role=role, state__in=LIVING).first()
    if application and application.state != State.DRAFT:
        raise Refused(_("This application was sent already."))
    application = application or Application.objects.create(user=user, role=role)
    for name in TEXTS:
        setattr(application, name, answers.get(name, ""))
    application.changed_at = timezone.now()
    application.save(update_fields=[*TEXTS, "changed_at"])
    return application


def _locked(application: Application, *states: State) -> Application:
    """Return the application as it is now, locked; refuse when it is in none of the states."""
    current = Application.objects.select_for_update(of=("self",)).select_related("user").get(pk=application.pk)
    if current.state not in states:
        raise Refused(
            _("This was done already. The application is now: %(state)s.") % {"state": current.get_state_display()}
        )
    return current


@transaction.atomic
def add_document(*, application: Application, kind: str, name: str, checked: Checked) -> Document:
    """Keep a checked file with an application that is not sent yet."""
    current = _locked(application, State.DRAFT)
    if current.documents.count() >= MOST_DOCUMENTS:
        raise Refused(_("There are %(most)s documents already. Please remove one first.") % {"most": MOST_DOCUMENTS})
    document = Document(
        application=current,
        kind=kind,
        name=name,
        file=checked.content,
        content_type=checked.content_type,
        size=checked.content.size,
    )
    document.save()
    _touch(current)
    return document


def _touch(application: Application) -> None:
    application.changed_at = timezone.now()
    application.save(update_fields=["changed_at"])


@transaction.atomic
def remove_document(*, document: Document) -> None:
    """Take a document back from an application that is not sent yet; its file goes once that is stored."""
    _touch(_locked(document.application, State.DRAFT))
    storage, file = document.file.storage, document.file.name
    document.delete()
    transaction.on_commit(lambda: storage.delete(file))


def missing(application: Application) -> list[DocumentKind]:
    """Return the documents that an application still lacks before it can be sent."""
    there = set(application.documents.values_list("kind", flat=True))
    return [kind for kind in REQUIRED[Role(application.role)] if kind not in there]


def needs_training(application: Application) -> bool:
    """Say whether somebody who wants to be a volunteer has no valid certificate of the training yet."""
    return application.role == Role.VOLUNTEER and not training.is_trained(application.user)


@transaction.atomic
def send(*, application: Application, language: str) -> Application:
    """Hand an application over to the administrators; sending it twice changes nothing."""
    current = _locked(application, State.DRAFT, State.SENT)
    if current.state == State.SENT:
        return current
    if missing(current) or needs_training(current):
        raise Refused(_("Something is still missing. Please add it first."))
    _move(current, State.SENT, sent_at=timezone.now())
    giving.give(user=current.user, purpose=Purpose.HELPING, language=language)
    events.record(user=current.user, kind=EventKind.APPLIED)
    _tell(current, "sent")
    return current


@transaction.atomic
def withdraw(*, application: Application) -> None:
    """Take an application back before it is decided; its documents are deleted."""
    current = _locked(application, State.DRAFT, State.SENT)
    if current.state == State.SENT:
        events.record(user=current.user, kind=EventKind.APPLICATION_WITHDRAWN)
    _delete_documents(current)
    _move(current, State.WITHDRAWN)


@transaction.atomic
def leave(*, user: User) -> None:
    """Let somebody be no helper and no applicant any more: applications are taken back, documents deleted."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    for application in user.applications.select_for_update().filter(state__in=LIVING):
        _delete_documents(application)
        _move(application, State.WITHDRAWN)
        events.record(user=user, kind=EventKind.APPLICATION_WITHDRAWN)
    helping.end_all(helper=user, actor=user, reason="")
    if user.role in HELPERS:
        _give_role(user, Role.USER, None)


def _delete_documents(*applications: Application) -> None:
    documents = Document.objects.filter(application__in=applications)
    files = [(document.file.storage, document.file.name) for document in documents]
    documents.delete()
    transaction.on_commit(lambda: [storage.delete(name) for storage, name in files])


@transaction.atomic
def delete_applications(rows: QuerySet[Application]) -> int:
    """Delete applications and the files of their documents; return how many."""
    applications = list(rows.select_for_update())
    _delete_documents(*applications)
    Application.objects.filter(pk__in=[application.pk for application in applications]).delete()
    return len(applications)


def _move(application: Application, state: State, **fields: Any) -> None:
    application.state = state
    for name, value in fields.items():
        setattr(application, name, value)
    application.save(update_fields=["state", *fields])


def _decide(application: Application, actor: User, state: State, *allowed: State, **fields: Any) -> Application:
    current = _locked(application, *allowed)
    if current.user_id == actor.pk:
        raise Refused(_("Nobody decides about their own application."))
    _move(current, state, decided_at=timezone.now(), decided_by=actor, **fields)
    return current


def _tell(application: Application, what: str) -> None:
    tell(application.user, "role", what, public_id=str(application.public_id))


def _give_role(user: User, role: str, until: datetime.date | None) -> None:
    user.role, user.role_until = role, until
    user.save(update_fields=["role", "role_until"])


def default_end(role: str) -> datetime.date:
    """Return the day until which an approval holds unless the administrator chooses another."""
    return timezone.localdate() + datetime.timedelta(days=settings.ROLE_DAYS[role])


@transaction.atomic
def approve(*, application: Application, actor: User, until: datetime.date) -> Application:
    """Give the person the role until a day; another role of a helper ends with it."""
    if needs_training(application):
        raise Refused(_("This person has no valid certificate of the training."))
    current = _decide(application, actor, State.APPROVED, State.SENT, valid_until=until, reason="")
    others = current.user.applications.select_for_update().filter(state__in=[State.APPROVED, State.SUSPENDED])
    for other in others.exclude(pk=current.pk):
        _delete_documents(other)
        _move(other, State.WITHDRAWN)
        helping.end_all(helper=current.user, actor=actor, reason="")
    _give_role(current.user, current.role, until)
    events.record(user=current.user, actor=actor, kind=EventKind.APPROVED)
    _tell(current, "approved")
    return current


@transaction.atomic
def refuse(*, application: Application, actor: User, reason: str) -> Application:
    """Refuse with a reason that the person reads on their page; the documents are deleted."""
    current = _decide(application, actor, State.REFUSED, State.SENT, reason=reason)
    _delete_documents(current)
    events.record(user=current.user, actor=actor, kind=EventKind.REFUSED, reason=reason)
    _tell(current, "refused")
    return current


@transaction.atomic
def suspend(*, application: Application, actor: User, reason: str) -> Application:
    """Take the role away for now: from this moment the person is a user like any other and helps nobody."""
    current = _decide(application, actor, State.SUSPENDED, State.APPROVED, reason=reason)
    helping.end_all(helper=current.user, actor=actor, reason="")
    _give_role(current.user, Role.USER, None)
    events.record(user=current.user, actor=actor, kind=EventKind.SUSPENDED, reason=reason)
    _tell(current, "suspended")
    return current


@transaction.atomic
def renew(*, application: Application, actor: User, until: datetime.date) -> Application:
    """Let a role hold until another day, also one that was suspended or has run out.

    What somebody had with people when the role ran out is over: nobody is opened again to a helper without a word.
    """
    current = _decide(application, actor, State.APPROVED, State.APPROVED, State.SUSPENDED, valid_until=until, reason="")
    if current.user.role_is_over:
        helping.end_all(helper=current.user, actor=actor, reason="")
    _give_role(current.user, current.role, until)
    events.record(user=current.user, actor=actor, kind=EventKind.RENEWED)
    _tell(current, "renewed")
    return current
