"""Turning the keys: what older keys sealed is sealed again with the newest one, beside the live site.

The version in front of each value says what is done, so a run that was interrupted needs no memory of where it was.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection, models, transaction
from django.db.models.functions import Length, Substr

from emocare import crypto
from emocare.fields import EncryptedTextField

BATCH = 200  # rows that one transaction locks
PATIENCE = 10  # seconds to wait for one row that somebody is writing
LOCK_NOT_AVAILABLE = "55P03"
SAMPLE = 20  # values that show whether the newest key is the one that its version stands for


@dataclass
class Outcome:
    """What became of a column: values sealed again, values that no key opens, values of older keys that are left."""

    done: int = 0
    unreadable: int = 0
    left: int = 0


@dataclass(frozen=True)
class Column:
    """A column that holds encrypted text."""

    model: type[models.Model]
    field: EncryptedTextField

    def __str__(self) -> str:
        return f"{self.model._meta.db_table}.{self.field.column}"

    def written(self) -> models.QuerySet:
        """Return the rows where something is written, with the `sealed_by` bytes of the key's version."""
        sealed_by = Substr(self.field.name, 1, crypto.VERSION_BYTES, output_field=models.BinaryField())
        length = Length(self.field.name)
        return self.model._base_manager.alias(length=length, sealed_by=sealed_by).filter(length__gt=0).order_by()

    def of_older_keys(self) -> models.QuerySet:
        return self.written().exclude(sealed_by=_version_bytes(newest_version()))

    def versions(self) -> dict[int, int]:
        """Count the values of each key version."""
        found = self.written().values_list(models.F("sealed_by")).annotate(count=models.Count("*"))
        return dict(sorted((int.from_bytes(version, "big"), count) for version, count in found))

    def opens(self, row: models.Model) -> str | None:
        """Return the text of a row, or None when no key opens it."""
        try:
            return getattr(row, self.field.attname)
        except crypto.CannotDecrypt:
            return None


def columns() -> list[Column]:
    """Return every encrypted column of every installed model."""
    return [
        Column(model, field)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if isinstance(field, EncryptedTextField)
    ]


def newest_version() -> int:
    """Return the version that encrypts; raise ImproperlyConfigured when the keys do not allow a rotation."""
    keys = crypto.parse_keys(settings.ENCRYPTION_KEYS)
    if not keys:
        raise ImproperlyConfigured("ENCRYPTION_KEYS is not set")
    if len(set(keys.values())) < len(keys):
        raise ImproperlyConfigured("ENCRYPTION_KEYS holds one key under two versions; a new version needs a new key")
    return max(keys)


def require_right_key() -> None:
    """Raise ImproperlyConfigured when the newest key opens nothing of what its version sealed.

    Somebody replaced a key instead of adding one; without this the rotation would find nothing to do and say so.
    """
    version = newest_version()
    tried = opened = 0
    for column in columns():
        rows = column.written().filter(sealed_by=_version_bytes(version)).order_by("-pk")[:SAMPLE]
        for row in rows.only("public_id", column.field.name):
            tried += 1
            opened += column.opens(row) is not None
    if tried and not opened:
        raise ImproperlyConfigured(
            f"ENCRYPTION_KEYS: key {version} opens none of {tried} values that a key {version} sealed. "
            "Was it replaced? Put the old one back and add the new one under a higher version"
        )


def rotate(column: Column, batch: int = BATCH, patience: float = PATIENCE) -> Outcome:
    """Seal every value of older keys with the newest one, in transactions of at most `batch` rows by primary key.

    Rows that others are writing are passed over and then waited for one at a time, at most `patience` seconds each:
    whoever waits holds no other row, so nobody can be caught in a deadlock.
    """
    outcome = Outcome()
    for keys in _batches(column, batch):
        later = set(keys) - _seal_again(column, keys, outcome, patience=None)
        for key in sorted(later):
            _seal_again(column, [key], outcome, patience)
    outcome.left = column.of_older_keys().count()
    return outcome


def _batches(column: Column, size: int) -> Iterator[list]:
    last = None
    while True:
        rows = column.of_older_keys() if last is None else column.of_older_keys().filter(pk__gt=last)
        keys = list(rows.order_by("pk").values_list("pk", flat=True)[:size])
        if not keys:
            return
        yield keys
        last = keys[-1]


def _seal_again(column: Column, keys: Collection, outcome: Outcome, patience: float | None) -> set:
    """Seal these rows in one transaction and return those that were free; wait for the others only with `patience`."""
    rows = column.of_older_keys().filter(pk__in=keys).order_by("pk").only("public_id", column.field.name)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if patience is not None:
                cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{int(patience * 1000)}ms"])
            # The lock reads the row as it stands after whoever wrote it last, and keeps it so until the commit.
            locked = list(rows.select_for_update(no_key=True, skip_locked=patience is None))
            new = [(sealed, row.pk) for row in locked if (sealed := _sealed(column, row))]
            cursor.executemany(_update(column), new)
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) != LOCK_NOT_AVAILABLE:
            raise
        return set()
    outcome.done += len(new)
    outcome.unreadable += len(locked) - len(new)
    return {row.pk for row in locked}


def _update(column: Column) -> str:
    """Return a statement that writes the one column and nothing else: updated_at stays the person's."""
    quote = connection.ops.quote_name
    table, key = column.model._meta.db_table, column.model._meta.pk.column
    return f"UPDATE {quote(table)} SET {quote(column.field.column)} = %s WHERE {quote(key)} = %s"  # noqa: S608


def _sealed(column: Column, row: models.Model) -> bytes | None:
    text = column.opens(row)
    return None if text is None else crypto.encrypt(text, column.field.binding(row))


def _version_bytes(version: int) -> bytes:
    return version.to_bytes(crypto.VERSION_BYTES, "big")
