"""Files that no row names any more: what a process left behind that died between the database and the disk."""

from datetime import timedelta
from pathlib import PurePosixPath

from django.core.files.storage import Storage
from django.utils import timezone

from accounts.personal.registry import tables

YOUNG = timedelta(days=1)  # a row may be on its way for a file that was just written


def sweep() -> int:
    """Delete such files from the folders of personal files; return how many."""
    kept: dict[tuple[Storage, str], set[str]] = {}
    for table in tables():
        for column in table.files:
            field = table.model_class._meta.get_field(column)
            names = table.model_class._base_manager.exclude(**{column: ""}).values_list(column, flat=True)
            kept.setdefault((field.storage, field.upload_to), set()).update(names)
    return sum(_sweep_folder(storage, folder, names) for (storage, folder), names in kept.items())


def _sweep_folder(storage: Storage, folder: str, names: set[str]) -> int:
    if not storage.exists(folder):
        return 0
    before = timezone.now() - YOUNG
    found = (str(PurePosixPath(folder) / name) for name in storage.listdir(folder)[1])
    left = [name for name in found if name not in names and storage.get_modified_time(name) < before]
    for name in left:
        storage.delete(name)
    return len(left)
