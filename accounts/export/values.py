"""A column of a row: as a program reads it, and as a person does."""

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Field, FileField, ForeignKey, Model
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.personal.registry import Table
from accounts.personal.words import COMMON
from emocare.crypto import CannotDecrypt
from emocare.dates import moment, written

NOTHING = "—"
OURS = {"accounts", "tracker", "tests_app"}


def label(table: Table, column: str) -> str:
    """Return what a column is called for people."""
    words = table.words.get(column) or _of_model(table, column) or COMMON[column]
    return capfirst(str(words))


def _of_model(table: Table, column: str) -> Any:
    name = table.model_class._meta.get_field(column).verbose_name
    return name if isinstance(name, Promise) and table.model.split(".")[0] in OURS else None


def raw(table: Table, row: Model, column: str, person: User) -> Any:
    """Return a value for JSON: text, number, truth, list, or a moment as ISO 8601 with its zone.

    A text that no key opens any more is None.
    """
    if column in table.as_data:
        return _opened(table.as_data[column], row, person)
    field = row._meta.get_field(column)
    if isinstance(field, ForeignKey):
        other = getattr(row, column)
        return None if other is None else str(other)
    if isinstance(field, FileField):
        return getattr(row, column).name or None
    value = _read(row, column)
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | float | str | list | dict) else str(value)


def in_words(table: Table, row: Model, column: str, person: User) -> str:
    """Return a value as the person reads it, in the active language and zone."""
    if column in table.shown:
        return _opened(table.shown[column], row, person) or NOTHING
    field, value = row._meta.get_field(column), _read(row, column)
    if value in (None, "", []):
        return NOTHING
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime.datetime):
        return moment(value)
    if isinstance(value, datetime.date):
        return written(value)
    if isinstance(value, list):
        return ", ".join(str(one) for one in _labels(field, value))
    return str(dict(field.flatchoices).get(value, value))


def _labels(field: Field, values: Iterable[Any]) -> Iterable[Any]:
    known = dict(field.base_field.flatchoices) if isinstance(field, ArrayField) else {}
    return (known.get(value, value) for value in values)


def _opened(say: Callable[[Model, User], Any], row: Model, person: User) -> Any:
    try:
        return say(row, person)
    except CannotDecrypt:
        return None


def _read(row: Model, column: str) -> Any:
    try:
        return getattr(row, column)
    except CannotDecrypt:
        return None
