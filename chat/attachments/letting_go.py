"""Letting go what messages carry, with the bytes."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet

from chat.models import Attachment


def let_go(attachments: QuerySet[Attachment]) -> None:
    """Delete these rows, and their files once that is committed."""
    names = list(attachments.values_list("file", flat=True))
    attachments.delete()
    transaction.on_commit(lambda: delete_files(names), robust=True)


def delete_files(names: Iterable[str]) -> None:
    storage = Attachment._meta.get_field("file").storage
    for name in names:
        storage.delete(name)
