"""The one write path for downloads: asked for, prepared, fetched, deleted after their time."""

import logging
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation

from accounts import events, letters, tasks
from accounts.choices import EventKind
from accounts.export import archive
from accounts.export.choices import State
from accounts.models import Export, User
from emocare import sealed_files
from emocare.background import later

logger = logging.getLogger(__name__)
STUCK = timedelta(minutes=10)  # after which one that nobody prepares counts as left behind
ATTEMPTS = 3


@transaction.atomic
def ask(*, user: User) -> Export:
    """Begin a download, in place of one that was there; one that is being prepared stays."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    known = Export.objects.filter(user=user).first()
    if known and known.state == State.WAITING:
        return known
    if known:
        _delete_file(known)
        known.delete()
    export = Export.objects.create(user=user)
    events.record(user=user, kind=EventKind.EXPORT_ASKED)
    later(tasks.prepare_export, export=export.pk)
    return export


def prepare_left() -> int:
    """Prepare what was left behind, whatever became of its task; return how many. Twice at once does no harm."""
    before = timezone.now() - STUCK
    left = Q(started_at__isnull=True, asked_at__lt=before) | Q(started_at__lt=before)
    waiting = Export.objects.filter(left, state=State.WAITING).order_by("asked_at", "pk")
    return sum(prepare(pk) for pk in list(waiting.values_list("pk", flat=True)))


def prepare(pk: int) -> bool:
    """Prepare one download that waits; say whether it is ready.

    An attempt that was begun before counts as dead: the queue begins one again only when its worker died. If that one
    lives after all, its file is thrown away.
    """
    export = _claim(pk)
    if export is None:
        return False
    try:
        name, size = _write(export)
    except Exception as error:  # noqa: BLE001 -- whatever it was, the person must not wait for ever
        logger.error("A download was not prepared: %s", type(error).__name__)  # its words may be somebody's
        Export.objects.filter(pk=pk, started_at=export.started_at).update(state=State.FAILED)
        return False
    return _finish(export, name, size)


@transaction.atomic
def _claim(pk: int) -> Export | None:
    """Begin an attempt, or give up after too many."""
    waiting = Export.objects.select_for_update(skip_locked=True, of=("self",)).select_related("user")
    export = waiting.filter(pk=pk, state=State.WAITING).first()
    if export is None:
        return None
    if export.attempts >= ATTEMPTS:
        Export.objects.filter(pk=pk).update(state=State.FAILED)
        return None
    export.started_at, export.attempts = timezone.now(), export.attempts + 1
    export.save(update_fields=["started_at", "attempts"])
    return export


def binding(export: Export) -> str:
    return f"export:{export.public_id}"


def _storage() -> Storage:
    return Export._meta.get_field("file").storage


def _write(export: Export) -> tuple[str, int]:
    """Write the sealed file under a name that tells nothing; nothing readable touches the disk."""
    storage = _storage()
    name = f"exports/{uuid.uuid4().hex}"
    path = Path(storage.path(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("xb") as target:
            path.chmod(0o600)
            sealed = sealed_files.Writer(target, binding(export))
            archive.write(sealed, export.user)
            sealed.close()
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return name, sealed.written


@transaction.atomic
def _finish(export: Export, name: str, size: int) -> bool:
    """Let the person fetch it, unless it was asked for anew, or deleted with the account, meanwhile."""
    now = timezone.now()
    still = Export.objects.filter(pk=export.pk, state=State.WAITING, started_at=export.started_at)
    end = now + timedelta(hours=settings.EXPORT_HOURS)
    if not still.update(state=State.READY, ready_at=now, expires_at=end, file=name, size=size):
        _storage().delete(name)
        return False
    with translation.override(export.user.language):
        link = letters.link(reverse("my_export"))
    letters.send(export.user, "export_ready", link=link, hours=settings.EXPORT_HOURS)
    return True


def open_file(*, export: Export) -> Iterator[bytes]:
    """Return the ZIP in pieces, the first of them checked already.

    Raises FileNotFoundError, and CannotDecrypt when its key is gone or somebody changed it.
    """
    source = export.file.storage.open(export.file.name, "rb")
    parts = sealed_files.pieces(source, binding(export))
    first = next(parts)
    events.record(user=export.user, kind=EventKind.EXPORT_DOWNLOADED)

    def all_parts() -> Iterator[bytes]:
        with source:
            yield first
            yield from parts

    return all_parts()


@transaction.atomic
def give_up(*, export: Export) -> None:
    """Say that a file cannot be read, so that the person asks for a new one."""
    _delete_file(export)
    Export.objects.filter(pk=export.pk).update(state=State.FAILED, file="", size=0)


def _delete_file(export: Export) -> None:
    if export.file:
        storage, name = export.file.storage, export.file.name
        transaction.on_commit(lambda: storage.delete(name))


@transaction.atomic
def delete_expired() -> int:
    """Delete the files of downloads whose time is over; return how many."""
    over = Export.objects.select_for_update(skip_locked=True).filter(state=State.READY, expires_at__lte=timezone.now())
    for export in (gone := list(over)):
        _delete_file(export)
    Export.objects.filter(pk__in=[export.pk for export in gone]).update(state=State.EXPIRED, file="", size=0)
    return len(gone)
