"""The registry of tables that lead to a person: what a download holds of each, and what erasure does with it.

Every app says it in its own `personal_data.py`, as TABLES; a test fails for a table, a column or a file that none of
them names, so that no later table is forgotten. A table that leads to people in two ways is named once for each way.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property, lru_cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet
from django.utils.module_loading import module_has_submodule

from accounts.models import User

MODULE = "personal_data"
SECRET = "It is part of signing in, and only good for misuse."  # noqa: S105 -- why a column is left out
INNER = "It only joins rows inside the database."


class Erased(Enum):
    """What becomes of the rows when the person is erased."""

    WITH_THE_PERSON = "the database deletes them with the account"
    BY_NAME = "they hold no key, and are found by the names that the person signs in with"
    LOSE_THE_PERSON = "they stay, without anything of the person"


@dataclass(frozen=True)
class Table:
    """A table, seen from the person that its rows are about.

    `person` is the lookup that leads there; empty for people themselves. `names` are instead the columns that hold
    what somebody signs in with, where there is no key; `key` is the one that holds what the journal knows people by.
    `fields` go into a download, `hidden` say why they do not; `files` are columns of files, `inner` columns only the
    JSON has. `others` are further keys to people, with what becomes of them. `corrected_at` lists by page the own
    fields that can be corrected there, `fixed` says why the rest cannot. `words` name columns for people where the
    model does not, `shown` write a value in words, or as a piece of a page. `as_data` give it to programs where the
    column alone says too little. `joined` is what these two need with each row, in place of what the keys lead to.
    """

    name: str
    model: str
    person: str
    title: Any
    fields: Sequence[str] = ()
    hidden: Mapping[str, str] = field(default_factory=dict)
    files: Sequence[str] = ()
    inner: Sequence[str] = ()
    others: Mapping[str, str] = field(default_factory=dict)
    names: Sequence[str] = ()
    key: str = ""
    erased: Erased = Erased.WITH_THE_PERSON
    corrected_at: Mapping[str, Sequence[str]] = field(default_factory=dict)
    fixed: str = ""
    words: Mapping[str, Any] = field(default_factory=dict)
    shown: Mapping[str, Callable[[Any, User], str]] = field(default_factory=dict)
    as_data: Mapping[str, Callable[[Any, User], Any]] = field(default_factory=dict)
    joined: Sequence[str] | None = None

    @cached_property
    def model_class(self) -> type[Model]:
        return apps.get_model(self.model)

    def rows_of(self, user: User) -> QuerySet:
        """Return the person's own rows, the oldest first."""
        rows = self.model_class._base_manager.order_by("pk")
        if self.key:
            return rows.filter(**{self.key: user.journal_key})
        if not self.names:
            return rows.filter(**{self.person: user}) if self.person else rows.filter(pk=user.pk)
        known = {user.email, user.username, *user.emailaddress_set.values_list("email", flat=True)} - {None}
        found = Q(pk__in=[])
        for column in self.names:
            found |= Q(**{f"{column}__in": known})
        return rows.filter(found)


def _modules() -> Iterator[Any]:
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, MODULE):
            yield import_module(f"{config.name}.{MODULE}")


@lru_cache(maxsize=1)
def tables() -> tuple[Table, ...]:
    """Return every table of every app."""
    return tuple(table for module in _modules() for table in module.TABLES)


@lru_cache(maxsize=1)
def endings() -> tuple[Callable[..., None], ...]:
    """Return what apps do for a person before the rows go, so that others hear of it: each is called with `user`."""
    return tuple(step for module in _modules() for step in getattr(module, "ENDINGS", ()))
