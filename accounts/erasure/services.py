"""The one write path for deleting an account: asked for, taken back, done in every app by the registry."""

import logging
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import Storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import events, letters
from accounts.choices import EventKind
from accounts.erasure import access
from accounts.journal import ledger
from accounts.kin.services import address
from accounts.models import JournalEntry, User
from accounts.personal.registry import Erased, endings, tables

logger = logging.getLogger(__name__)
LAST_ADMINISTRATOR = _("You are the last administrator here. Give somebody else all rights first.")


class Refused(Exception):
    """The account cannot be deleted now; the message is for the person who tried it."""


@transaction.atomic
def ask(*, user: User) -> None:
    """Let the account be deleted after some days; a second time changes nothing. Raises Refused."""
    _lock_administrators(user)
    user.refresh_from_db(fields=["erasure_due_at", "is_superuser", "is_active"])
    if user.erasure_due_at:
        return
    if access.is_last_administrator(user):
        raise Refused(LAST_ADMINISTRATOR)
    user.erasure_due_at = timezone.now() + timedelta(days=settings.ERASURE_DAYS)
    user.save(update_fields=["erasure_due_at"])
    events.record(user=user, kind=EventKind.ERASURE_ASKED)
    link = address("erase_account", user.language)
    letters.send(user, "erasure_asked", link=link, due=user.erasure_due_at, days=settings.ERASURE_DAYS)


@transaction.atomic
def take_back(*, user: User) -> None:
    """Keep the account after all; nothing happens when nobody asked to delete it."""
    if User.objects.filter(pk=user.pk, erasure_due_at__isnull=False).update(erasure_due_at=None):
        user.erasure_due_at = None
        events.record(user=user, kind=EventKind.ERASURE_CANCELLED)
        letters.send(user, "erasure_taken_back")


def erase_due() -> tuple[int, int]:
    """Erase everybody whose time has come; return how many went, and how many could not. One stops no other."""
    gone = failed = 0
    for pk in list(access.due().values_list("pk", flat=True)):
        try:
            gone += _erase_if_due(pk)
        except Exception as error:  # noqa: BLE001 -- the others must not wait for it
            failed += 1
            logger.error("An account was not deleted: %s", type(error).__name__)
    _note_forgotten()
    return gone, failed


def _note_forgotten() -> None:
    """Note outside the database who was erased when a process died before it could."""
    erased = JournalEntry.objects.filter(kind=EventKind.ERASED).values_list("subject", flat=True)
    for key in set(erased) - ledger.erased_keys():
        ledger.note_erased(key)


def erase_again() -> tuple[int, int]:
    """Erase whoever was erased before and came back with an older backup; return how many went, and could not."""
    back = User.objects.filter(journal_key__in=ledger.erased_keys()).order_by("pk")
    gone = failed = 0
    for user in list(back):
        try:
            erase(user=user, silent=True)
            gone += 1
        except Exception as error:  # noqa: BLE001 -- the others must not wait for it
            failed += 1
            logger.error("An account was not deleted again: %s", type(error).__name__)
    return gone, failed


@transaction.atomic
def _erase_if_due(pk: int) -> bool:
    user = access.due().select_for_update().filter(pk=pk).first()
    if user is None:  # taken back, or done by somebody else, a moment ago
        return False
    erase(user=user)
    return True


@transaction.atomic
def erase_people(*, people: Iterable[User], actor: User) -> None:
    """Erase people at once, as an administrator; raises Refused, and then nobody goes."""
    for user in people:
        erase(user=user, actor=actor)


@transaction.atomic
def erase(*, user: User, actor: User | None = None, silent: bool = False) -> None:
    """Delete an account with all that leads to it, in every app; `actor` is who did it, nobody when time did.

    Others hear that helping and supporting ended. Files go once all this is stored. With `silent` the person, who has
    had the letter already, gets none. Raises Refused.
    """
    _lock_administrators(user)
    user = User.objects.select_for_update().get(pk=user.pk)
    if _nobody_left_without(user):
        raise Refused(LAST_ADMINISTRATOR)
    for end in endings():
        end(user=user)
    events.record(user=user, actor=actor, kind=EventKind.ERASED)
    if user.email and not silent:
        letters.send_to(user.email, user.language, "account_deleted", days=settings.BACKUP_DAYS)
    files = _files_of(user)
    _take_out_of_the_log(user)
    for table in tables():
        if table.erased == Erased.BY_NAME:
            table.rows_of(user).delete()
    key = user.journal_key
    user.delete()
    transaction.on_commit(lambda: ledger.note_erased(key), robust=True)
    transaction.on_commit(lambda: [storage.delete(name) for storage, name in files], robust=True)


def _lock_administrators(user: User) -> None:
    """Let two administrators leave one after the other, so that the second sees that nobody else is left."""
    if user.is_superuser:
        list(User.objects.select_for_update(no_key=True).filter(is_superuser=True).order_by("pk"))


def _nobody_left_without(user: User) -> bool:
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    return user.is_superuser and user.is_active and not others.exists()


def _files_of(user: User) -> list[tuple[Storage, str]]:
    found = []
    for table in tables():
        for column in table.files:
            storage = table.model_class._meta.get_field(column).storage
            found += [(storage, name) for name in table.rows_of(user).values_list(column, flat=True) if name]
    return found


def _take_out_of_the_log(user: User) -> None:
    """Leave in the log of the administrators' site that something was done, but not to whom: it keeps names as text."""
    for table in tables():
        if not admin.site.is_registered(table.model_class):
            continue
        keys = [str(pk) for pk in table.rows_of(user).values_list("pk", flat=True)]
        kind = ContentType.objects.get_for_model(table.model_class)
        entries = LogEntry.objects.filter(content_type=kind, object_id__in=keys)
        entries.update(object_id=None, object_repr="", change_message="")
