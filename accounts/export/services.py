"""The one write path for downloads: asked for, prepared, fetched, deleted after their time."""

import logging
import threading
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import Storage
from django.db import connection, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation

from accounts import events, letters
from accounts.choices import EventKind
from accounts.export import archive
from accounts.export.choices import State
from accounts.models import Export, User
from emocare import sealed_files

logger = logging.getLogger(__name__)
STUCK = timedelta(minutes=10)  # after which an attempt counts as dead
ATTEMPTS = 3
_turn = threading.Semaphore(1)  # one at a time in a process: pages come first
_queued: set[int] = set()  # those that a thread of this process waits with, so that looking again begins no other


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
    prepare_soon(export)
    return export


def prepare_soon(export: Export) -> None:
    """Prepare it beside the pages, once all this is stored; `prepare_waiting` takes up what died with its process."""

    def begin() -> None:
        if export.pk in _queued:
            return
        _queued.add(export.pk)
        threading.Thread(target=_beside_the_pages, args=(export.pk,), daemon=True).start()

    if export.state == State.WAITING and (export.started_at is None or export.started_at < timezone.now() - STUCK):
        transaction.on_commit(begin)


def _beside_the_pages(pk: int) -> None:
    with _turn:
        try:
            prepare(pk)
        finally:
            connection.close()
            _queued.discard(pk)


def prepare_waiting() -> int:
    """Prepare what nobody prepares; return how many. Twice at once does no harm."""
    waiting = Export.objects.filter(_free(), state=State.WAITING).order_by("asked_at", "pk")
    return sum(prepare(pk) for pk in list(waiting.values_list("pk", flat=True)))


def _free() -> Q:
    return Q(started_at__isnull=True) | Q(started_at__lt=timezone.now() - STUCK)


def prepare(pk: int) -> bool:
    """Prepare one download unless somebody else does; say whether it is ready."""
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
    """Take a download for this process, or give it up after too many attempts."""
    waiting = Export.objects.select_for_update(skip_locked=True, of=("self",)).select_related("user")
    export = waiting.filter(_free(), pk=pk, state=State.WAITING).first()
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
    """Delete the files of downloads whose time is over; return how many. For the daily command."""
    over = Export.objects.select_for_update(skip_locked=True).filter(state=State.READY, expires_at__lte=timezone.now())
    for export in (gone := list(over)):
        _delete_file(export)
    Export.objects.filter(pk__in=[export.pk for export in gone]).update(state=State.EXPIRED, file="", size=0)
    return len(gone)
